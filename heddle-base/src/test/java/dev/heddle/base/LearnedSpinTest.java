package dev.heddle.base;

import static dev.heddle.base.LearnedSpin.LONGEST_NANOS;
import static dev.heddle.base.LearnedSpin.SHORTEST_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LearnedSpinTest {
  private final AtomicInteger spinning = new AtomicInteger();
  private final LearnedSpin spin = new LearnedSpin(spinning, 2);
  private int looks;

  private boolean looked() {
    looks++;
    return true;
  }

  @Test
  void budget_afterShortWaits_growsToItsLimit() {
    assertThat(spin.budget()).isZero();
    spin.waited(LONGEST_NANOS);
    assertThat(spin.budget()).isEqualTo(SHORTEST_NANOS);
    spin.waited(0);
    assertThat(spin.budget()).isEqualTo(2 * SHORTEST_NANOS);
    for (int i = 0; i < 5; i++) {
      spin.waited(1_000);
    }
    assertThat(spin.budget()).isEqualTo(LONGEST_NANOS);
  }

  @Test
  void budget_afterLongWaits_isZeroSoon() {
    for (int i = 0; i < 10; i++) {
      spin.waited(1_000);
    }
    for (int i = 0; i < 2; i++) {
      spin.waited(LONGEST_NANOS + 1);
    }
    assertThat(spin.budget()).isZero();
  }

  @Test
  void until_withoutBudget_doesNotLook() {
    spin.until(this::looked, Long.MAX_VALUE);
    assertThat(looks).isZero();
  }

  @Test
  void until_onAVirtualThread_doesNotLook() throws InterruptedException {
    spin.waited(0);
    Thread.ofVirtual().start(() -> spin.until(this::looked, Long.MAX_VALUE)).join();
    assertThat(looks).isZero();
  }

  @Test
  void until_onASingleProcessor_doesNotLook() {
    LearnedSpin alone = new LearnedSpin(spinning, 1);
    alone.waited(0);
    assertThat(alone.budget()).isZero();
    alone.until(this::looked, Long.MAX_VALUE);
    assertThat(looks).isZero();
  }

  @Test
  void until_withAsManySpinningAsProcessors_doesNotLook() {
    spin.waited(0);
    spinning.set(2);
    spin.until(this::looked, Long.MAX_VALUE);
    assertThat(looks).isZero();
    assertThat(spinning).hasValue(2);
  }

  @Test
  void until_conditionThatThrows_countsNoThreadAsSpinning() {
    for (int i = 0; i < 1_000 && looks == 0; i++) { // it looks at nothing while spinning rests
      spin.waited(0);
      try {
        spin.until(() -> {
          looks++;
          throw new IllegalStateException();
        }, Long.MAX_VALUE);
      } catch (IllegalStateException expected) {
        // from the condition
      }
    }
    assertThat(spinning).hasValue(0);
  }

  @Test
  void until_conditionThatNeverHolds_ends() {
    spin.waited(0);
    spin.until(() -> false, Long.MAX_VALUE);
    assertThat(spinning).hasValue(0);
  }
}
