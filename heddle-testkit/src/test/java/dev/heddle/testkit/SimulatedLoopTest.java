package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.Event;
import dev.heddle.asyncio.LoopDeadlockException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulatedLoopTest {

  private static Async<Integer> adder(int[] account, int amount) {
    return Async.of(
        a -> {
          int read = account[0];
          a.await(Asyncio.sleep(Duration.ofHours(read % 2))); // the mistake that seeds are to find
          account[0] = read + amount;
          return account[0];
        });
  }

  @Test
  void run_anHour_takesNoTime() {
    assertThat(SimulatedLoop.<Integer>run(1, a -> a.await(adder(new int[]{1}, 2)))).isEqualTo(3);
  }

  @Test
  void trace_sameSeed_isTheSame() {
    SimulatedLoop.forEachSeed(
        20,
        seed -> {
          String first = SimulatedLoop.trace(seed, a -> a.await(Asyncio.gather(adder(new int[1], 1), adder(new int[1], 2))));
          String second = SimulatedLoop.trace(seed,
              a -> a.await(Asyncio.gather(adder(new int[1], 1), adder(new int[1], 2))));
          assertThat(second).isEqualTo(first).contains("main");
        });
  }

  @Test
  void forEachSeed_findsARace_andNamesTheSeed() {
    assertThatThrownBy(
        () -> SimulatedLoop.forEachSeed(
            100,
            seed -> {
              int[] account = new int[1];
              SimulatedLoop.run(seed, a -> a.await(Asyncio.gather(List.of(adder(account, 1), adder(account, 2)))));
              assertThat(account[0]).isEqualTo(3);
            }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("fails with seed");
    assertThatThrownBy(() -> SimulatedLoop.forEachSeed(0, _ -> {})).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void deadlock_isAnError() {
    assertThatThrownBy(() -> SimulatedLoop.run(1, a -> a.await(new Event().await())))
        .isInstanceOf(LoopDeadlockException.class)
        .hasMessageContaining("main: waiting for an event");
  }

  @Test
  void problem_failsTheRun() {
    assertThatThrownBy(
        () -> SimulatedLoop.run(
            1,
            a -> {
              Asyncio.createTask(
                  Async.of(
                      _ -> {
                        throw new IllegalStateException("lost");
                      }));
              a.await(Asyncio.yieldNow());
              return null;
            }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("lost");
  }
}
