package dev.heddle.queue.report;

import dev.heddle.base.Cells;
import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import dev.heddle.queue.PipelineReport;
import dev.heddle.queue.StageReport;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds what limits the throughput of a pipeline, and words the verdict. The first of these that holds is the cause:
 *
 * <ol>
 * <li>garbage collections paused the program for a large part of the run;
 * <li>the processors are full: on average at least as many workers were ready to run as there are processors;
 * <li>one item took half of the run or more, and no stage was busy for longer;
 * <li>a stage was busy half the time or more, and its workers mostly waited for its executor, or for a lock or a permit, or
 * for other threads, or were mostly at work;
 * <li>a stage was held back by its order: its workers mostly waited for an earlier, slower item;
 * <li>the consumer of the results: the last stage mostly waited to hand on;
 * <li>none of these.
 * </ol>
 */
public final class Bottleneck {
  private static final double BUSY = 0.5;
  private static final double FULL = 0.9;
  private static final double MOSTLY = 0.4; // two workers at one lock wait half their time, less the time at the queues
  private static final double GC_CAUSE = 0.3; // the largest part of what more workers or a faster stage could not mend
  private static final double GC_WORTH_TELLING = 0.1;
  static final int FEWEST_SAMPLES = 10;
  private static final double HAND_OVER_NANOS = 20_000; // for each item; handing one over takes up to some microseconds

  private final PipelineReport report;
  private final List<StageReport> stages;
  private final int processors;

  private Bottleneck(PipelineReport report, int processors) {
    this.report = report;
    this.stages = report.stages();
    this.processors = processors;
  }

  /** Returns the stage that limits the throughput; empty if there is none. */
  public static Optional<StageReport> of(PipelineReport report) {
    return new Bottleneck(report, Runtime.getRuntime().availableProcessors()).stage();
  }

  /** Returns the verdict of a report. */
  public static String verdict(PipelineReport report) {
    return verdict(report, Runtime.getRuntime().availableProcessors());
  }

  static String verdict(PipelineReport report, int processors) {
    return Cells.printable(new Bottleneck(report, processors).verdict()); // stages may have any name
  }

  private Optional<StageReport> stage() {
    if (isCollecting()) {
      return Optional.empty();
    } else if (isProcessorFull()) {
      return Optional.of(mostWork());
    }
    return Straggler.of(report).map(Straggler::stage).or(this::busiest).or(this::mostOrdered);
  }

  private String verdict() {
    if (isCollecting()) {
      return collecting();
    }
    return report.gcShare() < GC_WORTH_TELLING
        ? withoutCollector()
        : withoutCollector() + " Garbage collections paused the program " + Describe.percent(report.gcShare())
            + " of the time; a larger heap (-Xmx) would shorten that.";
  }

  private String withoutCollector() {
    if (isProcessorFull()) {
      return processors();
    }
    Optional<Straggler> straggler = Straggler.of(report);
    if (straggler.isPresent()) {
      return straggler.get().verdict(stages.indexOf(straggler.get().stage()) == 0);
    }
    Optional<StageReport> busy = busiest();
    if (busy.isPresent()) {
      return busy(busy.get());
    }
    return mostOrdered().map(this::ordered).orElseGet(this::none);
  }

  // ---- garbage collection ----

  private boolean isCollecting() {
    return report.gcShare() >= GC_CAUSE;
  }

  private String collecting() {
    return "Garbage collection is the bottleneck: it paused the program " + Describe.percent(report.gcShare())
        + " of the time. A larger heap (-Xmx), fewer objects that stay reachable, or fewer new ones for each item would help"
        + " most; more workers or processors would not.";
  }

  // ---- processors ----

  private double demand() {
    return stages.stream().mapToDouble(stage -> stage.activity().runnable()).sum();
  }

  private boolean isProcessorFull() {
    return stages.stream().allMatch(stage -> stage.activity().samples() >= FEWEST_SAMPLES)
        && demand() >= Math.max(1.5, FULL * processors);
  }

  private StageReport mostWork() {
    return stages.stream().max(Comparator.comparingDouble(stage -> Check.nanos(stage.busy()))).orElseThrow();
  }

  private String processors() {
    StageReport most = mostWork();
    double all = stages.stream().mapToDouble(stage -> Check.nanos(stage.busy())).sum();
    return "The processors are the bottleneck: on average " + Describe.format("%.1f", demand())
        + " workers were ready to run on " + processors + (processors == 1 ? " processor. " : " processors. ")
        + (stages.indexOf(most) == 0 ? "The source" : "Stage '" + most.name() + "'") + " did "
        + Describe.percent(Check.nanos(most.busy()) / Math.max(1, all))
        + " of the work: less work for each item there, or more processors, would help most; more workers would not.";
  }

  // ---- a stage ----

  private Optional<StageReport> busiest() {
    return stages.stream()
        .filter(stage -> stage.in() > 0 && stage.occupancy() >= BUSY)
        .max(Comparator.comparingDouble(StageReport::occupancy));
  }

  private String busy(StageReport stage) {
    int at = stages.indexOf(stage);
    String text = "The bottleneck is " + (at == 0 ? "the source" : "stage '" + stage.name() + "' (" + workers(stage) + ")")
        + ", busy " + Describe.percent(stage.occupancy()) + " of the time";
    String neighbours = neighbours(at);
    return text + (neighbours.isEmpty() ? ". " : ": " + neighbours + ". ") + advice(stage, at);
  }

  private static String advice(StageReport stage, int at) {
    String name = at == 0 ? "the source" : "'" + stage.name() + "'";
    if (isMostly(stage, stage.activity().queued())) {
      return average(stage.activity().queued(), stage)
          + " were waiting for a worker of the stage's executor. A larger executor"
          + " would help; more workers for " + name + " would not.";
    } else if (isMostly(stage, stage.activity().locked())) {
      return average(stage.activity().locked(), stage) + " were waiting for a lock or a permit. Holding it for less time, or"
          + " more permits, would help; more workers for " + name + " would not.";
    } else if (isMostly(stage, stage.activity().waiting())) {
      return average(stage.activity().waiting(), stage) + " were waiting for other threads: at a queue, a condition or a"
          + " future. If that is a pool, such as one of connections, a larger one would help; otherwise "
          + (at == 0
              ? "whatever hands over the items faster."
              : "more workers for " + name + " or less work for each item.");
    } else if (at == 0) {
      return "Faster stages would not help; a source that hands out items faster would.";
    } else if (stage.in() <= stage.workers()) {
      return "It had only " + items(stage) + " for " + workers(stage)
          + ": less work for each item would help most; more workers would not.";
    }
    return "More workers for " + name + " or less work for each item would help most.";
  }

  /** Whether a number of workers, averaged over the run, is a large part of those that were busy. */
  private static boolean isMostly(StageReport stage, double workers) {
    return stage.activity().samples() >= FEWEST_SAMPLES
        && workers >= MOSTLY * stage.occupancy() * stage.workers() && workers >= MOSTLY;
  }

  private static String average(double count, StageReport stage) {
    return "On average " + Describe.format("%.1f", count) + " of its " + workers(stage);
  }

  private static String workers(StageReport stage) {
    return stage.workers() == 1 ? "1 worker" : stage.workers() + " workers";
  }

  /** Describes how long its neighbours waited for it, where they did. */
  private String neighbours(int at) {
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

  // ---- order, and the consumer ----

  private Optional<StageReport> mostOrdered() {
    return stages.stream()
        .filter(stage -> Check.nanos(stage.ordering()) / all(stage) >= MOSTLY)
        .max(Comparator.comparingDouble(stage -> Check.nanos(stage.ordering()) / all(stage)));
  }

  private String ordered(StageReport stage) {
    return "The bottleneck is the order of stage '" + stage.name() + "' (" + workers(stage) + "): they waited "
        + share(stage, stage.ordering())
        + " of their time for an earlier, slower item. unordered(), or a larger withWindow(),"
        + " would help; more workers would not.";
  }

  private String none() {
    StageReport last = stages.getLast();
    if (waits(last, last.putting()) && Check.nanos(last.putting()) / all(last) > BUSY) {
      return "No stage is the bottleneck: the last one, '" + last.name() + "', waited " + share(last, last.putting())
          + " of its time for the consumer of the results.";
    }
    if (stages.stream().allMatch(stage -> stage.in() == 0 && stage.out() == 0)) {
      return "No stage is the bottleneck: there were no items.";
    }
    return "No stage is the bottleneck: none was busy for half its time. " + adviceForNone();
  }

  private String adviceForNone() {
    StageReport most = stages.stream().max(Comparator.comparingDouble(StageReport::occupancy)).orElseThrow();
    if (most.workers() > 1 && most.in() <= most.workers()) {
      return "'" + most.name() + "', which worked most, had only " + items(most) + " for " + workers(most)
          + ": less work for each item would help most; more workers would not.";
    } else if (all(most) / most.workers() / Math.max(1, most.in()) <= HAND_OVER_NANOS) {
      return "The items are handed over as fast as they come; batches would make that cheaper.";
    }
    return "Their workers waited for each other, or for more items, most of the time; larger queues would help if the items come"
        + " in bursts.";
  }

  private static String items(StageReport stage) {
    return stage.in() == 1 ? "1 item" : stage.in() + " items";
  }

  private static double all(StageReport stage) {
    return Math.max(1.0, (double) Check.nanos(stage.getting().plus(stage.busy()).plus(stage.putting())));
  }

  private static boolean waits(StageReport stage, Duration wait) {
    return Check.nanos(wait) / all(stage) > 0.1;
  }

  private static String share(StageReport stage, Duration wait) {
    return Describe.percent(Check.nanos(wait) / all(stage));
  }
}
