package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Future.Status;
import dev.heddle.futures.Futures;
import dev.heddle.futures.KeyedLimit;
import dev.heddle.futures.Limit;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.MapOutcome;
import dev.heddle.futures.Permit;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Rate;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskOptions;
import dev.heddle.iter.Iter;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import dev.heddle.testkit.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** The contract of limits on tasks. */
public interface LimitContract extends ExecutorContract {

  @Test
  default void limit_ofOneAtOnce_holdsNoWorkerWhileItWaits() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      TaskOptions one = TaskOptions.limitedBy(Limit.concurrent(1));
      Tally began = newTally();
      Future<Integer> first = pool.submit(one, () -> blocked(release, began));
      began.await(1);
      Future<Integer> second = pool.submit(one, () -> blocked(release, began));
      assertThat(pool.submit(() -> "meanwhile").result()).isEqualTo("meanwhile");
      assertThat(second.status()).isEqualTo(Status.PENDING);
      assertThat(began.count()).isEqualTo(1);
      release.open();
      assertThat(first.result()).isEqualTo(1);
      assertThat(second.result()).isEqualTo(2);
    }
  }

  @Test
  default void limit_sharedByTwoExecutors_boundsBoth() throws Exception {
    try (Executor one = newExecutor(1); Executor other = newExecutor(1); Gate release = newGate()) {
      TaskOptions limited = TaskOptions.limitedBy(Limit.concurrent(1));
      Tally began = newTally();
      Future<Integer> first = one.submit(limited, () -> blocked(release, began));
      began.await(1);
      Future<Integer> second = other.submit(limited, () -> blocked(release, began));
      assertThat(other.submit(() -> 3).result()).isEqualTo(3);
      assertThat(second.isDone()).isFalse();
      release.open();
      assertThat(List.of(first.result(), second.result())).containsExactly(1, 2);
    }
  }

  @Test
  default void rate_inVirtualTime_letsTasksBeginInTurn() throws Exception {
    VirtualClock clock = new VirtualClock();
    Limit rate = Limit.rate(Rate.perSecond(4).withBurst(2).withTime(clock));
    try (Executor pool = newExecutor(2)) {
      Tally began = newTally();
      List<Future<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        tasks.add(pool.submit(TaskOptions.limitedBy(rate), began::hit));
      }
      assertThat(List.of(tasks.get(0).result(), tasks.get(1).result())).containsExactlyInAnyOrder(1, 2);
      for (int i = 2; i < 5; i++) {
        clock.advance(Duration.ofMillis(249));
        assertThat(pool.submit(() -> "no permit needed").result()).isNotNull();
        assertThat(tasks.get(i).isDone()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(tasks.get(i).result()).isEqualTo(i + 1);
      }
      assertThat(clock.pending()).isZero();
    }
  }

  @Test
  default void cancel_ofATaskThatWaitsForAPermit_givesUpItsPlace() throws Exception {
    VirtualClock clock = new VirtualClock();
    Limit rate = Limit.rate(Rate.perSecond(1).withTime(clock));
    try (Executor pool = newExecutor(1)) {
      Tally began = newTally();
      pool.submit(TaskOptions.limitedBy(rate), began::hit).result();
      Future<Integer> second = pool.submit(TaskOptions.limitedBy(rate), began::hit);
      Future<Integer> third = pool.submit(TaskOptions.limitedBy(rate), began::hit);
      assertThat(second.cancel()).isTrue();
      clock.advance(Duration.ofSeconds(1));
      assertThat(third.result()).isEqualTo(2);
      assertThatThrownBy(second::result).isInstanceOf(CancellationException.class);
      assertThat(pool.stats().queued()).isZero();
    }
  }

  @Test
  default void shutdownNow_cancelsWhatWaitsForPermits_andGivesPermitsBack() throws Exception {
    Limit one = Limit.concurrent(1);
    try (Executor pool = newExecutor(1); Gate never = newGate()) {
      Tally began = newTally();
      Future<Integer> running = pool.submit(TaskOptions.limitedBy(one), () -> blocked(never, began));
      began.await(1);
      Future<Integer> waiting = pool.submit(TaskOptions.limitedBy(one), () -> blocked(never, began));
      pool.shutdownNow();
      assertThatThrownBy(running::result).isInstanceOf(CancellationException.class);
      assertThatThrownBy(waiting::result).isInstanceOf(CancellationException.class);
    }
    one.acquire().result().close();
  }

  @Test
  default void close_waitsForTasksThatWaitForPermits() throws Exception {
    Limit one = Limit.concurrent(1);
    Permit held = one.acquire().result();
    Executor pool = newExecutor(1);
    Future<String> task = pool.submit(TaskOptions.limitedBy(one), () -> "ran");
    pool.shutdown();
    assertThat(pool.isTerminated()).isFalse();
    held.close();
    pool.close();
    assertThat(task.result()).isEqualTo("ran");
  }

  @Test
  default void retry_takesAPermitForEachAttempt() throws Exception {
    VirtualClock clock = new VirtualClock();
    Limit rate = Limit.rate(Rate.perSecond(1).withTime(clock));
    try (Executor pool = newExecutor(1)) {
      Tally attempts = newTally();
      TaskOptions options = TaskOptions.limitedBy(rate).withRetry(Retry.times(3).withDelay(Duration.ZERO));
      Future<Integer> task = pool.submit(options, () -> {
        if (attempts.hit() < 3) {
          throw new IOException("on purpose");
        }
        return attempts.count();
      });
      for (int attempt = 1; attempt < 3; attempt++) {
        attempts.await(attempt);
        clock.awaitPending(1, RetryContract.SOON);
        assertThat(attempts.count()).isEqualTo(attempt);
        clock.advance(Duration.ofSeconds(1));
      }
      assertThat(task.result()).isEqualTo(3);
    }
  }

  @Test
  default void permit_ofATaskThatIsCancelledOrTimesOut_comesBack() throws Exception {
    VirtualClock clock = new VirtualClock();
    TaskOptions one = TaskOptions.limitedBy(Limit.concurrent(1));
    try (Executor pool = newExecutor(2, PoolOptions.defaults().withTime(clock)); Gate never = newGate()) {
      for (boolean timeout : new boolean[]{true, false}) {
        Tally began = newTally();
        Future<Integer> task = pool.submit(one.withTimeout(Duration.ofSeconds(1)), () -> blocked(never, began));
        began.await(1);
        if (timeout) {
          clock.advance(Duration.ofSeconds(1));
          assertThat(task.exception()).isNotNull();
        } else {
          assertThat(task.cancel(true)).isTrue();
        }
        assertThat(pool.submit(one, () -> "next").result()).isEqualTo("next");
      }
    }
  }

  @Test
  default void limit_thatFails_failsTheTask() {
    Limit broken = () -> Future.from(java.util.concurrent.CompletableFuture.failedFuture(new IOException("no connection")));
    try (Executor pool = newExecutor(1)) {
      assertThat(pool.submit(TaskOptions.limitedBy(broken), () -> 1).exception()).hasMessage("no connection");
      assertThat(pool.submit(() -> 2).result()).isEqualTo(2);
    }
  }

  @Test
  default void map_withALimitPerKey_blocksOnlyTheKey() throws Exception {
    KeyedLimit<String> perHost = KeyedLimit.concurrent(1);
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      Tally slow = newTally();
      MapOptions options = MapOptions.defaults().withLimit((String url) -> perHost.forKey(host(url)));
      List<String> urls = List.of("slow/1", "slow/2", "slow/3", "quick/1", "quick/2");
      Iter<String> pages = pool.mapUnordered(options, url -> {
        if (host(url).equals("slow")) {
          slow.hit();
          release.await();
        }
        return url;
      }, urls);
      assertThat(List.of(pages.next(), pages.next())).containsExactlyInAnyOrder("quick/1", "quick/2");
      slow.await(1); // its worker may begin after the others have ended
      assertThat(slow.count()).isEqualTo(1);
      release.open();
      assertThat(List.of(pages.next(), pages.next(), pages.next())).containsExactly("slow/1", "slow/2", "slow/3");
      Eventually.holds("its permits are back", () -> one(perHost.forKey("slow")));
    }
  }

  @Test
  default void map_whoseKeyIsMissing_failsThatInput() {
    KeyedLimit<String> perHost = KeyedLimit.concurrent(1);
    try (Executor pool = newExecutor(1)) {
      MapOptions options = MapOptions.defaults().withLimit((String url) -> perHost.forKey(host(url)));
      assertThatThrownBy(() -> pool.map(options, url -> url, List.of("a/1", "/2")).toList())
          .isInstanceOf(TaskFailedException.class)
          .hasMessageContaining("input 1 of a map ('/2'")
          .hasMessageContaining("key must not be blank, but was ''");
      assertThat(pool.mapOutcomes(options, url -> url, List.of("a/1", "/2", "b/3")).toList())
          .extracting(MapOutcome::succeeded)
          .containsExactly(true, false, true);
    }
  }

  @Test
  default void limit_ofManyTasks_costsLinearTime() {
    int many = crowd() / 10;
    Limit two = Limit.concurrent(2);
    try (Executor pool = newExecutor(2)) {
      List<Future<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        tasks.add(pool.submit(TaskOptions.limitedBy(two), () -> 1));
      }
      assertThat(Futures.wait(tasks).done()).hasSize(many);
      assertThat(tasks.stream().mapToInt(Future::result).sum()).isEqualTo(many);
    }
  }

  private static boolean one(Limit limit) {
    Future<Permit> permit = limit.acquire();
    boolean free = !permit.cancel();
    if (free) {
      permit.result().close();
    }
    return free;
  }

  private static String host(String url) {
    return url.substring(0, url.indexOf('/'));
  }

  private static int blocked(Gate release, Tally began) throws InterruptedException {
    int number = began.hit();
    release.await();
    return number;
  }
}
