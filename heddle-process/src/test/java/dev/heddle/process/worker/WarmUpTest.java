package dev.heddle.process.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a worker does while it waits for its first task. */
@Timeout(120)
class WarmUpTest {

  @Test
  void begin_runsTasks_andEnds() throws InterruptedException {
    WarmUp warmUp = new WarmUp();
    warmUp.begin();
    assertThat(warmUp.await(Duration.ofSeconds(100))).isEqualTo(20);
  }

  @Test
  void end_beforeItHasBegun_runsNothing() throws InterruptedException {
    WarmUp warmUp = new WarmUp();
    warmUp.end();
    warmUp.begin();
    assertThat(warmUp.await(Duration.ofSeconds(100))).isZero();
  }
}
