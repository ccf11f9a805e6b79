package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Hedge;
import dev.heddle.futures.Limit;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.MapOutcome;
import dev.heddle.futures.Permit;
import dev.heddle.futures.Rate;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskScope;
import dev.heddle.futures.ThreadPool;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.iter.Iter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What users have reported of similar libraries, tried here; each test names the report. */
@Bounded
class ReportsOfPeersTest {

  /** python/cpython gh-155852: a time-out that the function itself throws was taken for that of the map. */
  @Test
  void map_whoseFunctionThrowsWhatTheMapMightThrow_isNotEndedByIt() {
    List<RuntimeException> own = List.of(
        new WaitTimeoutException("a wait of the function", Duration.ofSeconds(1)),
        new CancellationException("by the function"),
        new RejectedExecutionException("by another pool"));
    for (boolean virtual : new boolean[]{true, false}) {
      try (Executor pool = virtual ? ThreadPool.virtual() : ThreadPool.of(1)) {
        List<MapOutcome<Integer, Integer>> outcomes = pool.mapOutcomes((Integer n) -> {
          if (n % 2 == 1) {
            throw own.get(n / 2);
          }
          return n;
        }, List.of(0, 1, 2, 3, 4, 5, 6)).toList();
        assertThat(outcomes).hasSize(7);
        assertThat(outcomes).filteredOn(each -> !each.succeeded()).extracting(MapOutcome::failure).isEqualTo(own);
        assertThatThrownBy(() -> pool.map((Integer n) -> {
          throw own.get(n);
        }, List.of(1)).toList()).isInstanceOf(TaskFailedException.class).hasCause(own.get(1));
      }
    }
  }

  /** python/cpython #95166: the input that the map waited for when its time ran out was not cancelled. */
  @Test
  void map_timeout_cancelsAlsoTheInputThatIsWaitedFor() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger ran = new AtomicInteger();
    try (Executor pool = ThreadPool.of(1)) {
      pool.submit(() -> release.await());
      try (Iter<Integer> results = pool.map(MapOptions.defaults().withTimeout(Duration.ofMillis(1)),
          (Integer n) -> ran.incrementAndGet(), List.of(2, 3))) {
        assertThatThrownBy(results::next).isInstanceOf(WaitTimeoutException.class);
      }
      release.countDown();
    }
    assertThat(ran).hasValue(0);
  }

  /** google/guava #5372: never more than n calls in a period, whenever they come. */
  @Test
  void rate_withoutABurst_neverAllowsMoreThanItsNumberInAPeriod() {
    VirtualClock clock = new VirtualClock();
    Limit ten = Limit.rate(Rate.perSecond(10).withTime(clock));
    Random random = new Random(11);
    List<Long> grants = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      ten.acquire().addDoneCallback(_ -> grants.add(clock.nanoTime()));
      clock.advance(Duration.ofMillis(random.nextInt(200)));
    }
    clock.advance(Duration.ofMinutes(1));
    assertThat(grants).hasSize(500).isSorted();
    for (int i = 10; i < grants.size(); i++) {
      assertThat(grants.get(i) - grants.get(i - 10)).isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos() - 10);
    }
  }

  /** softwaremill/ox #164: two failures at the same moment made the program hang. */
  @Test
  void scope_whoseChildrenFailTogether_endsAndThrowsOne() {
    try (Executor pool = ThreadPool.of(4)) {
      for (int round = 0; round < 200; round++) {
        CyclicBarrier together = new CyclicBarrier(3);
        assertThatThrownBy(() -> TaskScope.run(pool, scope -> {
          for (int i = 0; i < 3; i++) {
            int number = i;
            scope.submit(() -> {
              together.await();
              throw new IllegalStateException("child " + number);
            });
          }
        })).isInstanceOf(TaskFailedException.class).hasCauseInstanceOf(Exception.class);
      }
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  /** softwaremill/jox #191: a fork that its own program cancels failed the scope. */
  @Test
  void scope_whoseChildIsCancelledByItsBody_goesOn() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Executor pool = ThreadPool.of(2)) {
      int result = TaskScope.call(pool, scope -> {
        CountDownLatch began = new CountDownLatch(1);
        Future<?> child = scope.submit(() -> {
          began.countDown();
          never.await();
        });
        began.await();
        assertThat(child.cancel(true)).isTrue();
        return scope.submit(() -> 3).result();
      });
      assertThat(result).isEqualTo(3);
    }
  }

  /** failsafe-go #141: when no hedge could be made, the call that was under way was cancelled, too. */
  @Test
  void hedge_thatCannotBeMade_leavesTheFirstCallAlone() throws Exception {
    VirtualClock clock = new VirtualClock();
    CountDownLatch release = new CountDownLatch(1);
    try (Executor pool = ThreadPool.of(1)) {
      Future<Integer> call = Hedge.after(Duration.ofSeconds(1)).withTime(clock).submit(pool, () -> {
        release.await();
        return 1;
      });
      pool.shutdown();
      clock.advance(Duration.ofSeconds(1));
      release.countDown();
      assertThat(call.result()).isEqualTo(1);
    }
  }

  /** resilience4j #314, cadence-workflow #6030: cancelled waits used up permits, until hardly any call came through. */
  @Test
  void rate_underManyCancelledWaits_keepsItsThroughput() {
    VirtualClock clock = new VirtualClock();
    Limit rate = Limit.rate(Rate.perSecond(100).withTime(clock));
    int granted = 0;
    List<Future<Permit>> kept = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      List<Future<Permit>> given = IntStream.range(0, 20).mapToObj(_ -> rate.acquire()).toList();
      kept.add(rate.acquire());
      given.forEach(each -> each.cancel());
      granted += (int) given.stream().filter(each -> !each.isCancelled()).count();
      clock.advance(Duration.ofMillis(10));
    }
    granted += (int) kept.stream().filter(Future::isDone).count();
    assertThat(granted).isBetween(1_000, 1_001);
  }
}
