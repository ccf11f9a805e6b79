package dev.heddle.benchmarks.measure;

import java.util.List;

/**
 * A figure beside its peer's.
 *
 * @param area what it belongs to, such as {@code futures}
 * @param name the case
 * @param peer NaN where there is no peer, or it is not installed
 * @param ratio Heddle's figure to its peer's where less is better; NaN without a peer
 * @param ratios the ratios of the pairs that were measured in turn, whose median {@code ratio} is; empty if there was one
 */
public record Figure(
    String area, String name, double heddle, double peer, String peerName, String unit, double ratio, List<Double> ratios) {

  /** Sorts the ratios. */
  public Figure {
    ratios = ratios.stream().sorted().toList();
  }

  /** A figure that was measured once. */
  public Figure(String area, String name, double heddle, double peer, String peerName, String unit, double ratio) {
    this(area, name, heddle, peer, peerName, unit, ratio, List.of());
  }

  /** A figure whose ratio is that of the two figures. */
  public static Figure of(String area, String name, double heddle, double peer, String peerName, String unit) {
    return new Figure(area, name, heddle, peer, peerName, unit, heddle / peer);
  }

  /**
   * Returns the ratio below which a share of the pairs lies, between the two nearest of them; the ratio itself if only one
   * pair was measured.
   *
   * @param share from 0 to 1: 0.25 for the first quartile
   */
  public double quartile(double share) {
    if (ratios.isEmpty()) {
      return ratio;
    }
    double at = share * (ratios.size() - 1);
    int below = (int) at;
    double low = ratios.get(below);
    return below + 1 == ratios.size() ? low : low + (at - below) * (ratios.get(below + 1) - low);
  }
}
