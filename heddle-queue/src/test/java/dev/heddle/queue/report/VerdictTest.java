package dev.heddle.queue.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.heddle.queue.OccupancyTimeline;
import dev.heddle.queue.PipelineReport;
import dev.heddle.queue.SlowestItem;
import dev.heddle.queue.StageActivity;
import dev.heddle.queue.StageReport;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cause and the advice of the verdict, for each cause. */
final class VerdictTest {
  private static final int PROCESSORS = 2;

  /** A stage of a run of ten seconds, whose workers spent these seconds, on average, waiting and at work. */
  private static StageReport stage(
      String name, int workers, int items, int getting, int busy, int putting, int ordering, StageActivity activity) {
    return stage(name, workers, items, getting, busy, putting, ordering, 0, null, activity);
  }

  private static StageReport stage(
      String name, int workers, int items, int getting, int busy, int putting, int ordering, int ended,
      @Nullable SlowestItem slowest, StageActivity activity) {
    return new StageReport(name, workers, items, items, 0, seconds(workers * getting), seconds(workers * busy),
        seconds(workers * putting), seconds(workers * ordering), seconds(workers * ended), Duration.ofMillis(100),
        seconds(1),
        seconds(1), slowest, activity);
  }

  private static SlowestItem slowest(int seconds) {
    return new SlowestItem(20, seconds(seconds), "'a.png'");
  }

  private static StageReport stage(String name, int workers, int getting, int busy, int putting) {
    return stage(name, workers, 1000, getting, busy, putting, 0, active(0.1, 0, 0));
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  private static StageActivity active(double runnable, double locked, double queued) {
    return new StageActivity(1000, runnable, locked, queued, 0);
  }

  private static StageActivity waiting(double others) {
    return new StageActivity(1000, 0, 0, 0, others);
  }

  private static PipelineReport report(StageReport... stages) {
    return collected(Duration.ZERO, stages);
  }

  private static PipelineReport collected(Duration gcPauses, StageReport... stages) {
    return new PipelineReport("p", PipelineReport.Completion.COMPLETED, seconds(10), gcPauses, List.of(stages), List.of(), 0,
        new OccupancyTimeline(List.of(), List.of()));
  }

  private static final StageReport IDLE_SINK = stage("sink", 1, 9, 1, 0);
  private static final StageReport HELD_SOURCE = stage("source", 1, 0, 1, 9);

  static Stream<Arguments> causes() {
    return Stream.of(
        arguments("slow source", "the source, busy 90 %", "a source that hands out items faster would",
            report(stage("source", 1, 0, 9, 1), stage("work", 4, 9, 1, 0), IDLE_SINK)),
        arguments("slow stage", "stage 'work' (4 workers), busy 90 %", "More workers for 'work' or less work",
            report(HELD_SOURCE, stage("work", 4, 1, 9, 0), IDLE_SINK)),
        arguments("slow sink", "stage 'sink' (1 worker), busy 90 %", "More workers for 'sink' or less work",
            report(HELD_SOURCE, stage("work", 4, 1, 1, 8), stage("sink", 1, 1, 9, 0))),
        arguments("lock or shared semaphore", "stage 'work' (4 workers)", "waiting for a lock or a permit",
            report(HELD_SOURCE, stage("work", 4, 1000, 1, 9, 0, 0, active(0.5, 2.7, 0)), IDLE_SINK)),
        arguments("waits for a pool inside the function", "stage 'work' (4 workers)",
            "were waiting for other threads: at a queue, a condition or a future. If that is a pool",
            report(HELD_SOURCE, stage("work", 4, 1000, 1, 9, 0, 0, waiting(2.7)), IDLE_SINK)),
        arguments("source waits for other threads", "the source, busy 90 %", "hands over the items faster",
            report(stage("source", 1, 1000, 0, 9, 1, 0, waiting(0.8)), stage("work", 4, 9, 1, 0), IDLE_SINK)),
        arguments("garbage collection", "Garbage collection is the bottleneck: it paused the program 98 %",
            "A larger heap (-Xmx)",
            collected(Duration.ofMillis(9_800), stage("work", 4, 1000, 0, 10, 0, 0, active(3.5, 0, 0)))),
        arguments("some garbage collection", "stage 'work' (4 workers), busy 90 %",
            "More workers for 'work' or less work for each item would help most. Garbage collections paused the program 20 %",
            collected(seconds(2), HELD_SOURCE, stage("work", 4, 1, 9, 0), IDLE_SINK)),
        arguments("one straggler, its stage else idle",
            "one item of stage 'work': the one at index 20 ('a.png') took 9.5 s, 95 %",
            "splitting it, would help most; more workers, larger queues",
            report(HELD_SOURCE,
                stage("work", 4, 1000, 7, 3, 0, 0, 0, new SlowestItem(20, Duration.ofMillis(9_500), "'a.png'"),
                    active(0.1, 0, 0)),
                IDLE_SINK)),
        arguments("one straggler of one worker", "one item of stage 'work'", "more workers, larger queues",
            report(HELD_SOURCE, stage("work", 1, 1000, 0, 10, 0, 0, 0, slowest(9), active(0.1, 0, 0)), IDLE_SINK)),
        arguments("one straggler that holds back the others", "one item of stage 'work'", "another order would not",
            report(HELD_SOURCE, stage("work", 4, 1000, 0, 3, 7, 7, 0, slowest(9), active(0.1, 0, 0)), IDLE_SINK)),
        arguments("one straggler that came late", "took 6 s, 60 % of the run", "then starting it earlier",
            report(HELD_SOURCE, stage("work", 4, 1000, 7, 3, 0, 0, 0, slowest(6), active(0.1, 0, 0)), IDLE_SINK)),
        arguments("a straggler of the source", "one item of the source", "hands it out sooner",
            report(stage("source", 1, 1000, 0, 9, 1, 0, 0, slowest(8), active(0, 0, 0)), IDLE_SINK)),
        arguments("one item that waits for a busy executor", "one item of stage 'work'",
            "waiting for a worker of the stage's executor for most of that: a larger executor",
            report(HELD_SOURCE, stage("work", 1, 1000, 0, 10, 0, 0, 0, slowest(9), active(0, 0, 0.9)), IDLE_SINK)),
        arguments("one item that waits for a lock", "one item of stage 'work'",
            "waiting for a lock or a permit for most of that",
            report(HELD_SOURCE, stage("work", 1, 1000, 0, 10, 0, 0, 0, slowest(9), active(0, 0.9, 0)), IDLE_SINK)),
        arguments("one item that waits for other threads", "one item of stage 'work'", "would have to come sooner",
            report(HELD_SOURCE, stage("work", 1, 1000, 0, 10, 0, 0, 0, slowest(9), waiting(0.9)), IDLE_SINK)),
        arguments("one straggler at work, for which the others wait", "one item of stage 'work'", "Less work for it",
            report(HELD_SOURCE, stage("work", 2, 1000, 0, 10, 0, 0, 0, slowest(9), active(0.1, 0, 1)), IDLE_SINK)),
        arguments("no items", "No stage is the bottleneck", "there were no items",
            report(stage("source", 1, 0, 0, 1, 0, 0, active(0, 0, 0)), stage("work", 4, 0, 10, 0, 0, 0, active(0, 0, 0)))),
        arguments("a long item beside a stage that is busier", "stage 'work' (4 workers), busy 90 %",
            "More workers for 'work'",
            report(stage("source", 1, 1000, 4, 6, 0, 0, 0, slowest(6), active(0, 0, 0)), stage("work", 4, 1, 9, 0))),
        arguments("a long item among much other work", "stage 'work' (4 workers), busy 90 %", "More workers for 'work'",
            report(HELD_SOURCE, stage("work", 4, 1000, 1, 9, 0, 0, 0, slowest(5), active(0.1, 0, 0)))),
        arguments("ended stage", "stage 'late' (2 workers), busy 80 %", "More workers for 'late'",
            report(HELD_SOURCE, stage("first", 4, 1000, 0, 2, 0, 0, 8, null, active(0.1, 0, 0)), stage("late", 2, 2, 8, 0))),
        arguments("shared semaphore of two stages", "stage 'x' (3 workers)", "waiting for a lock or a permit",
            report(HELD_SOURCE, stage("x", 3, 1000, 0, 10, 0, 0, active(0, 2.4, 0)),
                stage("y", 3, 1000, 1, 9, 0, 0, active(0, 2.2, 0)), IDLE_SINK)),
        arguments("executor too small", "stage 'work' (4 workers)", "A larger executor would help",
            report(HELD_SOURCE, stage("work", 4, 1000, 1, 9, 0, 0, active(0, 0, 2.8)), IDLE_SINK)),
        arguments("full processors, no stage half busy", "The processors are the bottleneck",
            "'decode' did 62 % of the work",
            report(HELD_SOURCE, stage("decode", 4, 1000, 2, 4, 4, 0, active(1.6, 0, 0)),
                stage("encode", 4, 1000, 8, 2, 0, 0, active(0.6, 0, 0)), IDLE_SINK)),
        arguments("full processors, one stage busy", "The processors are the bottleneck", "more workers would not",
            report(HELD_SOURCE, stage("decode", 4, 1000, 0, 10, 0, 0, active(3.5, 0, 0)), IDLE_SINK)),
        arguments("head of line", "the order of stage 'work' (4 workers): they waited 70 %",
            "unordered(), or a larger withWindow()",
            report(HELD_SOURCE, stage("work", 4, 1000, 1, 2, 7, 7, active(0.1, 0, 0)), IDLE_SINK)),
        arguments("few items", "stage 'work' (4 workers), busy 60 %", "only 3 items for 4 workers",
            report(HELD_SOURCE, stage("work", 4, 3, 4, 6, 0, 0, active(0.1, 0, 0)), IDLE_SINK)),
        arguments("slow consumer", "waited 90 % of its time for the consumer", "No stage is the bottleneck",
            report(HELD_SOURCE, stage("work", 1, 0, 1, 9))),
        arguments("hand-over", "No stage is the bottleneck", "batches would make that cheaper",
            report(
                stage("source", 1, 1_000_000, 0, 3, 7, 0, active(0.1, 0, 0)),
                stage("work", 1, 1_000_000, 5, 3, 2, 0, active(0.1, 0, 0)),
                stage("sink", 1, 1_000_000, 7, 3, 0, 0, active(0.1, 0, 0)))),
        arguments("one item, few of the workers", "No stage is the bottleneck", "had only 1 item for 4 workers",
            report(stage("source", 1, 1, 9, 0, 0, 0, active(0, 0, 0)), stage("work", 4, 1, 6, 4, 0, 0, active(0.1, 0, 0)))),
        arguments("slow items that come rarely", "No stage is the bottleneck", "waited for each other, or for more items",
            report(stage("source", 1, 0, 3, 7), stage("work", 1, 5, 3, 2), stage("sink", 1, 7, 3, 0))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("causes")
  void verdict_eachCause_isNamedWithTheAdvice(String cause, String named, String advice, PipelineReport report) {
    assertThat(Bottleneck.verdict(report, PROCESSORS)).contains(named).contains(advice);
  }

  @Test
  void bottleneck_garbageCollectionOrAStraggler_isNoStageOrItsStage() {
    StageReport work = stage("work", 4, 1000, 7, 3, 0, 0, 0, slowest(9), active(0.1, 0, 0));
    assertThat(report(HELD_SOURCE, work, IDLE_SINK).bottleneck()).contains(work);
    assertThat(collected(seconds(5), HELD_SOURCE, work, IDLE_SINK).bottleneck()).isEmpty();
  }

  @Test
  void verdict_waitingIsNotTheCause_adviceIsMoreWorkers() {
    StageReport work = stage("work", 4, 1000, 1, 9, 0, 0, active(0.1, 0.8, 0.3));
    assertThat(Bottleneck.verdict(report(HELD_SOURCE, work, IDLE_SINK), PROCESSORS)).contains("More workers for 'work'");
  }

  @Test
  void verdict_fewSamples_areNotBelieved() {
    StageReport work = stage("work", 4, 1000, 1, 9, 0, 0, new StageActivity(3, 4, 4, 4, 4));
    assertThat(Bottleneck.verdict(report(HELD_SOURCE, work, IDLE_SINK), PROCESSORS)).contains("More workers for 'work'");
  }
}
