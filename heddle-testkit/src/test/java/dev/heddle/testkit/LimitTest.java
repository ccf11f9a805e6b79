package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.DeadlockException;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.KeyedLimit;
import dev.heddle.futures.Limit;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.Permit;
import dev.heddle.futures.Rate;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.ThreadPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Limits by themselves, in virtual time. */
@Bounded
class LimitTest {
  private final VirtualClock clock = new VirtualClock();

  private static boolean isFree(Limit limit) {
    Future<Permit> permit = limit.acquire();
    return !permit.cancel();
  }

  @Test
  void rate_thatIsNoWholeNumberOfNanoseconds_isExactInTheLongRun() {
    Limit three = Limit.rate(Rate.perSecond(3).withTime(clock));
    assertThat(isFree(three)).isTrue();
    for (int second = 0; second < 1_000; second++) {
      List<Future<Permit>> permits = List.of(three.acquire(), three.acquire(), three.acquire());
      clock.advance(Duration.ofMillis(999));
      assertThat(permits).extracting(Future::isDone).containsExactly(true, true, false);
      clock.advance(Duration.ofMillis(1));
      assertThat(permits.getLast().isDone()).isTrue();
    }
  }

  @Test
  void rate_afterALongPause_savesABurstAndNoMore() {
    Limit limit = Limit.rate(Rate.of(10, Duration.ofMinutes(1)).withBurst(3).withTime(clock));
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofDays(10_000L * i));
      assertThat(List.of(isFree(limit), isFree(limit), isFree(limit), isFree(limit))).containsExactly(true, true, true,
          false);
    }
    clock.advance(Duration.ofSeconds(6));
    assertThat(List.of(isFree(limit), isFree(limit))).containsExactly(true, false);
  }

  @Test
  void rate_firstComeFirstServed_andLateComersDoNotOvertake() {
    Limit limit = Limit.rate(Rate.perSecond(1).withTime(clock));
    assertThat(isFree(limit)).isTrue();
    List<Future<Permit>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(limit.acquire());
    }
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofSeconds(1));
      assertThat(isFree(limit)).isFalse();
      assertThat(waiting.stream().filter(Future::isDone).count()).isEqualTo(i + 1);
      assertThat(waiting.get(i).isDone()).isTrue();
    }
  }

  @Test
  void rate_cancelledWait_takesNoPermitAndLeavesNoTimer() {
    Limit limit = Limit.rate(Rate.perSecond(1).withTime(clock));
    assertThat(isFree(limit)).isTrue();
    Future<Permit> given = limit.acquire();
    Future<Permit> next = limit.acquire();
    assertThat(given.cancel()).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(next.isDone()).isTrue();
    assertThat(limit.acquire().cancel()).isTrue();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void concurrent_permits_areReturnedOnceAndInOrder() {
    Limit two = Limit.concurrent(2);
    Permit first = two.acquire().result();
    Permit second = two.acquire().result();
    Future<Permit> third = two.acquire();
    Future<Permit> fourth = two.acquire();
    Future<Permit> fifth = two.acquire();
    assertThat(fourth.cancel()).isTrue();
    first.close();
    first.close();
    assertThat(third.isDone()).isTrue();
    assertThat(fifth.isDone()).isFalse();
    second.close();
    assertThat(fifth.isDone()).isTrue();
    third.result().close();
    fifth.result().close();
    assertThat(two.toString()).isEqualTo("<Limit of 2 at once, 0 held, 0 waiting>");
  }

  @Test
  void concurrent_manyThreadsAndCancellations_neverExceedAndLoseNothing() throws Exception {
    Limit three = Limit.concurrent(3);
    AtomicInteger held = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (Executor threads = ThreadPool.of(8)) {
      List<Integer> counts = threads.map(seed -> {
        Random random = new Random(seed);
        int got = 0;
        for (int i = 0; i < 2_000; i++) {
          Future<Permit> wanted = three.acquire();
          if (random.nextInt(3) == 0 && wanted.cancel()) {
            continue;
          }
          try (Permit _ = wanted.result()) {
            most.accumulateAndGet(held.incrementAndGet(), Math::max);
            got++;
            held.decrementAndGet();
          }
        }
        return got;
      }, List.of(1, 2, 3, 4, 5, 6, 7, 8)).toList();
      assertThat(counts).allMatch(got -> got > 1_000);
    }
    assertThat(most.get()).isBetween(1, 3);
    assertThat(three.toString()).contains("0 held, 0 waiting");
  }

  @Test
  void chained_takesTheSecondOnlyWithTheFirst() {
    Limit host = Limit.concurrent(1);
    Limit rate = Limit.rate(Rate.perMinute(1).withTime(clock));
    Limit both = host.and(rate);
    Permit one = both.acquire().result();
    Future<Permit> second = both.acquire();
    clock.advance(Duration.ofMinutes(1));
    assertThat(second.isDone()).isFalse();
    one.close();
    assertThat(second.isDone()).isTrue();
    second.result().close();
    Future<Permit> third = both.acquire(); // has the first permit, waits for the second
    assertThat(isFree(host)).isFalse();
    assertThat(third.cancel()).isTrue();
    assertThat(isFree(host)).isTrue();
    assertThat(clock.pending()).isZero();
  }

  @Test
  void keyed_forgetsKeysThatAreNotInUse() {
    KeyedLimit<Integer> slots = KeyedLimit.concurrent(1);
    KeyedLimit<Integer> rates = KeyedLimit.rate(Rate.perSecond(10).withTime(clock));
    Permit kept = slots.forKey(-1).acquire().result();
    for (int i = 0; i < 10_000; i++) {
      slots.forKey(i).acquire().result().close();
      rates.forKey(i).acquire().result().close();
      clock.advance(Duration.ofMillis(10));
    }
    assertThat(slots.keys()).isLessThan(5);
    assertThat(rates.keys()).isLessThan(25);
    assertThat(isFree(slots.forKey(-1))).as("still held").isFalse();
    kept.close();
    assertThat(isFree(slots.forKey(-1))).isTrue();
  }

  @Test
  void taskThatHoldsAPermit_andWaitsForOneThatNeedsIt_isADeadlock() {
    KeyedLimit<String> perHost = KeyedLimit.concurrent(1);
    for (boolean pool : new boolean[]{true, false}) {
      try (Executor threads = pool ? ThreadPool.of(2) : ThreadPool.virtual()) {
        TaskOptions host = TaskOptions.limitedBy(perHost.forKey("example.org"));
        Future<Integer> outer = threads.submit(host.withName("outer"),
            () -> threads.submit(host.withName("inner"), () -> 1).result());
        assertThat(outer.exception()).isInstanceOf(DeadlockException.class).hasMessageContaining("'outer'");
      }
    }
  }

  @Test
  void taskThatWaitsForAPermit_whoseHolderRuns_isNoDeadlock() throws Exception {
    Limit one = Limit.concurrent(1);
    CountDownLatch release = new CountDownLatch(1);
    try (Executor threads = ThreadPool.of(1); Executor others = ThreadPool.of(1)) {
      Future<Integer> holder = others.submit(TaskOptions.limitedBy(one), () -> {
        release.await();
        return 1;
      });
      CountDownLatch waits = new CountDownLatch(1);
      Future<Integer> outer = threads.submit(() -> {
        Future<Integer> inner = threads.submit(TaskOptions.limitedBy(one), () -> 2);
        waits.countDown();
        return inner.result();
      });
      waits.await();
      Eventually.holds("outer waits", () -> threads.stats().waiting() == 1);
      release.countDown();
      assertThat(outer.result()).isEqualTo(2);
      assertThat(holder.result()).isEqualTo(1);
    }
  }

  @Test
  void arguments_areChecked() {
    assertThatThrownBy(() -> Rate.perSecond(0))
        .hasMessageContaining("permits must be at least 1, but was 0; a rate of none");
    assertThatThrownBy(() -> Rate.of(1, Duration.ZERO))
        .hasMessageContaining("period must be longer than zero, but was 0 s;");
    assertThatThrownBy(() -> Rate.perSecond(1).withBurst(0)).hasMessageContaining("burst must be at least 1, but was 0;");
    assertThatThrownBy(() -> Rate.of(1, Duration.ofDays(36_500)).withBurst(1_000)).hasMessageContaining("146 years");
    assertThatThrownBy(() -> Limit.concurrent(0)).hasMessageContaining("permits must be at least 1, but was 0;");
    assertThatThrownBy(() -> KeyedLimit.concurrent(1).forKey(" "))
        .hasMessageContaining("key must not be blank, but was ' ';");
    assertThatThrownBy(() -> KeyedLimit.<String>concurrent(1).forKey(Nulls.any())).hasMessage("key must not be null");
    assertThatThrownBy(() -> MapOptions.defaults().withChunkSize(2).withLimit(Limit.concurrent(1)))
        .hasMessageContaining("chunkSize must be 1 with a limit for each input, but was 2");
  }
}
