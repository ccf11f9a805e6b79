package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.queue.meter.DurationHistogram;
import dev.heddle.testkit.Bounded;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a report says, and how figures are kept. */
@Bounded
final class PipelineReportTest {

  private static StageReport stage(String name, int getting, int busy, int putting) {
    Duration second = Duration.ofSeconds(1);
    return new StageReport(
        name, 2, 100, 100, 3, second.multipliedBy(getting), second.multipliedBy(busy), second.multipliedBy(putting),
        Duration.ZERO, Duration.ZERO, Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(30),
        new SlowestItem(7, Duration.ofMillis(40), ""),
        StageActivity.UNKNOWN);
  }

  private static PipelineReport report(StageReport... stages) {
    List<OccupancyTimeline.Shares> shares = Collections.nCopies(stages.length,
        new OccupancyTimeline.Shares(0.2, 0.5, 0.3, 4));
    OccupancyTimeline timeline = new OccupancyTimeline(
        List.of(stages).stream().map(StageReport::name).toList(),
        List.of(
            new OccupancyTimeline.Interval(0, 1_000_000_000, shares),
            new OccupancyTimeline.Interval(1_000_000_000, 2_500_000_000L, shares)));
    FailedItem failure = new FailedItem("resize", "<cat>", new Exception("no & picture"));
    return new PipelineReport(
        "images", PipelineReport.Completion.COMPLETED, Duration.ofMillis(2_500), Duration.ofMillis(100), List.of(stages),
        List.of(failure), 1,
        timeline);
  }

  private static final StageReport SOURCE = stage("source", 0, 1, 9);
  private static final StageReport DOWNLOAD = stage("download", 1, 3, 6);
  private static final StageReport RESIZE = stage("resize", 0, 10, 0);
  private static final StageReport SINK = stage("sink", 8, 2, 0);

  @Test
  void verdict_oneStageIsBusy_namesItAndTheStagesThatWaitedForIt() {
    PipelineReport report = report(SOURCE, DOWNLOAD, RESIZE, SINK);
    assertThat(report.bottleneck()).contains(RESIZE);
    assertThat(report.verdict())
        .isEqualTo(
            "The bottleneck is stage 'resize' (2 workers), busy 100 % of the time: 'download' before it waited 60 % of its"
                + " time for space in the queue, and 'sink' after it 80 % for items. More workers for 'resize' or less work for each item"
                + " would help most.");
  }

  @Test
  void verdict_sourceIsBusy_saysThatStagesAreNotToBlame() {
    PipelineReport report = report(stage("source", 0, 9, 1), stage("download", 9, 1, 0));
    assertThat(report.verdict())
        .isEqualTo(
            "The bottleneck is the source, busy 90 % of the time: 'download' after it waited 90 % of its time for items. Faster stages would not"
                + " help; a source that hands out items faster would.");
  }

  @Test
  void verdict_noStageIsBusy_saysSo() {
    assertThat(report(stage("source", 1, 1, 8), stage("sink", 8, 2, 0)).verdict()).startsWith("No stage is the bottleneck");
    assertThat(report(stage("source", 1, 1, 8), stage("resize", 1, 1, 8)).verdict())
        .contains("'resize', waited 80 % of its time for the consumer of the results");
  }

  /** A source that was at work as long as it was there, which was not long. */
  @Test
  void bottleneck_sourceIsBusyButSoonAtItsEnd_isNotTheSource() throws Exception {
    CountDownLatch sourceEnded = new CountDownLatch(1);
    long begun = System.nanoTime();
    Iterator<Integer> source = new Iterator<>() {
      private int given;

      @Override
      public boolean hasNext() {
        if (given == 2) {
          sourceEnded.countDown();
        }
        return given < 2;
      }

      @Override
      public Integer next() {
        LockSupport.parkNanos(5_000_000); // the work, not a synchronisation
        return given++;
      }
    };
    PipelineReport report = Pipeline.fromIterator(source)
        .to(
            n -> {
              sourceEnded.await();
              long ofSource = (System.nanoTime() - begun) / 1_000_000; // long on a busy machine
              Thread.sleep(30 + 3 * ofSource); // the work, not a synchronisation
            })
        .run();
    StageReport figures = report.stage("source").orElseThrow();
    assertThat(figures.ended()).isGreaterThan(Duration.ofMillis(20));
    assertThat(figures.occupancy()).isLessThan(0.5);
    assertThat(report.bottleneck()).map(StageReport::name).contains("sink");
  }

  @Test
  void toString_lists_stagesFailuresAndVerdict() {
    String text = report(SOURCE, DOWNLOAD, RESIZE, SINK).toString();
    assertThat(text)
        .startsWith("pipeline 'images' completed after 2.5 s, 12 failed, 1 undelivered, GC 4 %")
        .containsPattern("download +2 +100 +100 +3 +30 % +10 % +60 % +10 ms +30 ms")
        .contains("failed in 'resize' at '<cat>': java.lang.Exception: no & picture")
        .contains("The bottleneck is stage 'resize'");
  }

  @Test
  void text_fits80Columns_andHasNoControlCharacters_howeverStagesAreCalled() {
    PipelineReport report = report(SOURCE, stage("a stage with a long name", 1, 3, 6), stage("b\u001b[2J\u0001", 0, 10, 0));

    assertThat(report.toString().lines().filter(line -> !line.startsWith("failed in"))).allSatisfy(line -> {
      assertThat(line).hasSizeLessThanOrEqualTo(80);
      assertThat(line.chars()).noneMatch(Character::isISOControl);
    });
    assertThat(report.toSvg().chars().filter(c -> c != '\n')).noneMatch(Character::isISOControl);
  }

  @Test
  void picture_showsWorkersThatHaveEnded_asNothing() {
    OccupancyTimeline.Shares ended = new OccupancyTimeline.Shares(0, 0, 0, 0);
    PipelineReport report = report(SINK);
    OccupancyTimeline timeline = new OccupancyTimeline(
        List.of("sink"), List.of(new OccupancyTimeline.Interval(0, 1_000, List.of(ended))));
    String svg = new PipelineReport(
        "p", report.outcome(), report.elapsed(), Duration.ZERO, report.stages(), List.of(), 0, timeline).toSvg();

    assertThat(svg).contains(">ended<")
        .containsPattern("<path d=\"M150 90 L150.0 90.0 L940.0 90.0 L940.0 90 Z\" class=\"getting\"");
  }

  @Test
  void pictures_areWellFormedAndEscaped() {
    PipelineReport report = report(SOURCE, DOWNLOAD, RESIZE, SINK);
    assertBalanced(report.toSvg());
    assertThat(report.toSvg().split("<path", -1)).hasSize(1 + 3 * 4);
    assertThat(report.toSvg()).startsWith("<svg").contains(">download<", ">bottleneck, 100 % busy<", ">2.5 s<");
    assertBalanced(report.toHtml().replace("<!DOCTYPE html>", "").replaceAll("<meta [^>]*>", ""));
    assertThat(report.toHtml()).contains("&lt;cat&gt;")
        .contains("no &amp; picture", "<th>longest</th>", "<td>40 ms</td>", "GC 4 %").doesNotContain("<cat>");
  }

  /** Every tag that is opened is closed, in turn. */
  private static void assertBalanced(String markup) {
    Deque<String> open = new ArrayDeque<>();
    Pattern.compile("<(/?)(\\w+)((?:[^<>\"]|\"[^<>\"]*\")*?)(/?)>")
        .matcher(markup)
        .results()
        .forEach(
            tag -> {
              if (!tag.group(1).isEmpty()) {
                assertThat(tag.group(2)).isEqualTo(open.pop());
              } else if (tag.group(4).isEmpty()) {
                open.push(tag.group(2));
              }
            });
    assertThat(open).isEmpty();
    assertThat(markup.replaceAll("&(amp|lt|gt|quot|#39);", "")).doesNotContain("&");
  }

  @Test
  void run_oneSlowStage_isFoundToBeTheBottleneck() {
    PipelineReport report = Pipeline.from(IntStream.range(0, 60).boxed().toList())
        .stage("quick", 1, n -> n)
        .stage(
            "slow",
            2,
            n -> {
              Thread.sleep(3); // the work, not a synchronisation
              return n;
            })
        .to(n -> {})
        .run();
    assertThat(report.bottleneck()).map(StageReport::name).contains("slow");
    assertThat(report.stage("slow").orElseThrow().p50()).isGreaterThanOrEqualTo(Duration.ofMillis(2));
    assertThat(report.timeline().intervals()).isNotEmpty();
    assertThat(report.timeline().intervals().getLast().to()).isLessThanOrEqualTo(report.elapsed().toNanos());
  }

  @Test
  void progress_running_saysHowFarTheStagesAre() throws Exception {
    List<PipelineProgress> told = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch twice = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    PipelineRun run = Pipeline.from(List.of(1, 2, 3))
        .stage(
            "wait",
            3,
            n -> {
              release.await();
              return n;
            })
        .to(n -> {})
        .with(
            PipelineOptions.defaults()
                .onProgress(
                    Duration.ofMillis(1),
                    progress -> {
                      told.add(progress);
                      if (progress.stages().get(1).busy() == 3) {
                        twice.countDown();
                      }
                    }))
        .start();
    twice.await();
    PipelineProgress.Stage waiting = run.progress().stages().get(1);
    assertThat(waiting).isEqualTo(new PipelineProgress.Stage("wait", 0, 3, 3, 3, 0, 0));
    release.countDown();
    run.await();
    assertThat(told.getLast().stages().getLast()).isEqualTo(new PipelineProgress.Stage("sink", 0, 1, 0, 3, 0, 0));
  }

  @Test
  void progress_collection_hasTotalRateAndRemainingTime() {
    PipelineProgress quarter = new PipelineProgress(Duration.ofSeconds(2), OptionalLong.of(1000), 250, List.of(), false);
    assertThat(quarter.rate()).isEqualTo(125);
    assertThat(quarter.remaining()).contains(Duration.ofSeconds(6));
    assertThat(quarter).hasToString("250 of 1000 (25 %), 125 per second, 6 s left");
    PipelineProgress unknown = new PipelineProgress(Duration.ofSeconds(2), OptionalLong.empty(), 5, List.of(), false);
    assertThat(unknown.remaining()).isEmpty();
    assertThat(unknown).hasToString("5 items, 2.5 per second");
  }

  @Test
  void progress_stagesMakeManyItemsOfOne_countsTheSources() throws Exception {
    List<PipelineProgress> told = Collections.synchronizedList(new ArrayList<>());
    PipelineOptions telling = PipelineOptions.defaults().onProgress(Duration.ofHours(1), told::add);
    Pipeline<Integer> tenfold = Pipeline.from(List.of(1, 2, 3, 4)).flatMap("ten", 2, n -> Collections.nCopies(10, n));
    tenfold.to(n -> {}).with(telling).run();
    assertThat(told.getLast().total()).hasValue(4);
    assertThat(told.getLast().done()).isEqualTo(4);
    assertThat(told.getLast().remaining()).contains(Duration.ZERO);
    Pipeline.fromIterator(List.of(1, 2).iterator()).filter("none", 1, n -> false).to(n -> {}).with(telling.withTotal(2))
        .run();
    assertThat(told.getLast().total()).hasValue(2);
    assertThat(told.getLast().done()).isEqualTo(2);
  }

  @Test
  void progress_itemsAtWork_areNotDone() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(2);
    try (PipelineRun run = Pipeline.from(List.of(1, 2)).stage("wait", 2, n -> {
      begun.countDown();
      release.await();
      return n;
    }).to(n -> {}).start()) {
      begun.await();
      assertThat(run.progress().done()).isZero();
      assertThat(run.progress().total()).hasValue(2);
      release.countDown();
      run.await();
    }
  }

  @Test
  void histogram_percentiles_areWithinASixteenth() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    DurationHistogram histogram = new DurationHistogram();
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >>> (1 + random.nextInt(63));
      values.add(value);
      histogram.add(value);
    }
    Collections.sort(values);
    for (double share : new double[]{0.01, 0.5, 0.9, 0.99, 1}) {
      double exact = values.get((int) Math.ceil(share * values.size()) - 1);
      assertThat((double) histogram.percentile(share))
          .as("seed %d, share %f", seed, share)
          .isBetween(exact * 15 / 16 - 1, exact * 17 / 16 + 1);
    }
    assertThat(new DurationHistogram().percentile(0.5)).isZero();
  }
}
