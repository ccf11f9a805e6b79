package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.WaitInterruptedException;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.iter.Iter;
import dev.heddle.testkit.Gate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The contract of {@code Futures.asCompleted}. */
public interface AsCompletedContract extends ExecutorContract {

  @Test
  default void asCompleted_givesThemAsTheyGetDone() throws Exception {
    try (Executor pool = newExecutor(3); Gate a = newGate(); Gate b = newGate(); Gate c = newGate()) {
      List<Gate> gates = List.of(a, b, c);
      List<Future<String>> futures = new ArrayList<>();
      for (Gate each : gates) {
        futures.add(submitBlocked(pool, each));
      }
      Iter<Future<String>> completed = Futures.asCompleted(futures);
      for (int i : new int[]{1, 2, 0}) {
        assertThat(completed.hasNext()).isTrue();
        gates.get(i).open();
        assertThat(completed.next()).isSameAs(futures.get(i));
      }
      assertThat(completed.hasNext()).isFalse();
      assertThatThrownBy(completed::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  default void asCompleted_doneAlready_comeFirstWhateverBecameOfThem() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate(); Gate never = newGate()) {
      Future<String> slow = submitBlocked(pool, release);
      Future<String> cancelled = submitBlocked(pool, never);
      cancelled.cancel(true);
      Future<String> bad = pool.submit(() -> { throw new IOException("bad"); });
      bad.exception();
      Future<String> good = pool.submit(() -> "good");
      good.result();
      Iter<Future<String>> completed = Futures.asCompleted(List.of(slow, cancelled, bad, good));
      assertThat(List.of(completed.next(), completed.next(), completed.next()))
          .containsExactlyInAnyOrder(cancelled, bad, good);
      release.open();
      assertThat(completed.next()).isSameAs(slow);
    }
  }

  @Test
  default void asCompleted_noFutures_givesNothing() {
    assertThat(Futures.asCompleted(List.<Future<String>>of()).hasNext()).isFalse();
  }

  @Test
  default void asCompleted_duplicates_comeOnce() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      Future<String> slow = submitBlocked(pool, release);
      Future<String> quick = pool.submit(() -> "quick");
      quick.result();
      Iter<Future<String>> completed = Futures.asCompleted(List.of(slow, quick, slow, quick));
      assertThat(completed.next()).isSameAs(quick);
      release.open();
      assertThat(completed.next()).isSameAs(slow);
      assertThat(completed.hasNext()).isFalse();
    }
  }

  @Test
  default void asCompleted_zeroTimeout_givesTheDoneOnesThenSaysSo() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      Future<String> slow = submitBlocked(pool, release);
      Future<String> quick = pool.submit(() -> "quick");
      quick.result();
      Iter<Future<String>> completed = Futures.asCompleted(List.of(slow, quick, quick), Duration.ZERO);
      assertThat(completed.next()).isSameAs(quick);
      assertThat(completed.hasNext()).isTrue();
      assertThatThrownBy(completed::next)
          .isInstanceOf(WaitTimeoutException.class)
          .hasMessageContaining("1 of 2")
          .hasMessageContaining("0 s");
      release.open();
      slow.result();
      assertThat(completed.next()).as("done meanwhile").isSameAs(slow);
    }
  }

  @Test
  default void asCompleted_timeoutOver_saysHowManyAreLeft() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      List<Future<String>> slow = List.of(submitBlocked(pool, release), submitBlocked(pool, release));
      Iter<Future<String>> completed = Futures.asCompleted(slow, Duration.ofMillis(20));
      assertThatThrownBy(completed::next)
          .isInstanceOf(WaitTimeoutException.class)
          .hasMessageContaining("2 of 2")
          .hasMessageContaining("20 ms");
    }
  }

  @Test
  default void asCompleted_timeoutNotReached_changesNothing() {
    try (Executor pool = newExecutor(2)) {
      List<Future<Integer>> futures = List.of(pool.submit(() -> 1), pool.submit(() -> 2));
      assertThat(Futures.asCompleted(futures, Duration.ofDays(400_000)).toList())
          .containsExactlyInAnyOrderElementsOf(futures);
    }
  }

  @Test
  default void asCompleted_futuresOfDifferentExecutors_giveAll() throws Exception {
    try (Executor pool = newExecutor(1); Executor other = newExecutor(1); Gate release = newGate()) {
      Future<String> here = pool.submit(() -> "here");
      here.result();
      Future<String> there = submitBlocked(other, release);
      CompletableFuture<String> stage = new CompletableFuture<>();
      Future<String> outside = Future.from(stage);
      Iter<Future<String>> completed = Futures.asCompleted(List.of(outside, there, here));
      assertThat(completed.next()).isSameAs(here);
      release.open();
      assertThat(completed.next()).isSameAs(there);
      stage.complete("outside");
      assertThat(completed.next()).isSameAs(outside);
    }
  }

  @Test
  default void asCompleted_interruptedNext_canBeAskedAgain() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> slow = submitBlocked(pool, release);
      Iter<Future<String>> completed = Futures.asCompleted(List.of(slow));
      Thread.currentThread().interrupt();
      assertThatThrownBy(completed::next).isInstanceOf(WaitInterruptedException.class).hasMessageContaining("1 of 1");
      assertThat(Thread.interrupted()).isTrue();
      release.open();
      assertThat(completed.next()).isSameAs(slow);
    }
  }

  @Test
  default void asCompleted_readInParts_handsOutEachFutureOnce() throws Exception {
    try (Executor pool = newExecutor(2)) {
      List<Future<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        int n = i;
        futures.add(pool.submit(() -> n));
      }
      Iter<Future<Integer>> completed = Futures.asCompleted(futures);
      List<Future<Integer>> all = new ArrayList<>(completed.limit(2).toList());
      assertThat(all).hasSize(2);
      assertThat(completed.anyMatch(_ -> true)).isTrue();
      List<Future<Integer>> rest = completed.toList();
      assertThat(rest).hasSize(2);
      all.addAll(rest);
      assertThat(all).doesNotHaveDuplicates();
      completed.close();
      assertThat(completed.hasNext()).as("closed after its end").isFalse();
    }
  }

  @Test
  default void asCompleted_closedEarly_isAnErrorAndTheTasksGoOn() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> slow = submitBlocked(pool, release);
      Iter<Future<String>> completed = Futures.asCompleted(List.of(slow));
      completed.close();
      completed.close();
      assertThatIllegalStateException().isThrownBy(completed::hasNext).withMessageContaining("closed before its end");
      assertThatIllegalStateException().isThrownBy(completed::next).withMessageContaining("closed before its end");
      assertThatIllegalStateException().isThrownBy(completed::toList).withMessageContaining("closed before its end");
      release.open();
      assertThat(slow.result()).isEqualTo("released");
    }
  }

  @Test
  default void asCompleted_severalAtOnceOverTheSameFutures_eachGiveAll() throws Exception {
    try (Executor pool = newExecutor(2); Gate release = newGate()) {
      List<Future<String>> futures = List.of(submitBlocked(pool, release), submitBlocked(pool, release));
      List<Iter<Future<String>>> all = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        all.add(Futures.asCompleted(futures));
      }
      release.open();
      for (Iter<Future<String>> each : all) {
        assertThat(each.toList()).containsExactlyInAnyOrderElementsOf(futures);
      }
    }
  }

  @Test
  default void asCompleted_aCrowd_givesEachOnceInStep() {
    try (Executor pool = newExecutor(2)) {
      int crowd = crowd();
      List<Future<Integer>> futures = new ArrayList<>(crowd);
      for (int i = 0; i < crowd; i++) {
        int n = i;
        futures.add(pool.submit(() -> n));
      }
      Set<Integer> seen = new HashSet<>();
      for (Future<Integer> each : Futures.asCompleted(futures)) {
        assertThat(each.isDone()).isTrue();
        seen.add(each.result());
      }
      assertThat(seen).hasSize(crowd);
    }
  }

  @Test
  default void asCompleted_aCrowdDoneInReverse_isLinearToo() {
    int crowd = 100_000;
    List<CompletableFuture<Integer>> stages = new ArrayList<>(crowd);
    List<Future<Integer>> futures = new ArrayList<>(crowd);
    for (int i = 0; i < crowd; i++) {
      stages.add(new CompletableFuture<>());
      futures.add(Future.from(stages.getLast()));
    }
    Iter<Future<Integer>> completed = Futures.asCompleted(futures);
    for (int i = crowd - 1; i >= 0; i--) {
      stages.get(i).complete(i);
      assertThat(completed.next()).isSameAs(futures.get(i));
    }
    assertThat(completed.hasNext()).isFalse();
  }
}
