package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A failure that is never observed is reported while the run goes on, and its task is not kept. */
@org.junit.jupiter.api.Timeout(60)
class UnobservedFailureTest {
  private final List<LoopProblem> problems = new CopyOnWriteArrayList<>();

  private static Async<@Nullable Void> failing(String message) {
    return Async.action(
        a -> {
          throw new IllegalStateException(message);
        });
  }

  private LoopOptions options() {
    return LoopOptions.defaults().withProblems(problems::add);
  }

  @Test
  void unreachableTask_isReportedDuringTheRun() {
    EventLoop.run(
        options(),
        a -> {
          WeakReference<Task<@Nullable Void>> task = new WeakReference<>(Asyncio.createTask("refresh", failing("stale")));
          while (problems.isEmpty()) {
            System.gc();
            a.await(Asyncio.sleep(Duration.ofMillis(10)));
          }
          assertThat(task.get()).isNull();
          return null;
        });
    assertThat(problems).hasSize(1).first().satisfies(
        problem -> {
          assertThat(problem.kind()).isEqualTo(LoopProblem.Kind.UNOBSERVED_FAILURE);
          assertThat(problem.message()).contains("task 'refresh'", "stale");
        });
  }

  @Test
  void reachableTask_isReportedWithinSecondsInDebugMode() {
    EventLoop.run(
        options().withDebug(true),
        a -> {
          Task<@Nullable Void> task = Asyncio.createTask("refresh", failing("stale"));
          while (problems.isEmpty()) {
            a.await(Asyncio.sleep(Duration.ofMillis(100)));
          }
          return task.isFailed();
        });
    assertThat(problems).hasSize(1);
  }

  @Test
  void taskObservedLater_isNotReported() {
    EventLoop.run(
        options(),
        a -> {
          Task<@Nullable Void> task = Asyncio.createTask(failing("stale"));
          a.await(Asyncio.sleep(Duration.ofMillis(1)));
          return task.exception();
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void moreFailuresThanTheCap_reportTheOldestAtOnceThoughAllTasksAreReachable() {
    int cap = 1_000;
    EventLoop.run(
        options(),
        a -> {
          List<Task<@Nullable Void>> tasks = new ArrayList<>();
          for (int i = 1; i <= cap; i++) {
            tasks.add(Asyncio.createTask("task " + i, failing("no. " + i)));
          }
          awaitEndOf(a, tasks);
          assertThat(problems).isEmpty();

          tasks.add(Asyncio.createTask("one too many", failing("no. 1001")));
          awaitEndOf(a, tasks);
          assertThat(problems).extracting(LoopProblem::message).singleElement().asString().contains("'task 1'", "no. 1,");

          tasks.forEach(Task::exception); // which also keeps them reachable until here
          return null;
        });
    assertThat(problems).hasSize(1);
  }

  /** Awaits the end of tasks without a look at their outcome. */
  private static void awaitEndOf(Awaiter a, List<Task<@Nullable Void>> tasks) throws Exception {
    while (!tasks.stream().allMatch(Task::isDone)) {
      a.await(Asyncio.sleep(Duration.ZERO));
    }
  }
}
