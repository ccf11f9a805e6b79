package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.DeadlockException;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Limit;
import dev.heddle.futures.Permit;
import dev.heddle.futures.Rate;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.ThreadPool;
import dev.heddle.futures.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Limits with callbacks, chains, deadlocks and the timer. */
@Bounded
class LimitInteractionsTest {
  private final VirtualClock clock = new VirtualClock();

  @Test
  void callbacksThatGivePermitsBack_areNoRecursion() {
    Limit one = Limit.concurrent(1);
    Permit held = one.acquire().result();
    AtomicInteger served = new AtomicInteger();
    for (int i = 0; i < 50_000; i++) {
      one.acquire().addDoneCallback(permit -> {
        served.incrementAndGet();
        permit.result().close();
      });
    }
    held.close();
    assertThat(served).hasValue(50_000);
    assertThat(one.toString()).endsWith("0 held, 0 waiting>");
  }

  @Test
  void callbacksOfTwoLimits_thatGivePermitsOfTheOtherBack_areNoRecursion() {
    Limit one = Limit.concurrent(1);
    Limit other = Limit.concurrent(1);
    Permit held = one.acquire().result();
    List<Permit> next = new ArrayList<>(List.of(other.acquire().result()));
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      for (Limit each : List.of(one, other)) {
        each.acquire().addDoneCallback(permit -> {
          next.add(permit.result());
          next.removeFirst().close();
        });
      }
    }
    held.close();
    assertThat(next).hasSize(1);
    next.getFirst().close();
    assertThat(one.toString() + other).contains("0 held, 0 waiting>").doesNotContain("1 held");
  }

  @Test
  void timeSourceThatFails_losesNoPermit() {
    AtomicBoolean fails = new AtomicBoolean();
    TimeSource faulty = new TimeSource() {
      @Override
      public long nanoTime() {
        return clock.nanoTime();
      }

      @Override
      public Scheduled schedule(Duration delay, Runnable action) {
        if (fails.get()) {
          throw new IllegalStateException("on purpose");
        }
        return clock.schedule(delay, action);
      }
    };
    Limit rate = Limit.rate(Rate.perSecond(1).withTime(faulty));
    rate.acquire();
    Future<Permit> second = rate.acquire();
    Future<Permit> third = rate.acquire();
    fails.set(true);
    clock.advance(Duration.ofSeconds(1));
    assertThat(second.isDone()).isTrue();
    fails.set(false);
    Future<Permit> fourth = rate.acquire(); // sets the timer again
    clock.advance(Duration.ofSeconds(2));
    assertThat(third.isDone()).isTrue();
    assertThat(fourth.isDone()).isTrue();
  }

  @Test
  void chain_cancelled_usesUpNothing() {
    Limit rate = Limit.rate(Rate.perMinute(1).withBurst(2).withTime(clock));
    Limit slot = Limit.concurrent(1);
    Permit held = slot.acquire().result();
    Future<Permit> wanted = rate.and(slot).acquire();
    assertThat(wanted.cancel()).isTrue();
    rate.acquire();
    assertThat(rate.acquire().isDone()).as("the second of a burst of two").isTrue();
    held.close();
    assertThat(slot.toString()).endsWith("0 held, 0 waiting>");
  }

  @Test
  void chain_whoseSecondLimitFails_usesUpNothing() {
    Limit rate = Limit.rate(Rate.perMinute(1).withTime(clock));
    Limit broken = () -> {
      throw new IllegalStateException("on purpose");
    };
    assertThat(rate.and(broken).acquire().exception()).hasMessage("on purpose");
    assertThat(rate.acquire().isDone()).isTrue();
  }

  @Test
  void chain_heldByATask_thatWaitsForOneThatNeedsIt_isADeadlock() throws Exception {
    Limit both = Limit.concurrent(1).and(Limit.rate(Rate.perSecond(1000).withBurst(100)));
    try (Executor pool = ThreadPool.of(4); AutoCloseable _ = pool::shutdownNow) {
      Future<Integer> outer = pool.submit(TaskOptions.limitedBy(both),
          () -> pool.submit(TaskOptions.limitedBy(both), () -> 1).result());
      assertThat(outer.exception(Duration.ofSeconds(10))).isInstanceOf(DeadlockException.class);
    }
  }

  @Test
  void chains_inOppositeOrder_areNotSearchedWithoutEnd() throws Exception {
    Limit a = Limit.concurrent(1);
    Limit b = Limit.concurrent(1);
    Permit heldA = a.acquire().result();
    Permit heldB = b.acquire().result();
    try (Executor pool = ThreadPool.of(2)) {
      Future<Integer> one = pool.submit(TaskOptions.limitedBy(a.and(b)), () -> 1);
      Future<Integer> two = pool.submit(TaskOptions.limitedBy(b.and(a)), () -> 2);
      heldA.close();
      heldB.close(); // each has one permit now and waits for the other's
      Future<Integer> waiting = pool.submit(() -> one.result());
      Eventually.holds("it waits", () -> pool.stats().waiting() == 1);
      assertThat(one.cancel()).isTrue();
      assertThat(waiting.exception()).isInstanceOf(CancellationException.class);
      assertThat(two.result()).isEqualTo(2);
    }
    assertThat(a.toString() + b).doesNotContain("1 held");
  }

  @Test
  void actionThatBlocks_doesNotHoldUpTheTimer() throws Exception {
    CountDownLatch blocks = new CountDownLatch(3);
    CountDownLatch release = new CountDownLatch(1);
    try (AutoCloseable _ = release::countDown) {
      while (blocks.getCount() > 0) {
        blocksTheTimer(blocks, release);
      }
      CountDownLatch due = new CountDownLatch(1);
      TimeSource.system().schedule(Duration.ofMillis(1), due::countDown);
      assertThat(due.await(20, TimeUnit.SECONDS)).as("another action").isTrue();
    }
  }

  /** Lets an action of the timer block; does nothing if the permit was there before its callback, which this thread ran. */
  private static void blocksTheTimer(CountDownLatch blocks, CountDownLatch release) throws Exception {
    Thread tester = Thread.currentThread();
    CountDownLatch called = new CountDownLatch(1);
    Limit rate = Limit.rate(Rate.of(1, Duration.ofMillis(1)));
    rate.acquire();
    rate.acquire().addDoneCallback(permit -> {
      boolean timer = Thread.currentThread() != tester;
      if (timer) {
        blocks.countDown();
      }
      called.countDown();
      try {
        release.await(timer ? Long.MAX_VALUE : 0, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    assertThat(called.await(20, TimeUnit.SECONDS)).as("the callback").isTrue();
  }
}
