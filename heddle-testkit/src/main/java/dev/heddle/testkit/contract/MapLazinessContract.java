package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.iter.Iter;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of {@code map} about how far it runs ahead, endless inputs, and closing early. */
public interface MapLazinessContract extends ExecutorContract {

  @Test
  default void map_bound_isReachedAndNeverExceeded() {
    try (Executor pool = newExecutor(2)) {
      for (int ahead : new int[]{1, 2, 7, 50}) {
        CountedSource source = CountedSource.endless();
        Iter<Integer> results = pool.map(MapOptions.defaults().withAhead(ahead), n -> n, source);
        checkAhead(results, source, ahead);
      }
    }
  }

  @Test
  default void mapUnordered_bound_isReachedAndNeverExceeded() {
    try (Executor pool = newExecutor(2)) {
      for (int ahead : new int[]{1, 2, 7, 50}) {
        CountedSource source = CountedSource.endless();
        Iter<Integer> results = pool.mapUnordered(MapOptions.defaults().withAhead(ahead), n -> n, source);
        checkAhead(results, source, ahead);
      }
    }
  }

  private static void checkAhead(Iter<Integer> results, CountedSource source, int ahead) {
    assertThat(source.taken()).as("taken at the start").isEqualTo(ahead);
    for (int consumed = 1; consumed <= 200; consumed++) {
      results.next();
      assertThat(source.taken() - consumed).as("taken ahead of %d consumed", consumed).isLessThanOrEqualTo(ahead);
      assertThat(results.hasNext()).isTrue();
      assertThat(source.taken() - consumed).as("refilled after %d", consumed).isEqualTo(ahead);
    }
    results.close();
  }

  @Test
  default void map_chunks_areTakenWholeWithinTheBound() {
    try (Executor pool = newExecutor(2)) {
      int[][] boundsAndSizes = {{6, 3}, {6, 4}, {6, 6}, {7, 2}};
      for (int[] each : boundsAndSizes) {
        CountedSource source = CountedSource.endless();
        MapOptions options = MapOptions.defaults().withAhead(each[0]).withChunkSize(each[1]);
        Iter<Integer> results = pool.map(options, n -> n, source);
        assertThat(source.taken()).as("bound %d, chunks of %d", each[0], each[1]).isEqualTo(each[0] / each[1] * each[1]);
        for (int consumed = 1; consumed <= 50; consumed++) {
          assertThat(results.next()).isEqualTo(consumed - 1);
          assertThat(source.taken() - consumed).isLessThanOrEqualTo(each[0]);
        }
        results.close();
      }
    }
  }

  @Test
  default void map_endlessInput_isFineWithTheDefaults() {
    try (Executor pool = newExecutor(2)) {
      CountedSource source = CountedSource.endless();
      try (Iter<Integer> results = pool.map(n -> n * 2, source)) {
        for (int i = 0; i < 2_000; i++) {
          assertThat(source.taken() - i).as("taken ahead of %d consumed", i).isLessThanOrEqualTo(mostAhead(i));
          assertThat(results.next()).isEqualTo(i * 2);
        }
      }
      assertThat(source.closed()).isTrue();
    }
  }

  @Test
  default void map_notYetAskedForAResult_hasBegunToWork() throws Exception {
    try (Executor pool = newExecutor(2)) {
      Tally begun = newTally();
      Iter<Integer> results = pool.map(MapOptions.defaults().withAhead(2), n -> begun.hit(), CountedSource.endless());
      begun.await(2);
      results.close();
    }
  }

  @Test
  default void map_inputs_arePulledOnTheConsumersThread() {
    try (Executor pool = newExecutor(2)) {
      CountedSource source = CountedSource.upTo(30);
      try (Iter<Integer> results = pool.map(n -> n, source)) {
        while (results.hasNext()) {
          assertThat(source.reader()).isSameAs(Thread.currentThread());
          results.next();
        }
      }
      assertThat(source.reader()).isSameAs(Thread.currentThread());
    }
  }

  @Test
  default void map_consumedToTheEnd_closesItsSource() {
    try (Executor pool = newExecutor(2)) {
      CountedSource source = CountedSource.upTo(5);
      assertThat(pool.map(n -> n, source).toList()).hasSize(5);
      assertThat(source.closed()).isTrue();
      CountedSource first = CountedSource.upTo(5);
      CountedSource second = CountedSource.upTo(3);
      assertThat(pool.map((a, b) -> a + b, first, second).toList()).containsExactly(0, 2, 4);
      assertThat(first.closed()).isTrue();
      assertThat(second.closed()).isTrue();
    }
  }

  @Test
  default void map_closedEarly_stopsWhatRuns_ifItsOptionsSaySo() throws Exception {
    MapOptions options = MapOptions.defaults().withAhead(1).withInterruptOnClose(true);
    try (Executor pool = newExecutor(2); Gate first = newGate(); Gate second = newGate(); Gate never = newGate()) {
      Iter<Integer> ordered = pool.map(options, n -> hang(first, never), CountedSource.endless());
      first.await();
      ordered.close();
      Iter<Integer> unordered = pool.mapUnordered(options, n -> hang(second, never), CountedSource.endless());
      second.await();
      unordered.close();
      Eventually.holds("nothing runs any more", () -> pool.stats().running() == 0);
      assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }
  }

  private static int hang(Gate begun, Gate never) throws InterruptedException {
    begun.open();
    never.await();
    return 0;
  }

  @Test
  default void map_closedEarly_letsWhatRunsGoOn_ifItsOptionsSaySo() throws Exception {
    try (Executor pool = newExecutor(2); Gate begun = newGate(); Gate goOn = newGate()) {
      Tally ended = newTally();
      Iter<Integer> results = pool.map(MapOptions.defaults().withAhead(1).withInterruptOnClose(false), n -> {
        begun.open();
        goOn.await();
        return ended.hit();
      }, CountedSource.endless());
      begun.await();
      results.close();
      goOn.open();
      ended.await(1);
    }
  }

  @Test
  default void map_closedEarly_takesNoMoreAndClosesItsSource() {
    try (Executor pool = newExecutor(2)) {
      CountedSource source = CountedSource.endless();
      Iter<Integer> results = pool.map(MapOptions.defaults().withAhead(3), n -> n, source);
      results.next();
      results.close();
      int taken = source.taken();
      results.close();
      assertThatIllegalStateException().isThrownBy(results::hasNext).withMessageContaining("closed before its end");
      assertThatIllegalStateException().isThrownBy(results::next).withMessageContaining("closed before its end");
      assertThatIllegalStateException().isThrownBy(results::toList).withMessageContaining("closed before its end");
      assertThat(source.taken()).isEqualTo(taken);
      assertThat(source.closed()).isTrue();
    }
  }

  @Test
  default void map_readInParts_losesNothing() {
    for (boolean ordered : new boolean[]{true, false}) {
      try (Executor pool = newExecutor(2)) {
        MapOptions options = MapOptions.defaults().withChunkSize(3);
        Iter<Integer> results = ordered
            ? pool.map(options, n -> n, CountedSource.upTo(10))
            : pool.mapUnordered(options, n -> n, CountedSource.upTo(10));
        List<Integer> all = new ArrayList<>(results.limit(2).toList());
        all.add(results.next());
        all.add(results.first().orElseThrow());
        all.addAll(results.takeWhile(_ -> true).toList());
        assertThat(all).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(results.toList()).as("read to its end").isEmpty();
        results.close();
        assertThat(results.hasNext()).as("closed after its end").isFalse();
      }
    }
  }

  @Test
  default void map_failingInput_takesNoMoreAndClosesItsSource() {
    try (Executor pool = newExecutor(2)) {
      CountedSource source = CountedSource.endless();
      Iter<Integer> results = pool.map(MapOptions.defaults().withAhead(3), n -> 12 / n, source);
      assertThatThrownBy(results::next).isInstanceOf(TaskFailedException.class);
      int taken = source.taken();
      assertThat(results.hasNext()).isFalse();
      assertThat(source.taken()).isEqualTo(taken).isLessThanOrEqualTo(3);
      assertThat(source.closed()).isTrue();
    }
  }

  @Test
  default void map_secondLoop_goesOnWhereTheFirstStopped() {
    try (Executor pool = newExecutor(2)) {
      Iter<Integer> results = pool.map(n -> n, CountedSource.upTo(4));
      for (int n : results) {
        if (n == 1) {
          break;
        }
      }
      assertThat(results.toList()).containsExactly(2, 3);
    }
  }

  @Test
  default void map_twoAtOnce_doNotDisturbEachOther() {
    try (Executor pool = newExecutor(2)) {
      Iter<Integer> odd = pool.map(n -> 2 * n + 1, CountedSource.upTo(100));
      Iter<Integer> even = pool.map(n -> 2 * n, CountedSource.upTo(100));
      for (int i = 0; i < 100; i++) {
        assertThat(even.next()).isEqualTo(2 * i);
        assertThat(odd.next()).isEqualTo(2 * i + 1);
      }
    }
  }
}
