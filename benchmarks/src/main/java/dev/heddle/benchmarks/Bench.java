package dev.heddle.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The quick set of benchmarks behind {@code heddle bench}: Heddle beside its peers, in one run. */
public final class Bench {
  private static final Map<String, Area> AREAS = new LinkedHashMap<>();

  static {
    AREAS.put("asyncio", new AsyncioArea());
    AREAS.put("futures", new FuturesArea());
    AREAS.put("generators", new GeneratorsArea());
    AREAS.put("itertools", new ItertoolsArea());
    AREAS.put("processes", new ProcessesArea());
    AREAS.put("queue", new QueueArea());
    AREAS.put("subprocess", new SubprocessArea());
  }

  private Bench() {}

  /** What is measured of one part of Heddle. */
  interface Area {
    List<Row> measure(PrintStream out) throws Exception;
  }

  /**
   * One figure beside its peer's.
   *
   * @param area what it belongs to, such as {@code futures}
   * @param name the case
   * @param peer NaN where there is no peer, or it is not installed
   * @param ratio Heddle's figure to its peer's where less is better; NaN without a peer
   */
  public record Row(String area, String name, double heddle, double peer, String peerName, String unit, double ratio) {

    static Row of(String area, String name, double heddle, double peer, String peerName, String unit) {
      return new Row(area, name, heddle, peer, peerName, unit, heddle / peer);
    }
  }

  /**
   * Runs the benchmarks of some areas.
   *
   * @param out is told what is being measured
   * @param areas empty means all
   * @throws IllegalArgumentException if there is no such area; its message names those there are
   */
  public static List<Row> run(PrintStream out, List<String> areas) {
    for (String area : areas) {
      if (!AREAS.containsKey(area)) {
        throw new IllegalArgumentException(
            "AREA must be one of " + String.join(", ", AREAS.keySet()) + ", but was '" + area + "'; leave it out for all");
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<String, Area> area : AREAS.entrySet()) {
      if (areas.isEmpty() || areas.contains(area.getKey())) {
        try {
          rows.addAll(area.getValue().measure(out));
        } catch (Exception e) {
          throw new IllegalStateException("the benchmarks of area '" + area.getKey() + "' failed: " + e, e);
        }
      }
    }
    return rows;
  }
}
