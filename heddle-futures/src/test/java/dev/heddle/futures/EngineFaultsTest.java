package dev.heddle.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an engine does wrong must not hang those who wait for its tasks. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineFaultsTest {

  @Test
  void start_thatThrows_failsItsTaskAndLetsTheExecutorEnd() {
    Executor executor = ManualEngine.failingToStart(new IllegalStateException("engine fault"));
    assertThatThrownBy(() -> executor.submit(() -> 1)).hasMessage("engine fault");
    executor.shutdown();
    assertThat(executor.isTerminated()).isTrue();
    assertThat(executor.stats().failed()).isEqualTo(1);
  }
}
