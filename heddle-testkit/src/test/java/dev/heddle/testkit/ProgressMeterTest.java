package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Progress;
import dev.heddle.futures.ProgressListener;
import dev.heddle.futures.ProgressMeter;
import dev.heddle.futures.ProgressOptions;
import dev.heddle.futures.ThreadPool;
import dev.heddle.iter.Iter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@Bounded
class ProgressMeterTest {
  private final VirtualClock clock = new VirtualClock();
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final ProgressOptions options = ProgressOptions.named("load").withTotal(10).withTime(clock)
      .withInterval(Duration.ofSeconds(1)).withListener(ProgressListener.lines(lines::add));

  @Test
  void reports_comeAtMostOncePerInterval_andAtTheEnd() {
    ProgressMeter meter = ProgressMeter.start(options);
    meter.ended(false);
    assertThat(lines).as("less than an interval").isEmpty();
    clock.advance(Duration.ofSeconds(2));
    meter.ended(true);
    meter.ended(false);
    assertThat(lines).containsExactly("load: 2 of 10 (20 %), 1.0 per second, 8 s left, 1 failed");
    clock.advance(Duration.ofSeconds(1).minusNanos(1));
    meter.ended(false);
    assertThat(lines).hasSize(1);
    clock.advance(Duration.ofNanos(1));
    meter.ended(false);
    assertThat(lines).last().isEqualTo("load: 5 of 10 (50 %), 1.7 per second, 3 s left, 1 failed");
    meter.close();
    meter.ended(false);
    meter.close();
    assertThat(lines).hasSize(3);
  }

  @Test
  void report_ofAnUnknownTotal_hasNoTimeLeft() {
    ProgressMeter meter = ProgressMeter.start(ProgressOptions.named("load").withTime(clock));
    clock.advance(Duration.ofSeconds(1));
    IntStream.range(0, 40).forEach(_ -> meter.ended(false));
    assertThat(meter.now().toString()).isEqualTo("load: 40 items, 40 per second");
    assertThat(meter.now().remaining()).isEmpty();
    assertThat(meter.now().last()).isFalse();
    meter.close();
    assertThat(meter.now().last()).isTrue();
  }

  @Test
  void listener_thatThrows_harmsNothing() {
    List<Progress> seen = new ArrayList<>();
    try (ProgressMeter meter = ProgressMeter.start(options.withListener(progress -> {
      seen.add(progress);
      throw new IllegalStateException("on purpose");
    }))) {
      clock.advance(Duration.ofSeconds(1));
      meter.ended(false);
      clock.advance(Duration.ofSeconds(1));
      meter.ended(false);
    }
    assertThat(seen).extracting(Progress::done).containsExactly(1L, 2L, 2L);
  }

  @Test
  void listener_thatBlocks_holdsUpNoTask_andOthersCountOn() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (Executor pool = ThreadPool.of(2);
        ProgressMeter meter = ProgressMeter.start(options.withTotal(3).withListener(_ -> {
          inside.countDown();
          Uninterrupted.await(release);
        }))) {
      clock.advance(Duration.ofSeconds(1));
      meter.watch(List.of(pool.submit(() -> 1)));
      inside.await();
      clock.advance(Duration.ofSeconds(1));
      Future<Integer> second = pool.submit(() -> 2);
      meter.watch(List.of(second, pool.submit(() -> 3)));
      assertThat(second.result()).isEqualTo(2);
      Eventually.holds("all are counted", () -> meter.now().done() == 3);
      release.countDown();
    }
  }

  /** Waits, whatever happens. */
  private static final class Uninterrupted {
    static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void over_closedBeforeItsEnd_closesTheSource() {
    List<String> closed = new ArrayList<>();
    Iter<Integer> source = new Iter<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Integer next() {
        return 1;
      }

      @Override
      public void close() {
        closed.add("closed");
      }
    };
    try (ProgressMeter meter = ProgressMeter.start(options); Iter<Integer> counted = meter.over(source)) {
      assertThat(counted.next()).isEqualTo(1);
      assertThat(meter.now().done()).isEqualTo(1);
    }
    assertThat(closed).containsExactly("closed");
  }

  @Test
  void options_badValues_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ProgressOptions.named(" "))
        .withMessageContaining("name must not be blank, but was ' '");
    assertThatIllegalArgumentException().isThrownBy(() -> options.withTotal(-1))
        .withMessageContaining("total").withMessageContaining("-1").withMessageContaining("leave it out if it is unknown");
    assertThatIllegalArgumentException().isThrownBy(() -> options.withInterval(Duration.ZERO))
        .withMessageContaining("interval must be longer than zero");
    assertThat(options.total()).isEqualTo(OptionalLong.of(10));
  }
}
