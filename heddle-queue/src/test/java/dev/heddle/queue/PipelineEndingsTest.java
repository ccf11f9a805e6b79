package dev.heddle.queue;

import static dev.heddle.queue.Items.HUNDRED;
import static dev.heddle.queue.Items.endless;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.iter.Iter;
import dev.heddle.queue.PipelineReport.Completion;
import dev.heddle.testkit.Bounded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How pipelines end before their source does: nothing is lost, and no thread is left. */
@Bounded
final class PipelineEndingsTest {
  private final List<Object> undelivered = Collections.synchronizedList(new ArrayList<>());
  private final PipelineOptions options = PipelineOptions.defaults().onUndelivered((stage, item) -> undelivered.add(item));

  // ---- early ends ----

  @Test
  void toWhile_sinkWantsNoMore_cancelsEndlessSourceAndAccountsForEveryItem() {
    List<Integer> sunk = new ArrayList<>();
    PipelineReport report = Pipeline.from(endless())
        .stage("same", 3, n -> n)
        .toWhile(
            n -> {
              sunk.add(n);
              return n < 9;
            })
        .with(options)
        .run();
    assertThat(sunk).isEqualTo(HUNDRED.subList(0, 10));
    assertThat(report.outcome()).isEqualTo(Completion.STOPPED);
    assertConserved(sunk, report);
  }

  @Test
  void limit_slowStageBehindIt_isNotHurriedByTheTimeToDrain() {
    List<Integer> sunk = new ArrayList<>();
    PipelineReport report = Pipeline.from(endless())
        .limit("five", 5)
        .to(
            n -> {
              Thread.sleep(2); // longer than it may drain
              sunk.add(n);
            })
        .with(options.withDrainTimeout(Duration.ZERO))
        .run();
    assertThat(sunk).containsExactly(0, 1, 2, 3, 4);
    assertThat(report.outcome()).isEqualTo(Completion.STOPPED);
  }

  @Test
  void iterate_closedEarly_cancelsTheRunAndAccountsForEveryItem() {
    List<Integer> taken = new ArrayList<>();
    AtomicInteger pulled = new AtomicInteger();
    try (Iter<Integer> results = Pipeline.fromStream(Stream.generate(pulled::getAndIncrement)).stage("same", 3, n -> n)
        .with(options).iterate()) {
      for (int i = 0; i < 5; i++) {
        taken.add(results.next());
      }
      assertThat(results.hasNext()).isTrue();
    }
    taken.addAll(integers(undelivered));
    assertThat(taken).containsExactlyInAnyOrderElementsOf(IntStream.range(0, taken.size()).boxed().toList());
    assertThat(taken.size()).isLessThanOrEqualTo(pulled.get()).isGreaterThanOrEqualTo(pulled.get() - 1);
  }

  @Test
  void stop_running_processesTheItemsUnderWay() throws Exception {
    CountDownLatch some = new CountDownLatch(20);
    List<Integer> sunk = Collections.synchronizedList(new ArrayList<>());
    try (PipelineRun run = Pipeline.from(endless())
        .stage("same", 3, n -> n)
        .to(
            n -> {
              sunk.add(n);
              some.countDown();
            })
        .with(options)
        .start()) {
      some.await();
      run.stop();
      PipelineReport report = run.await();
      assertThat(report.outcome()).isEqualTo(Completion.STOPPED);
      assertThat(undelivered).hasSizeLessThanOrEqualTo(1); // the one that the source was handing on
      assertConserved(sunk, report);
    }
  }

  @Test
  void cancel_running_handsTheItemsUnderWayToTheHook() throws Exception {
    CountDownLatch begun = new CountDownLatch(3);
    CountDownLatch never = new CountDownLatch(1);
    PipelineRun run = Pipeline.from(endless())
        .stage(
            "hang",
            3,
            n -> {
              begun.countDown();
              never.await();
              return n;
            })
        .to(n -> {})
        .with(options)
        .start();
    begun.await();
    run.cancel();
    PipelineReport report = run.await();
    assertThat(report.outcome()).isEqualTo(Completion.CANCELLED);
    assertThat(report.failed()).isZero();
    assertConserved(List.of(), report);
    assertThat(integers(undelivered)).contains(0, 1, 2);
    run.close();
  }

  @Test
  void stop_drainTakesTooLong_aborts() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    PipelineRun run = Pipeline.from(HUNDRED)
        .to(
            n -> {
              begun.countDown();
              never.await();
            })
        .with(options.withDrainTimeout(Duration.ofMillis(20)))
        .start();
    begun.await();
    run.stop();
    PipelineReport report = run.await();
    assertThat(report.outcome()).isEqualTo(Completion.STOPPED);
    assertConserved(List.of(), report);
  }

  @Test
  void cancel_functionIgnoresInterrupts_namesTheAbandonedThread() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    PipelineRun run = Pipeline.from(HUNDRED)
        .stage(
            "deaf",
            1,
            n -> {
              begun.countDown();
              while (release.getCount() > 0) {
                Thread.onSpinWait();
              }
              return n;
            })
        .to(n -> {})
        .with(options.withAbortTimeout(Duration.ofMillis(20)).withName("images"))
        .start();
    begun.await();
    run.cancel();
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(run::await)
        .withMessageContaining("images-deaf-1")
        .withMessageContaining("did not end within")
        .withMessageContaining("abortTimeout");
    release.countDown();
  }

  @Test
  void run_interrupted_abortsAndSetsTheStatusAgain() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    var runner = Threads.PLATFORM.start(
        () -> {
          assertThatExceptionOfType(QueueInterruptedException.class)
              .isThrownBy(
                  () -> Pipeline.from(HUNDRED)
                      .to(
                          n -> {
                            begun.countDown();
                            never.await();
                          })
                      .with(options)
                      .run());
          return Thread.interrupted();
        });
    begun.await();
    runner.thread.interrupt();
    assertThat(runner.result()).isTrue();
    assertThat(undelivered).contains(0);
  }

  @Test
  void future_cancelled_abortsTheRun() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    PipelineRun run = Pipeline.from(endless()).to(n -> never.await()).with(options).start();
    assertThatExceptionOfType(WaitTimeoutException.class).isThrownBy(() -> run.await(Duration.ZERO));
    assertThat(run.future().cancel(true)).isTrue();
    run.close();
    assertThat(run.isDone()).isTrue();
  }

  @Test
  void sourceQueue_pipelineStopsEarly_closesItSoThatPuttersLearn() throws Exception {
    ClosableQueue<Integer> queue = ClosableQueue.fifo(2);
    var putter = Threads.VIRTUAL.start(
        () -> {
          int put = 0;
          try {
            while (true) {
              queue.put(put);
              put++;
            }
          } catch (QueueClosedException e) {
            return put;
          }
        });
    PipelineReport report = Pipeline.from(queue).limit("three", 3).to(n -> {}).with(options).run();
    int put = putter.result();
    Set<Object> all = new HashSet<>(undelivered);
    all.addAll(queue.closeNow());
    all.addAll(List.of(0, 1, 2));
    assertThat(all).hasSize(put);
    assertThat(report.outcome()).isEqualTo(Completion.STOPPED);
  }

  @Test
  void functionLeavesInterruptBehind_pipelineGoesOn() {
    List<Integer> results = Pipeline.from(HUNDRED)
        .stage(
            "careless",
            2,
            n -> {
              Thread.currentThread().interrupt();
              return n;
            })
        .iterate()
        .toList();
    assertThat(results).isEqualTo(HUNDRED);
  }

  @Test
  void hooks_thatThrow_changeNothing() {
    PipelineReport report = Pipeline.from(endless())
        .limit("three", 3)
        .to(n -> {})
        .with(
            options
                .onUndelivered(
                    (stage, item) -> {
                      throw new IllegalStateException("hook");
                    })
                .onProgress(
                    Duration.ofMillis(1),
                    progress -> {
                      throw new IllegalStateException("listener");
                    }))
        .run();
    assertThat(report.stage("sink").orElseThrow().in()).isEqualTo(3);
  }

  private static List<Integer> integers(List<Object> items) {
    return items.stream().map(Integer.class::cast).toList();
  }

  /** Each item of the source has reached the sink or the hook once. */
  private void assertConserved(List<Integer> sunk, PipelineReport report) {
    List<Integer> all = new ArrayList<>(sunk);
    all.addAll(integers(undelivered));
    int given = (int) report.stage("source").orElseThrow().in();
    assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, given).boxed().toList());
    assertThat(report.undelivered()).isEqualTo(undelivered.size());
  }
}
