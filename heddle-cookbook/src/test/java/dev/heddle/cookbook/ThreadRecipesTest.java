package dev.heddle.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The outcomes of the rows about threads and locks. */
@Timeout(60)
final class ThreadRecipesTest {

  @Test
  void c44_blockingCallsInThreads_overlapAndLeaveTimeToCompute() {
    CyclicBarrier five = new CyclicBarrier(5); // passes only if all five calls are there at once
    Output out = new Output();

    new C44BlockingCalls(() -> await(five)).inThreads(out);

    assertThat(out.lines()).hasSize(5).allSatisfy(line -> assertThat(line).contains("meanwhile"));
  }

  @Test
  void c44_run_printsBothTimes() throws Exception {
    assertThat(Output.of(new C44BlockingCalls(() -> {})).text())
        .containsPattern("One by one took 0\\.\\d{3} seconds")
        .containsPattern("In threads took 0\\.\\d{3} seconds");
  }

  @Test
  void c45_counterWithoutLock_losesCountsOfThreadsThatMeet() {
    CyclicBarrier both = new CyclicBarrier(2);
    var counter = new C45LockingCounter.Counter() {
      @Override
      void between() {
        await(both);
      }
    };
    try (Executor executor = ThreadPool.of(2)) {
      executor
          .map(
              offset -> {
                counter.increment(offset);
                return offset;
              },
              List.of(1, 1))
          .toList();
    }
    assertThat(counter.count).isEqualTo(1);
  }

  @Test
  void c45_lockingCounter_isExact() {
    assertThat(C45LockingCounter.count(new C45LockingCounter.LockingCounter())).isEqualTo(500_000);
  }

  @Test
  void c45_run_showsBothCounts() throws Exception {
    assertThat(Output.of(new C45LockingCounter()).text())
        .containsPattern("Counter should be 500000, found \\d+ \\(try \\d+\\)")
        .contains("LockingCounter should be 500000, found 500000");
  }

  @Test
  void b37_underOneLock_noTwoThreadsWorkAtOnce() {
    Timeline timeline = new B37OneLockForAll(3, 20, () -> Sums.upTo(1_000)).record(new ReentrantLock());

    List<Span> inOrder = timeline.spans().stream().sorted(Comparator.comparingLong(Span::start)).toList();
    assertThat(inOrder).hasSize(60);
    for (int i = 1; i < inOrder.size(); i++) {
      assertThat(inOrder.get(i).start()).isGreaterThanOrEqualTo(inOrder.get(i - 1).end());
    }
  }

  @Test
  void b37_freeThreads_workSideBySide() {
    CyclicBarrier all = new CyclicBarrier(3); // passes only if all three are at work

    Timeline timeline = new B37OneLockForAll(3, 5, () -> {
      await(all);
      return null;
    }).record(null);

    assertThat(timeline.lanes()).containsOnlyKeys("thread 1", "thread 2", "thread 3");
    assertThat(timeline.spans()).hasSize(15);
  }

  @Test
  void b37_run_showsBothTimelines() throws Exception {
    String text = Output.of(new B37OneLockForAll(2, 3, () -> Sums.upTo(1_000))).text();

    assertThat(text).containsSubsequence("One lock for all:", "thread 1 |", "Free threads:", "thread 2 |");
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
      throw new AssertionError("not all of them ran at once", alone);
    }
  }
}
