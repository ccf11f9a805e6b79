package dev.heddle.benchmarks.timeline;

import dev.heddle.benchmarks.measure.Area;
import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.benchmarks.measure.Pairs;
import dev.heddle.timeline.TimelineRecorder;
import java.io.PrintStream;
import java.util.List;

/** The cost of recording a timeline, beside events of Flight Recorder. */
public final class TimelineArea implements Area {
  private static final String AREA = "timeline";
  private static final int SPANS = 500_000;

  @Override
  public List<Figure> measure(PrintStream out) throws Exception {
    Pairs pairs = new Pairs(out, AREA, Pairs.Effort.BRIEF);
    Figure add = pairs.time("a span, added at its end", Recording.class, "add", "event", "Flight Recorder");
    Figure begin = pairs.time("a span, begun and ended", Recording.class, "beginAndEnd", "event", "Flight Recorder");
    out.println(AREA + ": memory of a span");
    return List.of(add, begin, memory("memory of a span, names repeat", false),
        memory("memory of a span, its own name", true));
  }

  private static Figure memory(String title, boolean ownNames) {
    long before = used();
    TimelineRecorder recorder = new TimelineRecorder(System::nanoTime, SPANS);
    for (int i = 0; i < SPANS; i++) {
      recorder.add("worker 1", ownNames ? "load-" + i : "load", recorder.now());
    }
    double each = (double) (used() - before) / SPANS;
    if (recorder.timeline().dropped() > 0) {
      throw new IllegalStateException("the recorder is too small for the benchmark");
    }
    return new Figure(AREA, title, each, Double.NaN, "-", "B", Double.NaN);
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
