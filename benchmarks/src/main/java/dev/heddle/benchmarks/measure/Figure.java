package dev.heddle.benchmarks.measure;

/**
 * A figure beside its peer's.
 *
 * @param area what it belongs to, such as {@code futures}
 * @param name the case
 * @param peer NaN where there is no peer, or it is not installed
 * @param ratio Heddle's figure to its peer's where less is better; NaN without a peer
 */
public record Figure(String area, String name, double heddle, double peer, String peerName, String unit, double ratio) {

  /** A figure whose ratio is that of the two figures. */
  public static Figure of(String area, String name, double heddle, double peer, String peerName, String unit) {
    return new Figure(area, name, heddle, peer, peerName, unit, heddle / peer);
  }
}
