package dev.heddle.queue;

import static dev.heddle.queue.Items.HUNDRED;
import static dev.heddle.queue.Items.endless;
import static dev.heddle.queue.Items.failAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Retry;
import dev.heddle.futures.ThreadPool;
import dev.heddle.iter.Iter;
import dev.heddle.queue.PipelineReport.Completion;
import dev.heddle.testkit.Bounded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How pipelines fail, or bear the failures of items. */
@Bounded
final class PipelineFailuresTest {
  private final List<Object> undelivered = Collections.synchronizedList(new ArrayList<>());
  private final PipelineOptions options = PipelineOptions.defaults().onUndelivered((stage, item) -> undelivered.add(item));

  @Test
  void failFast_ordered_deliversWhatWasBeforeAndNamesStageItemAndCause() {
    List<Integer> sunk = new ArrayList<>();
    PipelineException error = catchThrowableOfType(
        PipelineException.class,
        () -> Pipeline.from(endless()).stage("check", 4, n -> failAt(50, n)).to(sunk::add).with(options).run());
    assertThat(error)
        .hasMessageContaining("failed in stage 'check' at 50")
        .hasMessageContaining("bad item")
        .hasCauseExactlyInstanceOf(Exception.class);
    assertThat(sunk).isEqualTo(HUNDRED.subList(0, 50));
    PipelineReport report = error.report();
    assertThat(report.outcome()).isEqualTo(Completion.FAILED);
    assertThat(report.failures()).hasSize(1);
    assertThat(report.stage("source").orElseThrow().in()).isEqualTo(50 + 1 + undelivered.size());
    assertThat(report.undelivered()).isEqualTo(undelivered.size());
  }

  @Test
  void failFast_unordered_stopsEndlessSourceAndSiblings() {
    CountDownLatch never = new CountDownLatch(1);
    StageOptions four = StageOptions.workers(4).unordered();
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(
            () -> Pipeline.from(endless())
                .stage(
                    "check",
                    four,
                    n -> {
                      if (n == 0) {
                        never.await(); // until it is interrupted
                      }
                      return failAt(20, n);
                    })
                .to(n -> {})
                .with(options)
                .run());
    assertThat(undelivered).contains(0);
  }

  /** The item before it does not come to its end, so its turn would never come. */
  @Test
  void failFast_orderedBehindAnItemThatIsStuck_failsAfterTheTimeToDrain() {
    CountDownLatch never = new CountDownLatch(1);
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(
            () -> Pipeline.from(endless())
                .stage(
                    "check",
                    2,
                    n -> {
                      if (n == 0) {
                        never.await(); // until it is interrupted
                      }
                      return failAt(1, n);
                    })
                .to(n -> {})
                .with(options.withDrainTimeout(Duration.ofMillis(20)))
                .run())
        .withMessageContaining("failed in stage 'check' at 1");
    assertThat(undelivered).contains(0);
  }

  @Test
  void failAtOnce_earlierItemIsStuckAndDeaf_isToldWithoutIt() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch late = new CountDownLatch(1);
    Duration hour = Duration.ofHours(1);
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(
            () -> Pipeline.from(endless())
                .stage("check", 2, n -> {
                  if (n == 0) {
                    begun.countDown();
                    while (release.getCount() > 0) {
                      Thread.onSpinWait(); // deaf to its interrupt
                    }
                  } else if (n == 1) {
                    begun.await();
                  }
                  return failAt(1, n);
                })
                .to(n -> {})
                .with(options.withDrainTimeout(hour).withAbortTimeout(hour).withFailures(FailurePolicy.failAtOnce())
                    .onUndelivered((stage, item) -> {
                      if (item.equals(0)) {
                        late.countDown();
                      }
                    }))
                .run())
        .withMessageContaining("failed in stage 'check' at 1").withMessageContaining("bad item");
    release.countDown();
    late.await(); // the abandoned item is not lost
  }

  @Test
  void failAtOnce_unordered_isTold() {
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(
            () -> Pipeline.from(endless()).stage("check", StageOptions.workers(3).unordered(), n -> failAt(5, n)).to(n -> {})
                .with(options.withFailures(FailurePolicy.failAtOnce())).run())
        .withMessageContaining("failed in stage 'check' at 5");
  }

  /** A failure ahead of what the consumer takes is none. */
  @Test
  void failFast_orderedBeyondTheLimit_isNotReached() {
    CountDownLatch failed = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    PipelineReport report = Pipeline.from(endless())
        .stage(
            "check",
            3,
            n -> {
              if (n == 2) {
                failed.countDown();
                throw new Exception("ahead");
              }
              (n == 0 ? failed : never).await();
              return n;
            })
        .limit("one", 1)
        .to(n -> {})
        .with(options)
        .run();
    assertThat(report.outcome()).isEqualTo(Completion.STOPPED);
    assertThat(report.stage("sink").orElseThrow().in()).isEqualTo(1);
  }

  @Test
  void flatMap_whatItReturnsIsCloseable_closesIt() {
    AtomicInteger opened = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    PipelineReport report = Pipeline.from(HUNDRED)
        .flatMap(
            "many",
            3,
            n -> {
              opened.incrementAndGet();
              return Iter.fromStream(Stream.iterate(0, i -> i + 1).limit(n).onClose(closed::incrementAndGet));
            })
        .limit("some", 40)
        .to(n -> {})
        .with(options)
        .run();
    assertThat(report.outcome()).isEqualTo(Completion.STOPPED);
    assertThat(opened.get()).isPositive();
    assertThat(closed.get()).isEqualTo(opened.get());
  }

  @Test
  void retry_functionLeavesInterruptBehind_isTriedAgain() {
    AtomicInteger attempts = new AtomicInteger();
    List<Integer> results = Pipeline.from(List.of(1))
        .stage(
            "careless",
            StageOptions.workers(1).withRetry(Retry.times(3).withDelay(Duration.ofMillis(1))),
            n -> {
              Thread.currentThread().interrupt();
              if (attempts.incrementAndGet() < 3) {
                throw new Exception("not yet");
              }
              return n;
            })
        .iterate()
        .toList();
    assertThat(results).containsExactly(1);
  }

  @Test
  void sinkThatThrows_failsTheRun() {
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(
            () -> Pipeline.from(endless())
                .stage("same", 2, n -> n)
                .to(n -> failAt(10, n))
                .run())
        .withMessageContaining("stage 'sink' at 10");
  }

  @Test
  void sourceThatThrows_failsTheRunAfterItsItems() {
    Iterator<Integer> source = Stream.iterate(0, n -> n + 1)
        .peek(
            n -> {
              if (n == 5) {
                throw new IllegalStateException("line is down");
              }
            })
        .iterator();
    List<Integer> results = new ArrayList<>();
    Iter<Integer> iter = Pipeline.<Integer>fromIterator(source).stage("same", 2, n -> n).iterate();
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> iter.forEach(results::add))
        .withMessageContaining("'source'")
        .withMessageContaining("line is down");
    assertThat(results).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void skip_someItemsFail_deliversTheOthersAndListsExamples() {
    List<Integer> sunk = new ArrayList<>();
    PipelineReport report = Pipeline.from(HUNDRED)
        .stage("odd only", 3, n -> failAt(n - n % 2, n) + 0)
        .to(sunk::add)
        .with(options.withFailures(FailurePolicy.skip()))
        .run();
    assertThat(sunk).hasSize(50).allMatch(n -> n % 2 == 1);
    assertThat(report.outcome()).isEqualTo(Completion.COMPLETED);
    assertThat(report.failed()).isEqualTo(50);
    assertThat(report.failures()).hasSize(10);
  }

  @Test
  void collect_someItemsFail_listsEveryOne() {
    PipelineReport report = Pipeline.from(HUNDRED)
        .stage("odd only", 3, n -> failAt(n - n % 2, n))
        .to(n -> {})
        .with(options.withFailures(FailurePolicy.collect()))
        .run();
    assertThat(report.failures()).extracting(FailedItem::item).hasSize(50).contains(0, 98);
    assertThat(report.failures()).extracting(FailedItem::stage).containsOnly("odd only");
  }

  @Test
  void maxFailures_oneTooMany_fails() {
    RunnablePipeline plan = Pipeline.from(HUNDRED).stage("tens fail", 1, n -> failAt(n - n % 10, n)).to(n -> {});
    assertThat(plan.with(options.withFailures(FailurePolicy.maxFailures(10))).run().failed()).isEqualTo(10);
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> plan.with(options.withFailures(FailurePolicy.maxFailures(9))).run())
        .satisfies(error -> assertThat(error.report().failures()).hasSize(10));
  }

  @Test
  void maxFailureRate_exceeded_failsOnceThereAreEnoughItems() {
    RunnablePipeline plan = Pipeline.from(HUNDRED).stage("tens fail", 1, n -> failAt(n - n % 10, n)).to(n -> {});
    FailurePolicy fifteenPercent = FailurePolicy.maxFailureRate(0.15).withMinimum(20);
    assertThat(plan.with(options.withFailures(fifteenPercent)).run().failed()).isEqualTo(10);
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> plan.with(options.withFailures(FailurePolicy.maxFailureRate(0.05).withMinimum(20))).run())
        .withMessageContaining("at 20");
  }

  @Test
  void error_whateverThePolicy_failsTheRun() {
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(
            () -> Pipeline.from(endless())
                .stage(
                    "assert",
                    2,
                    n -> {
                      throw new AssertionError("broken");
                    })
                .to(n -> {})
                .with(options.withFailures(FailurePolicy.skip()))
                .run())
        .withCauseInstanceOf(AssertionError.class);
  }

  @Test
  void executorThatIsClosed_whateverThePolicy_failsTheRun() {
    Executor pool = ThreadPool.of(1);
    pool.close();
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(
            () -> Pipeline.from(endless())
                .stage("on pool", StageOptions.workers(1).withExecutor(pool), n -> n)
                .to(n -> {})
                .with(options.withFailures(FailurePolicy.skip()))
                .run())
        .withMessageContaining("closed");
  }
}
