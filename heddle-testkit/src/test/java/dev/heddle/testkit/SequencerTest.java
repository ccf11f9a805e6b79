package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

@Bounded
class SequencerTest {

  @Test
  void steps_ofSeveralThreads_comeInTheirOrder() throws Exception {
    Sequencer order = new Sequencer();
    List<Integer> done = new CopyOnWriteArrayList<>();
    Thread odd = Thread.ofPlatform().start(() -> steps(order, done, 1, 3, 5));
    Thread even = Thread.ofVirtual().start(() -> steps(order, done, 0, 2, 4));
    odd.join();
    even.join();
    assertThat(done).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(order.ended()).isEqualTo(6);
  }

  private static void steps(Sequencer order, List<Integer> done, int... numbers) {
    try {
      for (int number : numbers) {
        try (var _ = order.step(number)) {
          done.add(number);
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void step_whoseTurnDoesNotCome_tellsWhoIsMissing() {
    Sequencer order = new Sequencer(Duration.ofMillis(10));
    assertThatThrownBy(() -> order.step(1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("step 1 did not get its turn within 10 ms")
        .hasMessageContaining("step 0 was never begun")
        .hasMessageContaining("SequencerTest");
  }

  @Test
  void step_takenTwiceOrNegative_isRefused() throws Exception {
    Sequencer order = new Sequencer();
    order.step(0).close();
    assertThatThrownBy(() -> order.step(0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("was 0");
    assertThatThrownBy(() -> order.step(-1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("was -1");
    assertThatThrownBy(() -> new Sequencer(Duration.ZERO)).hasMessageContaining("timeout").hasMessageContaining("0 s");
  }
}
