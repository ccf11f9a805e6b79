package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.ReturnWhen;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The differences from Python's asyncio that docs/from-asyncio.md calls surprising. */
@org.junit.jupiter.api.Timeout(60)
class AsyncioDifferencesTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  @Test
  void cancelledAfterItsLastAwait_theResultCounts() {
    run(
        a -> {
          Task<Integer> task = Asyncio.createTask(
              async(
                  b -> {
                    b.await(Asyncio.yieldNow());
                    Asyncio.currentTask().cancel();
                    return 42;
                  }));
          assertThat(a.await(task)).isEqualTo(42);
          assertThat(task.isCancelled()).isFalse();
          return null;
        });
  }

  @Test
  void wait_aTaskThatEndsLaterInTheSameTurn_isNotDone() {
    run(
        a -> {
          List<Task<Integer>> tasks = new ArrayList<>();
          for (int i = 0; i < 2; i++) {
            int result = i;
            tasks.add(
                Asyncio.createTask(
                    async(
                        b -> {
                          b.await(Asyncio.yieldNow());
                          return result;
                        })));
          }
          Waited<Integer> ended = a.await(Asyncio.wait(tasks, ReturnWhen.FIRST_COMPLETED));
          assertThat(ended.done()).containsExactly(tasks.getFirst());
          assertThat(ended.notDone()).containsExactly(tasks.get(1));
          assertThat(tasks.get(1).isDone()).isTrue();
          return null;
        });
  }

  @Test
  void barrier_resetWhileItsTasksAreLeaving_theyHavePassed() {
    run(
        a -> {
          Barrier barrier = new Barrier(2);
          Task<Integer> first = Asyncio.createTask(async(b -> b.await(barrier.await())));
          a.await(Asyncio.yieldNow());
          assertThat(a.await(barrier.await())).isEqualTo(1);
          assertThat(first.isDone()).isFalse();
          barrier.reset();
          assertThat(a.await(first)).isZero();
          return null;
        });
  }
}
