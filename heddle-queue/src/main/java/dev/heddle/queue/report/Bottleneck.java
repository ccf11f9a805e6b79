package dev.heddle.queue.report;

import dev.heddle.base.Check;
import dev.heddle.base.Display;
import dev.heddle.queue.PipelineReport;
import dev.heddle.queue.StageReport;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the stage that limits the throughput of a pipeline, and words the verdict. */
public final class Bottleneck {
  private static final double BUSY = 0.5;

  private Bottleneck() {}

  /** Returns the stage whose workers were busy most; empty if none was busy half the time. */
  public static Optional<StageReport> of(List<StageReport> stages) {
    return stages.stream()
        .filter(stage -> stage.in() > 0 && stage.occupancy() >= BUSY)
        .max(Comparator.comparingDouble(StageReport::occupancy));
  }

  /** Returns the verdict of a report. */
  public static String verdict(PipelineReport report) {
    List<StageReport> stages = report.stages();
    return of(stages).map(stage -> named(stage, stages)).orElseGet(() -> none(stages));
  }

  private static String named(StageReport stage, List<StageReport> stages) {
    int at = stages.indexOf(stage);
    StringBuilder text = new StringBuilder("The bottleneck is ");
    text.append(at == 0 ? "the source" : "stage '" + stage.name() + "' (" + workers(stage) + ")");
    text.append(", busy ").append(Display.percent(stage.occupancy())).append(" of the time");
    String others = others(at, stages);
    text.append(others.isEmpty() ? ". " : ": " + others + ". ");
    if (at == 0) {
      text.append("Faster stages would not help; a source that hands out items faster would.");
    } else {
      text.append("More workers for '").append(stage.name()).append("' or less work for each item would help most.");
    }
    return text.toString();
  }

  private static String workers(StageReport stage) {
    return stage.workers() == 1 ? "1 worker" : stage.workers() + " workers";
  }

  /** Describes how long its neighbours waited for it, where they did. */
  private static String others(int at, List<StageReport> stages) {
    String text = "";
    if (at > 0 && waits(stages.get(at - 1), stages.get(at - 1).putting())) {
      StageReport before = stages.get(at - 1);
      text = name(before, at - 1) + " before it waited " + share(before, before.putting())
          + " of its time for space in the queue";
    }
    if (at + 1 < stages.size() && waits(stages.get(at + 1), stages.get(at + 1).getting())) {
      StageReport after = stages.get(at + 1);
      text += text.isEmpty()
          ? name(after, at + 1) + " after it waited " + share(after, after.getting()) + " of its time for items"
          : ", and " + name(after, at + 1) + " after it " + share(after, after.getting()) + " for items";
    }
    return text;
  }

  private static String name(StageReport stage, int at) {
    return at == 0 ? "the source" : "'" + stage.name() + "'";
  }

  private static double all(StageReport stage) {
    return Math.max(1.0, (double) Check.nanos(stage.getting().plus(stage.busy()).plus(stage.putting())));
  }

  private static boolean waits(StageReport stage, Duration wait) {
    return Check.nanos(wait) / all(stage) > 0.1;
  }

  private static String share(StageReport stage, Duration wait) {
    return Display.percent(Check.nanos(wait) / all(stage));
  }

  private static String none(List<StageReport> stages) {
    StageReport last = stages.getLast();
    if (waits(last, last.putting()) && Check.nanos(last.putting()) / all(last) > BUSY) {
      return "No stage is the bottleneck: the last one, '" + last.name() + "', waited " + share(last, last.putting())
          + " of its time for the consumer of the results.";
    }
    return "No stage is the bottleneck: none was busy for half its time. The items are handed over as fast as they come;"
        + " batches would make that cheaper.";
  }
}
