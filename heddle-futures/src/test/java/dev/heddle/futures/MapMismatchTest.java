package dev.heddle.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.spi.PartialFailure;
import dev.heddle.iter.Iter;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker that reports a wrong number of results for a chunk does not shift the results of other chunks. */
@Timeout(60)
class MapMismatchTest {
  private static final List<Integer> INPUTS = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8);

  /** Reports something else for the second chunk. */
  private static UnaryOperator<@Nullable Object> second(UnaryOperator<@Nullable Object> lie) {
    int[] chunks = {0};
    return outcome -> ++chunks[0] == 2 ? lie.apply(outcome) : outcome;
  }

  private static void failsAtItsPlace(UnaryOperator<@Nullable Object> lie, String what) {
    for (boolean ordered : new boolean[]{true, false}) {
      Executor executor = ManualEngine.lying(second(lie));
      MapOptions threes = MapOptions.defaults().withChunkSize(3);
      Iter<Integer> map = ordered ? executor.map(threes, n -> n, INPUTS) : executor.mapUnordered(threes, n -> n, INPUTS);
      assertThat(List.of(map.next(), map.next(), map.next())).containsExactly(0, 1, 2);
      assertThatThrownBy(map::next)
          .isInstanceOf(TaskFailedException.class)
          .hasCauseInstanceOf(FuturesException.class)
          .hasMessageContaining(what)
          .hasMessageContaining("for 3 inputs");
      assertThat(map.hasNext()).isFalse();
      executor.shutdown();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 4})
  void results_ofAnotherNumber_failAtTheirPlace(int number) {
    failsAtItsPlace(outcome -> Arrays.copyOf((Object[]) outcome, number), number + " results");
  }

  @Test
  void results_thatAreNone_failAtTheirPlace() {
    failsAtItsPlace(outcome -> "three", "an object of java.lang.String");
    failsAtItsPlace(outcome -> null, "null");
  }

  @Test
  void results_besideAFailure_areFewerThanTheInputs() {
    failsAtItsPlace(
        outcome -> new PartialFailure(new Object[3], new IllegalStateException("later")), "3 results and a failure");
    Executor executor = ManualEngine
        .lying(second(outcome -> new PartialFailure(new Object[]{3}, new IllegalStateException("later"))));
    Iter<Integer> map = executor.map(MapOptions.defaults().withChunkSize(3), n -> n, INPUTS);
    assertThat(List.of(map.next(), map.next(), map.next(), map.next())).containsExactly(0, 1, 2, 3);
    assertThatThrownBy(map::next).isInstanceOf(TaskFailedException.class).hasMessageContaining("later");
    assertThat(map.hasNext()).isFalse();
    executor.shutdown();
  }

  @Test
  void results_ofTimedChunks_areCountedToo() {
    for (UnaryOperator<@Nullable Object> lie : List.<UnaryOperator<@Nullable Object>>of(
        outcome -> new Object[0],
        outcome -> new Object[]{1L},
        outcome -> new Object[]{1, "no time"},
        outcome -> new Object[]{1, 2, 3L})) {
      Executor executor = ManualEngine.lying(second(lie));
      Iter<Integer> map = executor.map(n -> n, INPUTS);
      assertThat(map.next()).isZero();
      assertThatThrownBy(map::next).isInstanceOf(TaskFailedException.class).hasMessageContaining("for 1 inputs of a map");
      executor.shutdown();
    }
  }
}
