package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.TimeSource.Scheduled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

@Bounded
class VirtualClockTest {
  private final VirtualClock clock = new VirtualClock();
  private final List<String> ran = new ArrayList<>();

  private Scheduled at(int seconds, String name) {
    return clock.schedule(Duration.ofSeconds(seconds), () -> ran.add(name + "@" + clock.nanoTime() / 1_000_000_000));
  }

  @Test
  void advance_runsWhatIsDueByDeadlineThenSequence() {
    at(3, "c");
    at(1, "a");
    at(2, "b1");
    at(2, "b2");
    at(4, "later");
    clock.advance(Duration.ofSeconds(3));
    assertThat(ran).containsExactly("a@1", "b1@2", "b2@2", "c@3");
    assertThat(clock.nanoTime()).isEqualTo(3_000_000_000L);
    assertThat(clock.pending()).isEqualTo(1);
    assertThat(clock.untilNext()).contains(Duration.ofSeconds(1));
  }

  @Test
  void advance_byZero_runsWhatIsDueNow() {
    at(0, "now");
    assertThat(ran).as("never by itself").isEmpty();
    clock.advance(Duration.ZERO);
    assertThat(ran).containsExactly("now@0");
  }

  @Test
  void advance_actionThatSchedules_runsThatToo() {
    clock.schedule(Duration.ofSeconds(1), () -> at(1, "second"));
    clock.advance(Duration.ofSeconds(2));
    assertThat(ran).containsExactly("second@2");
  }

  @Test
  void advance_actionThatFails_doesNotStopTheOthers() {
    clock.schedule(Duration.ZERO, () -> { throw new IllegalStateException("one"); });
    clock.schedule(Duration.ZERO, () -> { throw new IllegalStateException("two"); });
    at(1, "a");
    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(1)))
        .hasMessage("one")
        .hasSuppressedException(new IllegalStateException("two"));
    assertThat(ran).containsExactly("a@1");
  }

  @Test
  void cancel_forgetsTheAction() {
    at(1, "a").cancel();
    assertThat(clock.pending()).isZero();
    clock.advance(Duration.ofDays(400_000));
    assertThat(ran).isEmpty();
    assertThat(clock.untilNext()).isEmpty();
  }

  @Test
  void schedule_farAway_isTheEndOfTime() {
    clock.advance(Duration.ofSeconds(1));
    clock.schedule(Duration.ofDays(400_000), () -> ran.add("never"));
    clock.advance(Duration.ofDays(10_000));
    assertThat(ran).isEmpty();
  }

  @Test
  void awaitPending_waitsForOtherThreads() throws Exception {
    Thread.ofVirtual().start(() -> at(1, "a"));
    clock.awaitPending(1, Duration.ofSeconds(20));
    assertThatThrownBy(() -> clock.awaitPending(2, Duration.ofMillis(10)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("1 actions")
        .hasMessageContaining("not 2");
  }

  @Test
  void negativeDurations_areRefused() {
    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("by must not be negative")
        .hasMessageContaining("-1 s");
    assertThatThrownBy(() -> clock.schedule(Duration.ofSeconds(-1), () -> {})).hasMessageContaining("delay");
  }

  @Test
  void advance_actionThatThrowsAnError_theOthersRunAndTheClockArrives() {
    clock.schedule(Duration.ofSeconds(1), () -> {
      throw new AssertionError("check failed");
    });
    clock.schedule(Duration.ofSeconds(1), () -> ran.add("second"));
    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(2))).isInstanceOf(AssertionError.class)
        .hasMessage("check failed");
    assertThat(ran).containsExactly("second");
    assertThat(clock.nanoTime()).isEqualTo(Duration.ofSeconds(2).toNanos());
  }
}
