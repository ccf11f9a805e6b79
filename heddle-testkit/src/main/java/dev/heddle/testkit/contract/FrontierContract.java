package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Frontier;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.MapOutcome;
import dev.heddle.iter.Iter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of maps whose inputs are found while they are read. */
public interface FrontierContract extends ExecutorContract {

  @Test
  default void mapOutcomesUnordered_overATree_takesEachNodeOnce() {
    try (Executor pool = newExecutor(3)) {
      Frontier<Integer> found = Frontier.of(1);
      List<Integer> seen = new ArrayList<>();
      List<Integer> failed = new ArrayList<>();
      for (MapOutcome<Integer, Integer> each : pool.mapOutcomesUnordered(n -> unlessSeven(n), found)) {
        seen.add(each.input());
        if (!each.succeeded()) {
          failed.add(each.input());
        }
        if (each.input() <= 25) {
          found.addAll(List.of(2 * each.input(), 2 * each.input() + 1, 1));
        }
      }
      assertThat(seen).containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 51).boxed().toList());
      assertThat(failed).containsExactly(7);
      assertThat(found.size()).isEqualTo(51);
    }
  }

  @Test
  default void map_overAFrontier_keepsTheOrderAndItsBound() {
    try (Executor pool = newExecutor(2)) {
      Frontier<Integer> found = Frontier.from(List.of(3, 1));
      List<Integer> results = new ArrayList<>();
      for (int result : pool.map(MapOptions.defaults().withAhead(2), n -> -n, found)) {
        results.add(result);
        if (results.size() < 6) {
          found.add(10 + results.size());
        }
      }
      assertThat(results).containsExactly(-3, -1, -11, -12, -13, -14, -15);
    }
  }

  @Test
  default void add_afterTheLastResult_isTakenToo_butNotAfterTheClose() {
    try (Executor pool = newExecutor(1)) {
      Frontier<Integer> found = Frontier.of();
      Iter<Integer> doubled = pool.map(n -> 2 * n, found);
      assertThat(doubled.hasNext()).isFalse();
      assertThat(found.add(4)).isTrue();
      assertThat(found.add(4)).isFalse();
      assertThat(doubled.next()).isEqualTo(8);
      assertThat(doubled.hasNext()).isFalse();
      doubled.close();
      assertThatIllegalStateException().isThrownBy(() -> found.add(5))
          .withMessageContaining("the map over this frontier was closed").withMessageContaining("make a new frontier");
      assertThatIllegalStateException().isThrownBy(() -> pool.map(n -> n, found))
          .withMessageContaining("the source of one map, and has one already");
    }
  }

  private static int unlessSeven(int n) throws IOException {
    if (n == 7) {
      throw new IOException("on purpose");
    }
    return n;
  }
}
