package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.asyncio.diagnostics.WaitCycleDetector;
import dev.heddle.asyncio.task.TaskHost;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tasks that wait for each other in a cycle get an exception soon, in real time too, and although other tasks go on. */
class DeadlockDetectionTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  /** Runs in real time beside a task that never ends, so that nothing but the look for cycles could end the test. */
  private <T extends @Nullable Object> T runReal(AsyncBody<T> body) {
    return EventLoop.run(
        LoopOptions.defaults().withProblems(problems::add),
        Async.of(
            a -> {
              Task<String> other = Asyncio.createTask("other", sleeper("other", 3600));
              T result = a.await(Async.of(body));
              other.cancel();
              a.await(ended(other));
              return result;
            }));
  }

  @Test
  void gatheredTaskAwaitsTheOneThatGathersIt_isADeadlock() {
    List<Task<Object>> box = new ArrayList<>();
    runReal(
        a -> {
          Task<Object> two = Asyncio.createTask("two", async(b -> b.await(box.getFirst())));
          Task<Object> one = Asyncio.createTask("one", async(b -> b.await(Asyncio.<Object>gather(two, later(3600, 1)))));
          box.add(one);
          a.await(ended(one, two));
          assertThat(two.exception())
              .isInstanceOf(LoopStateException.class)
              .hasMessage(
                  "deadlock: task 'two' waits for task 'one', which waits for it; none of them could ever end");
          assertThat(one.exception()).as("a gather fails with the first failure").isSameAs(two.exception());
          return null;
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void twoGatherEachOther_oneLearnsIt_andBothEnd() {
    List<Task<Object>> box = new ArrayList<>();
    runReal(
        a -> {
          Task<Object> one = Asyncio.createTask("one", async(b -> {
            b.await(Asyncio.yieldNow());
            return b.await(Asyncio.<Object>gather(box.getFirst()));
          }));
          Task<Object> two = Asyncio.createTask("two", async(b -> b.await(Asyncio.<Object>gather(one))));
          box.add(two);
          a.await(ended(one, two));
          assertThat(List.of(one, two))
              .allMatch(task -> task.isCancelled() || task.exception() instanceof LoopStateException)
              .anyMatch(Task::isFailed);
          return null;
        });
  }

  /** Two tasks of which each waits, shielded, for the other one. */
  private List<Task<Object>> shieldingEachOther() {
    List<Task<Object>> box = new ArrayList<>();
    Task<Object> two = Asyncio.createTask("two", async(b -> {
      b.await(Asyncio.yieldNow());
      return b.await(Asyncio.shield(box.getFirst()));
    }));
    box.add(Asyncio.createTask("one", async(b -> b.await(Asyncio.shield(two)))));
    return List.of(box.getFirst(), two);
  }

  @Test
  void shieldOfATaskThatWaitsForTheWaiter_isADeadlock() {
    runReal(
        a -> {
          List<Task<Object>> both = shieldingEachOther();
          Task<Object> one = both.getFirst();
          Task<Object> two = both.getLast();
          a.await(ended(one, two));
          assertThat(one.exception()).isInstanceOf(LoopStateException.class);
          assertThat(two.exception()).isSameAs(one.exception());
          return null;
        });
  }

  @Test
  void taskOfAGroupAwaitsTheGroupsTask_theGroupFails() {
    runReal(
        a -> {
          Task<@Nullable Object> parent = Asyncio.createTask("parent", async(b -> {
            TaskGroup group = TaskGroup.create();
            Task<?> self = Asyncio.currentTask();
            return b.await(group.<@Nullable Object>run(c -> {
              group.createTask("child", async(d -> d.await(self)));
              return null;
            }));
          }));
          a.await(ended(parent));
          assertThat(parent.exception()).isInstanceOf(TaskGroupException.class)
              .hasMessageContaining("deadlock: task 'child' waits for task 'parent'");
          return null;
        });
  }

  @Test
  void taskOfAGroupShieldsTheGroupsTask_onlyItLearnsIt() {
    groupWhoseChildNeedsIt(parent -> Asyncio.<@Nullable Object>shield(parent));
  }

  @Test
  void taskOfAGroupGathersTheGroupsTask_onlyItLearnsIt() {
    groupWhoseChildNeedsIt(parent -> Asyncio.<@Nullable Object>gather(parent));
  }

  /** The group closes the cycle: its body goes on when the child waits already. */
  private void groupWhoseChildNeedsIt(Function<Task<@Nullable Object>, Awaitable<?>> wait) {
    runReal(
        a -> {
          List<Task<@Nullable Object>> box = new ArrayList<>();
          Task<@Nullable Object> parent = Asyncio.createTask("parent", async(b -> {
            TaskGroup group = TaskGroup.create();
            return b.await(group.<@Nullable Object>run(c -> {
              group.createTask("child", async(d -> d.await(wait.apply(box.getFirst()))));
              c.await(Asyncio.yieldNow());
              c.await(Asyncio.yieldNow());
              return null;
            }));
          }));
          box.add(parent);
          a.await(ended(parent));
          assertThat(parent.exception()).isInstanceOf(TaskGroupException.class)
              .hasMessageContaining("deadlock: task 'child' waits for task 'parent'");
          return null;
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void twoCyclesThatOneGatherCloses_areBothBroken() {
    twoCycles((x, y) -> Asyncio.<Object>gather(x, y));
  }

  @Test
  void twoCyclesThatOneGatherOfOutcomesCloses_areBothBroken() {
    twoCycles((x, y) -> Asyncio.<Object>gatherOutcomes(List.of(x, y)));
  }

  private void twoCycles(BiFunction<Task<Object>, Task<Object>, Awaitable<?>> both) {
    runReal(
        a -> {
          List<Task<Object>> box = new ArrayList<>();
          Task<Object> one = Asyncio.createTask("one", async(b -> {
            b.await(Asyncio.yieldNow());
            b.await(Asyncio.yieldNow());
            b.await(both.apply(box.getFirst(), box.getLast()));
            return "done";
          }));
          box.add(Asyncio.createTask("x", async(b -> b.await(one))));
          box.add(Asyncio.createTask("y", async(b -> b.await(one))));
          a.await(ended(one, box.getFirst(), box.getLast()));
          assertThat(box).allMatch(task -> task.isCancelled() || task.exception() instanceof LoopStateException)
              .anyMatch(Task::isFailed);
          assertThat(one.exception()).satisfiesAnyOf(
              none -> assertThat(none).isNull(), error -> assertThat(error).isInstanceOf(LoopStateException.class));
          return null;
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void cycleInALoopThatIsNeverIdle_isFound() {
    runReal(
        a -> {
          Task<Object> one = shieldingEachOther().getFirst();
          int turns = 0;
          while (!one.isDone() && turns < 10_000) {
            a.await(Asyncio.yieldNow());
            turns++;
          }
          assertThat(one.exception()).isInstanceOf(LoopStateException.class);
          return null;
        });
  }

  @Test
  void queueOfTasksOfWhichEachAwaitsTheLast_isNotWalkedForEachNewcomer() {
    runReal(
        a -> {
          Event go = new Event();
          Task<Object> last = Asyncio.createTask(async(b -> {
            b.await(go.await());
            return 1;
          }));
          a.await(Asyncio.yieldNow());
          WaitCycleDetector detector = TaskHost.require().deadlocks();
          for (int i = 0; i < 200; i++) {
            Task<Object> before = last;
            last = Asyncio.createTask(async(b -> b.await(before)));
            a.await(Asyncio.yieldNow());
            assertThat(detector.suspected()).as("suspects, %d in the queue", i).isZero();
          }
          go.set();
          return a.await(last);
        });
  }

  @Test
  void taskThatGathersOrShieldsItself_isADeadlock() {
    runReal(
        a -> {
          Task<Object> one = Asyncio.createTask("one", async(b -> b.await(Asyncio.<Object>gather(Asyncio.currentTask()))));
          Task<Object> two = Asyncio.createTask("two", async(b -> b.await(Asyncio.shield(Asyncio.currentTask()))));
          a.await(ended(one, two));
          assertThat(List.of(one, two)).allMatch(Task::isDone).noneMatch(task -> task.outcome() instanceof Outcome.Success);
          return null;
        });
  }

  @Test
  void longCycle_isFoundWithoutOverflow() {
    int tasks = 20_000;
    runReal(
        a -> {
          List<Task<Object>> chain = new ArrayList<>();
          for (int i = 0; i < tasks; i++) {
            int next = (i + 1) % tasks;
            chain.add(Asyncio.createTask(async(b -> b.await(chain.get(next)))));
          }
          a.await(Asyncio.wait(chain));
          assertThat(chain).allMatch(task -> task.exception() instanceof LoopStateException);
          return null;
        });
  }

  @Test
  void waitsThatMeetInOneTask_areNoCycle() {
    Object got = runReal(
        a -> {
          Task<Integer> base = Asyncio.createTask(async(b -> {
            b.await(Asyncio.sleep(java.time.Duration.ofMillis(2)));
            return 1;
          }));
          Task<Integer> left = Asyncio.createTask(async(b -> b.await(Asyncio.gather(base)).getFirst()));
          Task<Integer> right = Asyncio.createTask(async(b -> b.await(Asyncio.gather(base, left)).getLast()));
          return a.await(Asyncio.gather(left, right, base));
        });
    assertThat(got).isEqualTo(List.of(1, 1, 1));
  }

  @Test
  void cycleThatAnotherThreadCloses_isFound() {
    CountDownLatch waiting = new CountDownLatch(1);
    assertThatThrownBy(
        () -> EventLoop.run(
            a -> {
              Event go = new Event();
              EventLoop loop = EventLoop.current();
              Task<?> main = Asyncio.currentTask();
              Thread.ofVirtual().start(() -> {
                try {
                  waiting.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                loop.callSoon(go::set);
              });
              loop.callSoon(waiting::countDown);
              return a.await(Asyncio.gather(async(b -> {
                b.await(go.await());
                return b.await(main);
              })));
            }))
        .isInstanceOf(LoopStateException.class)
        .hasMessageContaining("'main'");
  }
}
