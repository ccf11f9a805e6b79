package dev.heddle.benchmarks;

import dev.heddle.benchmarks.asyncio.AsyncioArea;
import dev.heddle.benchmarks.cluster.ClusterArea;
import dev.heddle.benchmarks.each.EachArea;
import dev.heddle.benchmarks.flags.FlagsArea;
import dev.heddle.benchmarks.futures.FuturesArea;
import dev.heddle.benchmarks.generators.GeneratorsArea;
import dev.heddle.benchmarks.itertools.ItertoolsArea;
import dev.heddle.benchmarks.measure.Area;
import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.benchmarks.measure.Pairs;
import dev.heddle.benchmarks.processes.ProcessesArea;
import dev.heddle.benchmarks.queue.QueueArea;
import dev.heddle.benchmarks.subprocess.SubprocessArea;
import dev.heddle.benchmarks.timeline.TimelineArea;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The quick set of benchmarks behind {@code heddle bench}: Heddle beside its peers, in one run. */
public final class Bench {
  private static final int FULL_TURNS = 7;
  private static final Map<String, Area> AREAS = new LinkedHashMap<>();

  static {
    AREAS.put("asyncio", new AsyncioArea());
    AREAS.put("cluster", new ClusterArea());
    AREAS.put("each", new EachArea());
    AREAS.put("flags", new FlagsArea());
    AREAS.put("futures", new FuturesArea());
    AREAS.put("generators", new GeneratorsArea());
    AREAS.put("itertools", new ItertoolsArea());
    AREAS.put("processes", new ProcessesArea());
    AREAS.put("queue", new QueueArea());
    AREAS.put("subprocess", new SubprocessArea());
    AREAS.put("timeline", new TimelineArea());
  }

  private Bench() {}

  /**
   * Runs the benchmarks of some areas.
   *
   * @param out is told what is being measured
   * @param areas empty means all
   * @param isFull whether each pair takes turns seven times in place of two or three
   * @throws IllegalArgumentException if there is no such area; its message names those there are
   */
  public static List<Figure> run(PrintStream out, List<String> areas, boolean isFull) {
    for (String area : areas) {
      if (!AREAS.containsKey(area)) {
        throw new IllegalArgumentException(
            "AREA must be one of " + String.join(", ", AREAS.keySet()) + ", but was '" + area + "'; leave it out for all");
      }
    }
    return isFull ? ScopedValue.where(Pairs.TURNS, FULL_TURNS).call(() -> measure(out, areas)) : measure(out, areas);
  }

  private static List<Figure> measure(PrintStream out, List<String> areas) {
    List<Figure> rows = new ArrayList<>();
    for (Map.Entry<String, Area> area : AREAS.entrySet()) {
      if (areas.isEmpty() || areas.contains(area.getKey())) {
        try {
          rows.addAll(area.getValue().measure(out));
        } catch (Exception e) {
          throw new IllegalStateException("the benchmarks of area '" + area.getKey() + "' failed: " + e, e);
        }
      }
    }
    rows.stream().filter(each -> Double.isNaN(each.peer()) && !each.peerName().equals("-"))
        .forEach(each -> out.println(
            each.area() + ": " + each.name() + ": no figure of " + each.peerName() + ", which is not installed or failed"));
    return rows;
  }
}
