package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.iter.Iter;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@code map} about order, ends, failures, chunks and time-outs; see also {@link MapLazinessContract}. */
public interface MapContract extends ExecutorContract {

  @Test
  default void map_listOfInputs_givesResultsInTheirOrder() {
    try (Executor pool = newExecutor(3)) {
      assertThat(pool.map(n -> n * n, upTo(50)).toList()).isEqualTo(upTo(50).stream().map(n -> n * n).toList());
    }
  }

  @Test
  default void map_firstInputSlowest_stillComesFirst() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      Tally others = newTally();
      Iter<Integer> results = pool.map(MapOptions.defaults().withAhead(3), n -> blockedIfZero(n, release, others), upTo(3));
      others.await(2);
      release.open();
      assertThat(results.toList()).containsExactly(0, 1, 2);
    }
  }

  @Test
  default void map_noInputs_givesNothing() {
    try (Executor pool = newExecutor(1)) {
      Iter<Integer> none = pool.map(n -> n, List.<Integer>of());
      assertThat(none.hasNext()).isFalse();
      assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
      assertThat(pool.stats().submitted()).isZero();
    }
  }

  @Test
  default void map_nullInputsAndResults_areFine() {
    try (Executor pool = newExecutor(1)) {
      List<@Nullable String> inputs = new ArrayList<>();
      inputs.add(null);
      inputs.add("a");
      Iter<@Nullable String> swapped = pool.<@Nullable String, @Nullable String>map(s -> s == null ? "b" : null, inputs);
      assertThat(swapped.next()).isEqualTo("b");
      assertThat(swapped.next()).isNull();
      assertThat(swapped.hasNext()).isFalse();
    }
  }

  @Test
  default void map_twoSources_areZippedUpToTheShorter() {
    try (Executor pool = newExecutor(2)) {
      List<String> names = List.of("a", "b", "c");
      assertThat(pool.map((name, n) -> name + n, names, upTo(5)).toList()).containsExactly("a0", "b1", "c2");
      assertThat(pool.map((name, n) -> name + n, names, upTo(2)).toList()).containsExactly("a0", "b1");
      assertThat(pool.map((name, n) -> name + n, names, List.<Integer>of()).toList()).isEmpty();
    }
  }

  @Test
  default void map_chunksBelowEqualAndAboveTheLength_giveTheSameInAsManyTasks() {
    for (int size : new int[]{1, 3, 9, 10, 11, 25}) {
      try (Executor pool = newExecutor(2)) {
        assertThat(pool.map(MapOptions.defaults().withChunkSize(size), n -> -n, upTo(10)).toList())
            .as("chunks of %d", size)
            .isEqualTo(upTo(10).stream().map(n -> -n).toList());
        assertThat(pool.stats().submitted()).as("tasks for chunks of %d", size).isEqualTo((10 + size - 1) / size);
      }
    }
  }

  @Test
  default void map_failingInput_surfacesAtItsPosition() {
    for (int size : new int[]{1, 2, 3, 4, 10}) {
      try (Executor pool = newExecutor(2)) {
        Iter<Integer> results = pool.map(MapOptions.defaults().withChunkSize(size), n -> 12 / (n - 3), upTo(10));
        assertThat(List.of(results.next(), results.next(), results.next()))
            .as("chunks of %d", size)
            .containsExactly(-4, -6, -12);
        assertThat(results.hasNext()).isTrue();
        assertThatThrownBy(results::next)
            .as("chunks of %d", size)
            .isInstanceOf(TaskFailedException.class)
            .hasCauseInstanceOf(ArithmeticException.class)
            .hasMessageContaining("input 3 of a map (3, task");
        assertThat(results.hasNext()).as("a failure is the end").isFalse();
        assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
      }
    }
  }

  @Test
  default void map_failingInput_isNamedWithItsIndex() {
    try (Executor pool = newExecutor(2)) {
      List<String> inputs = List.of("1", "2", "", "4");
      for (MapOptions options : List.of(MapOptions.defaults(), MapOptions.defaults().withChunkSize(2))) {
        assertThatThrownBy(() -> pool.map(options, Integer::parseInt, inputs).toList())
            .hasMessageContaining("input 2 of a map ('', task");
        assertThatThrownBy(() -> pool.mapUnordered(options, Integer::parseInt, inputs).toList())
            .hasMessageContaining("input 2 of a map ('', task");
      }
    }
  }

  @Test
  default void map_failingSource_surfacesAtItsPosition() {
    for (int size : new int[]{1, 2, 3, 4, 10}) {
      try (Executor pool = newExecutor(2)) {
        CountedSource source = new CountedSource(3, new IllegalStateException("torn"));
        Iter<Integer> results = pool.map(MapOptions.defaults().withChunkSize(size), n -> n * 10, source);
        assertThat(List.of(results.next(), results.next(), results.next()))
            .as("chunks of %d", size)
            .containsExactly(0, 10, 20);
        assertThatThrownBy(results::next)
            .as("chunks of %d", size)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("torn");
        assertThat(results.hasNext()).isFalse();
        assertThat(source.closed()).isTrue();
      }
    }
  }

  @Test
  default void map_sourceThatThrowsAnError_surfacesAtItsPosition() {
    try (Executor pool = newExecutor(2)) {
      CountedSource source = new CountedSource(3, new AssertionError("torn"));
      Iter<Integer> results = pool.map(MapOptions.defaults().withAhead(8), n -> n * 10, source);
      assertThat(List.of(results.next(), results.next(), results.next())).containsExactly(0, 10, 20);
      assertThatThrownBy(results::next).isInstanceOf(AssertionError.class).hasMessage("torn");
      assertThat(results.hasNext()).isFalse();
      assertThat(source.closed()).isTrue();
    }
  }

  @Test
  default void map_failingInputAndSourceThatFailsToClose_surfaceTogether() {
    IllegalStateException unclosable = new IllegalStateException("does not close");
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
        throw unclosable;
      }
    };
    try (Executor pool = newExecutor(2)) {
      Iter<Integer> results = pool.map(n -> n / (n - 1), source);
      assertThatThrownBy(results::next)
          .isInstanceOf(TaskFailedException.class)
          .hasCauseInstanceOf(ArithmeticException.class)
          .hasSuppressedException(unclosable);
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  default void map_timeout_comesAfterTheResultsThatAreReady() throws Exception {
    try (Executor pool = newExecutor(2); Gate never = newGate()) {
      pool.map(n -> n, upTo(2)).toList(); // so that starting workers takes nothing of the time
      Tally done = newTally();
      MapOptions options = MapOptions.defaults().withAhead(4).withTimeout(soon());
      Iter<Integer> results = pool.map(options, n -> blockedIfThree(n, never, done), upTo(10));
      assertThat(List.of(results.next(), results.next(), results.next())).containsExactly(0, 1, 2);
      assertThatThrownBy(results::next).isInstanceOf(WaitTimeoutException.class)
          .hasMessageContaining(soon().toSeconds() + " s");
      assertThat(results.hasNext()).as("a time-out is the end").isFalse();
    }
  }

  @Test
  default void map_timeoutAlreadyOver_stillGivesWhatIsDone() throws Exception {
    try (Executor pool = newExecutor(1)) {
      MapOptions options = MapOptions.defaults().withAhead(2).withTimeout(Duration.ofNanos(1));
      Iter<Integer> results = pool.map(options, n -> n, upTo(2));
      Eventually.holds("both have run", () -> pool.stats().succeeded() == 2);
      assertThat(results.toList()).containsExactly(0, 1);
    }
  }

  @Test
  default void map_timeoutNotReached_changesNothing() {
    try (Executor pool = newExecutor(2)) {
      MapOptions options = MapOptions.defaults().withTimeout(Duration.ofDays(400_000));
      assertThat(pool.map(options, n -> n, upTo(20)).toList()).isEqualTo(upTo(20));
      assertThat(pool.mapUnordered(options, n -> n, upTo(20)).toList()).containsExactlyInAnyOrderElementsOf(upTo(20));
    }
  }

  @Test
  default void map_interruptedNext_canBeAskedAgain() throws Exception {
    for (boolean ordered : new boolean[]{true, false}) {
      try (Executor pool = newExecutor(1); Gate release = newGate()) {
        Tally others = newTally();
        Iter<Integer> results = ordered
            ? pool.map(n -> blockedIfZero(n, release, others), upTo(1))
            : pool.mapUnordered(n -> blockedIfZero(n, release, others), upTo(1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(results::next).isInstanceOf(WaitInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        release.open();
        assertThat(results.next()).isEqualTo(0);
        assertThat(results.hasNext()).isFalse();
      }
    }
  }

  @Test
  default void map_asAStream_isTheSame() {
    try (Executor pool = newExecutor(2)) {
      assertThat(pool.map(n -> n + 1, upTo(10)).stream().mapToInt(n -> n).sum()).isEqualTo(55);
    }
  }

  @Test
  default void map_closedExecutor_isRejectedAtOnce() {
    Executor pool = newExecutor(1);
    pool.close();
    assertThatThrownBy(() -> pool.map(n -> n, upTo(3)))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining(pool.name());
    assertThatThrownBy(() -> pool.mapUnordered(n -> n, upTo(3))).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  default void map_executorShutDownOnTheWay_givesWhatWasSubmittedThenIsRejected() {
    try (Executor pool = newExecutor(1)) {
      Iter<Integer> results = pool.map(MapOptions.defaults().withAhead(2), n -> n, upTo(10));
      pool.shutdown();
      assertThat(results.next()).isEqualTo(0);
      assertThat(results.next()).isEqualTo(1);
      assertThatThrownBy(results::next).isInstanceOf(RejectedExecutionException.class).hasMessageContaining(pool.name());
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  default void mapUnordered_slowInput_doesNotHoldTheOthersBack() {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      Tally others = newTally();
      MapOptions options = MapOptions.defaults().withAhead(2);
      Iter<Integer> results = pool.mapUnordered(options, n -> blockedIfZero(n, release, others), upTo(5));
      assertThat(List.of(results.next(), results.next(), results.next(), results.next())).containsExactly(1, 2, 3, 4);
      release.open();
      assertThat(results.next()).isEqualTo(0);
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  default void mapUnordered_manyInputs_givesEachOnce() {
    try (Executor pool = newExecutor(3)) {
      for (int size : new int[]{1, 7, 5_000}) {
        assertThat(pool.mapUnordered(MapOptions.defaults().withChunkSize(size), n -> n, upTo(1_000)).toList())
            .containsExactlyInAnyOrderElementsOf(upTo(1_000));
      }
    }
  }

  @Test
  default void mapUnordered_failingInput_endsTheIteration() {
    try (Executor pool = newExecutor(1)) {
      Iter<Integer> results = pool.mapUnordered(n -> 12 / n, upTo(1));
      assertThatThrownBy(results::next)
          .isInstanceOf(TaskFailedException.class)
          .hasCauseInstanceOf(ArithmeticException.class);
      assertThat(results.hasNext()).isFalse();
    }
  }

  @Test
  default void mapUnordered_failingSource_comesAfterTheResults() {
    try (Executor pool = newExecutor(2)) {
      CountedSource source = new CountedSource(3, new IllegalStateException("torn"));
      Iter<Integer> results = pool.mapUnordered(n -> n, source);
      assertThat(List.of(results.next(), results.next(), results.next())).containsExactlyInAnyOrder(0, 1, 2);
      assertThatThrownBy(results::next).isInstanceOf(IllegalStateException.class).hasMessage("torn");
      assertThat(source.closed()).isTrue();
    }
  }

  @Test
  default void mapUnordered_timeout_comesAfterTheResultsThatAreReady() {
    try (Executor pool = newExecutor(2); Gate never = newGate()) {
      pool.map(n -> n, upTo(2)).toList(); // so that starting workers takes nothing of the time
      Tally done = newTally();
      MapOptions options = MapOptions.defaults().withAhead(4).withTimeout(soon());
      Iter<Integer> results = pool.mapUnordered(options, n -> blockedIfThree(n, never, done), upTo(4));
      assertThat(List.of(results.next(), results.next(), results.next())).containsExactlyInAnyOrder(0, 1, 2);
      assertThatThrownBy(results::next).isInstanceOf(WaitTimeoutException.class);
      assertThat(results.hasNext()).isFalse();
    }
  }

  private static List<Integer> upTo(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  private static int blockedIfZero(int n, Gate gate, Tally others) throws InterruptedException {
    if (n == 0) {
      gate.await();
    } else {
      others.hit();
    }
    return n;
  }

  private static int blockedIfThree(int n, Gate gate, Tally done) throws InterruptedException {
    if (n == 3) {
      gate.await();
    }
    done.hit();
    return n;
  }
}
