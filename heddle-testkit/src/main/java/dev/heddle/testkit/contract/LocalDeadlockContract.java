package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.DeadlockException;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.ReturnWhen;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.iter.Iter;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Nulls;
import dev.heddle.testkit.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract that tasks which wait for each other get a deadlock exception; {@link LocalNoFalseAlarmContract} covers waits
 * that must not.
 */
public interface LocalDeadlockContract extends ExecutorContract {

  @Test
  default void result_ofOneself_isADeadlock() {
    try (Executor pool = newExecutor(2)) {
      RingOfTasks ring = new RingOfTasks(1);
      ring.submit(0, pool, other -> other.result());
      ring.wire();
      ring.expectDeadlock();
      assertThat(ring.future(0).exception()).hasMessageContaining("waits for itself");
    }
  }

  @Test
  default void result_ofEachOther_isADeadlockInBoth() {
    for (int round = 0; round < 100; round++) {
      try (Executor pool = newExecutor(2)) {
        RingOfTasks ring = new RingOfTasks(2);
        ring.submit(0, pool, other -> other.result());
        ring.submit(1, pool, other -> other.result());
        ring.wire();
        ring.expectDeadlock();
        assertThat(ring.future(0).exception())
            .hasMessageContaining("task 'task-0' waits for task 'task-1', which waits for task 'task-0'")
            .hasMessageContaining("time-out");
      }
    }
  }

  @Test
  default void result_inARing_isADeadlockInAll() {
    for (int size : new int[]{3, 4, 20}) {
      for (int round = 0; round < 20; round++) {
        try (Executor pool = newExecutor(2)) {
          RingOfTasks ring = new RingOfTasks(size);
          for (int i = 0; i < size; i++) {
            ring.submit(i, pool, other -> other.result());
          }
          ring.wire();
          ring.expectDeadlock();
        }
      }
    }
  }

  @Test
  default void everyKindOfWait_canBeADeadlock() {
    List<RingOfTasks.Way> ways = List.of(
        other -> other.result(),
        other -> other.get(),
        other -> String.valueOf(other.exception()),
        other -> Futures.wait(List.of(other)).toString(),
        other -> Futures.wait(List.of(other), ReturnWhen.FIRST_COMPLETED).toString(),
        other -> Futures.wait(List.of(other), ReturnWhen.FIRST_EXCEPTION).toString(),
        other -> Futures.asCompleted(List.of(other)).next().name());
    for (int i = 0; i < ways.size(); i++) {
      try (Executor pool = newExecutor(2)) {
        RingOfTasks ring = new RingOfTasks(2);
        ring.submit(0, pool, ways.get(i));
        ring.submit(1, pool, ways.get((i + 1) % ways.size()));
        ring.wire();
        ring.expectDeadlock();
      }
    }
  }

  @Test
  default void map_overTasksThatWaitForTheMapper_isADeadlock() {
    try (Executor pool = newExecutor(3)) {
      for (boolean ordered : new boolean[]{true, false}) {
        Gate wired = newGate();
        AtomicReference<@Nullable Future<String>> mapper = new AtomicReference<>();
        mapper.set(
            pool.submit(
                () -> {
                  wired.await();
                  Future<String> self = Nulls.present(mapper);
                  Iter<String> results = ordered
                      ? pool.map(n -> self.result(), List.of(1))
                      : pool.mapUnordered(n -> self.result(), List.of(1));
                  return results.next();
                }));
        wired.open();
        assertThat(Nulls.present(mapper).exception()).isInstanceOf(DeadlockException.class);
      }
    }
  }

  @Test
  default void result_inARingOverSeveralExecutors_isADeadlock() {
    try (Executor one = newExecutor(1); Executor two = newExecutor(1); Executor three = newExecutor(1)) {
      RingOfTasks ring = new RingOfTasks(3);
      ring.submit(0, one, other -> other.result());
      ring.submit(1, two, other -> other.result());
      ring.submit(2, three, other -> other.result());
      ring.wire();
      ring.expectDeadlock();
    }
  }

  @Test
  default void waitForAll_withOneThatWaitsBackAndOneThatRuns_isADeadlockAtOnce() throws Exception {
    try (Executor pool = newExecutor(3); Gate never = newGate()) {
      Future<String> free = submitBlocked(pool, never);
      RingOfTasks ring = new RingOfTasks(2);
      ring.submit(0, pool, other -> Futures.wait(List.of(free, other)).toString());
      ring.submit(1, pool, other -> other.result());
      ring.wire();
      ring.expectDeadlock();
      assertThat(free.isRunning()).isTrue();
    }
  }

  @Test
  default void waitForFirstCompleted_whenAllWaitBack_isADeadlock() {
    try (Executor pool = newExecutor(3)) {
      Gate wired = newGate();
      AtomicReference<@Nullable Future<String>> waiter = new AtomicReference<>();
      List<Future<String>> back = new ArrayList<>();
      waiter.set(
          pool.submit(
              () -> {
                wired.await();
                return Futures.wait(back, ReturnWhen.FIRST_COMPLETED).toString();
              }));
      for (int i = 0; i < 2; i++) {
        back.add(
            pool.submit(
                () -> {
                  wired.await();
                  return Nulls.present(waiter).result();
                }));
      }
      wired.open();
      assertThat(Nulls.present(waiter).exception()).isInstanceOf(DeadlockException.class);
      for (Future<String> each : back) {
        assertThat(rootOf(each.exception())).isInstanceOf(DeadlockException.class);
      }
    }
  }

  @Test
  default void asCompleted_whenOnlyThoseAreLeftThatWaitBack_isADeadlock() throws Exception {
    try (Executor pool = newExecutor(3); Gate release = newGate()) {
      Future<String> free = submitBlocked(pool, release);
      Tally got = newTally();
      RingOfTasks ring = new RingOfTasks(2);
      ring.submit(
          0,
          pool,
          other -> {
            Iter<Future<String>> completed = Futures.asCompleted(List.of(other, free));
            assertThat(completed.next()).isSameAs(free);
            got.hit();
            return completed.next().name();
          });
      ring.submit(1, pool, other -> other.result());
      ring.wire();
      Eventually.holds("both wait", () -> pool.stats().waiting() == 2);
      assertThat(ring.future(0).isRunning()).as("no deadlock while one may still come").isTrue();
      release.open();
      got.await(1);
      ring.expectDeadlock();
    }
  }

  @Test
  default void waitForFirstException_whenTheRestSucceeds_isADeadlock() throws Exception {
    try (Executor pool = newExecutor(3); Gate release = newGate()) {
      Future<String> free = submitBlocked(pool, release);
      RingOfTasks ring = new RingOfTasks(2);
      ring.submit(0, pool, other -> Futures.wait(List.of(other, free), ReturnWhen.FIRST_EXCEPTION).toString());
      ring.submit(1, pool, other -> other.result());
      ring.wire();
      Eventually.holds("both wait", () -> pool.stats().waiting() == 2);
      assertThat(ring.future(0).isRunning()).isTrue();
      release.open();
      ring.expectDeadlock();
    }
  }

  @Test
  default void taskOutsideTheCycle_failsWithItsCauseOnly() {
    try (Executor pool = newExecutor(3)) {
      RingOfTasks ring = new RingOfTasks(2);
      ring.submit(0, pool, other -> other.result());
      ring.submit(1, pool, other -> other.result());
      Future<String> outside = pool.submit(() -> ring.future(0).result());
      ring.wire();
      ring.expectDeadlock();
      assertThat(outside.exception()).isInstanceOf(TaskFailedException.class).hasCauseInstanceOf(DeadlockException.class);
    }
  }

  @Test
  default void deadlock_caught_letsTheTaskGoOn() {
    try (Executor pool = newExecutor(2)) {
      RingOfTasks ring = new RingOfTasks(2);
      for (int i = 0; i < 2; i++) {
        ring.submit(
            i,
            pool,
            other -> {
              try {
                return other.result();
              } catch (DeadlockException e) {
                return "without it";
              }
            });
      }
      ring.wire();
      assertThat(ring.future(0).result()).isEqualTo("without it");
      assertThat(ring.future(1).result()).isEqualTo("without it");
      assertThat(pool.submit(() -> "next").result()).isEqualTo("next");
    }
  }

  @Test
  default void close_byATaskOfItsOwn_isADeadlock() {
    try (Executor pool = newExecutor(1, PoolOptions.named("shop"))) {
      List<Runnable> ends = List.of(pool::close, () -> pool.shutdown(true, false), () -> pool.shutdown(true, true));
      for (Runnable end : ends) {
        Future<Object> future = pool.submit(() -> { end.run(); return ""; });
        assertThat(future.exception())
            .isInstanceOf(DeadlockException.class)
            .hasMessageContaining(future.name())
            .hasMessageContaining("'shop'")
            .hasMessageContaining("shutdown(false");
      }
      assertThat(pool.isShutdown()).as("a refused close changes nothing").isFalse();
      pool.submit(() -> pool.shutdown(false, false)).result();
      assertThat(pool.isShutdown()).isTrue();
    }
  }

  @Test
  default void close_byACallbackOnAWorker_isADeadlock() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
      Tally told = Tally.local();
      future.addDoneCallback(
          _ -> {
            Runnable close = pool::close;
            try {
              close.run();
            } catch (DeadlockException e) {
              thrown.set(e);
            }
            told.hit();
          });
      release.open();
      told.await(1);
      assertThat(thrown.get()).isInstanceOf(DeadlockException.class);
    }
  }

  @Test
  default void close_byATaskOfAnother_waits() {
    try (Executor pool = newExecutor(1)) {
      Executor other = newExecutor(1);
      Tally ran = newTally();
      other.submit(ran::hit);
      pool.submit(other::close).result();
      assertThat(ran.count()).isEqualTo(1);
      assertThat(other.isTerminated()).isTrue();
      assertThatThrownBy(() -> other.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
    }
  }

  private static @Nullable Throwable rootOf(@Nullable Throwable failure) {
    return failure instanceof TaskFailedException ? failure.getCause() : failure;
  }
}
