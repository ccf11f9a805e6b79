package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Groups that are cancelled, that limit their tasks, and whose tasks say when they have started. */
class GroupControlTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  // ---- cancel ----

  @Test
  void cancel_endsBodyAndTasks_andIsNoFailure() {
    run(a -> {
      TaskGroup group = TaskGroup.create();
      String result = a.await(group.run(b -> {
        group.createTask(sleeper("task", 9));
        group.createTask(Async.action(c -> {
          c.await(Asyncio.sleep(SECOND));
          group.cancel();
          group.cancel();
        }));
        b.await(sleeper("body", 9));
        return "result";
      }));
      assertThat(result).isNull();
      assertThat(Asyncio.currentTask().cancelling()).isZero();
      a.await(Asyncio.yieldNow()); // no request is left
      assertThat(EventLoop.current().nanoTime()).isEqualTo(SECOND.toNanos());
      group.cancel(); // has ended
    });
    assertThat(log).containsExactlyInAnyOrder("task cancelled", "body cancelled");
    assertThat(problems).isEmpty();
  }

  @Test
  void cancel_byTheBody_keepsItsResult() {
    run(a -> {
      TaskGroup group = TaskGroup.create();
      assertThatThrownBy(group::cancel).isInstanceOf(LoopStateException.class).hasMessageContaining("has not begun");
      String result = a.await(group.run(b -> {
        group.createTask(sleeper("task", 9));
        b.await(Asyncio.sleep(SECOND));
        group.cancel();
        assertThatThrownBy(() -> group.createTask(later(1, ""))).isInstanceOf(LoopStateException.class);
        return "found";
      }));
      assertThat(result).isEqualTo("found");
      a.await(Asyncio.yieldNow());
    });
    assertThat(log).containsExactly("task cancelled");
  }

  @Test
  void cancel_whileTheBodyHasEnded_endsTheTasks() {
    run(a -> {
      TaskGroup group = TaskGroup.create();
      EventLoop.current().callLater(SECOND, group::cancel);
      String result = a.await(group.run(_ -> {
        group.createTask(sleeper("task", 9));
        return "body's";
      }));
      assertThat(result).isEqualTo("body's");
    });
    assertThat(log).containsExactly("task cancelled");
  }

  @Test
  void cancel_thenATaskFailsInItsCleanUp_isAFailure() {
    run(a -> {
      TaskGroup group = TaskGroup.create();
      assertThatThrownBy(() -> a.await(group.run(b -> {
        group.createTask(Async.action(c -> {
          try {
            c.await(Asyncio.sleep(seconds(9)));
          } catch (Cancelled _) {
            throw new IOException("clean-up");
          }
        }));
        b.await(Asyncio.yieldNow());
        group.cancel();
      }))).isInstanceOf(TaskGroupException.class).hasMessageContaining("clean-up");
    });
  }

  @Test
  void cancel_together_withACancellationFromOutside_staysOne() {
    run(a -> {
      TaskGroup group = TaskGroup.create();
      Task<?> outer = Asyncio.createTask(group.run(b -> b.await(sleeper("body", 9))));
      a.await(Asyncio.yieldNow());
      group.cancel();
      outer.cancel();
      a.await(Asyncio.wait(java.util.List.of(outer)));
      assertThat(outer.isCancelled()).isTrue();
    });
  }

  // ---- limit ----

  @Test
  void limit_tasksBeginInTurn() {
    run(a -> {
      TaskGroup group = TaskGroup.create(2);
      int[] most = {0, 0};
      a.await(group.run(_ -> {
        for (int i = 0; i < 6; i++) {
          int number = i;
          group.createTask(Async.action(c -> {
            most[0] = Math.max(most[0], ++most[1]);
            log.add("task " + number);
            c.await(Asyncio.sleep(SECOND));
            most[1]--;
          }));
        }
      }));
      assertThat(most[0]).isEqualTo(2);
      assertThat(EventLoop.current().nanoTime()).isEqualTo(seconds(3).toNanos());
    });
    assertThat(log).containsExactly("task 0", "task 1", "task 2", "task 3", "task 4", "task 5");
  }

  @Test
  void limit_aFailureFreesThePlace_andThoseThatWaitDoNotBegin() {
    run(a -> {
      TaskGroup group = TaskGroup.create(1);
      Async<String> waiting = sleeper("waiting", 1);
      assertThatThrownBy(() -> a.await(group.run(_ -> {
        group.createTask(failing(1, "lost"));
        group.createTask(waiting);
      }))).isInstanceOf(TaskGroupException.class);
      assertThat(waiting.isTaken()).isTrue();
      assertThatThrownBy(() -> TaskGroup.create(0)).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("limit");
    });
    assertThat(log).isEmpty();
  }

  // ---- start ----

  private Async<Integer> serving(TaskStatus<Integer> status) {
    return Async.of(a -> {
      a.await(Asyncio.sleep(SECOND));
      status.started(8080);
      try {
        a.await(Asyncio.sleep(seconds(100)));
      } catch (Cancelled c) {
        log.add("server cancelled");
        throw c;
      }
      return 0;
    });
  }

  @Test
  void start_waitsUntilTheTaskHasStarted_whichThenIsOfTheGroup() {
    run(a -> {
      TaskGroup group = TaskGroup.create();
      a.await(group.run(b -> {
        int port = b.await(group.<Integer>start(this::serving));
        log.add("at " + port + " after " + EventLoop.current().nanoTime() / SECOND.toNanos());
        group.cancel();
      }));
    });
    assertThat(log).containsExactly("at 8080 after 1", "server cancelled");
  }

  @Test
  void start_failureBeforeTheStart_isThrownThere_andTheGroupGoesOn() {
    run(a -> {
      TaskGroup group = TaskGroup.create();
      a.await(group.run(b -> {
        Task<String> other = group.createTask(sleeper("other", 5));
        assertThatThrownBy(() -> b.await(group.start(_ -> failing(1, "port in use"))))
            .isInstanceOf(IOException.class)
            .hasMessage("port in use");
        assertThatThrownBy(() -> b.await(group.start(_ -> later(1, "ended"))))
            .isInstanceOf(LoopStateException.class)
            .hasMessageContaining("status.started");
        assertThatThrownBy(() -> b.await(group.start(_ -> Async.action(c -> {
          Asyncio.currentTask().cancel();
          c.await(Asyncio.yieldNow());
        })))).isInstanceOf(CancellationException.class);
        b.await(other);
      }));
    });
    assertThat(log).containsExactly("other slept");
    assertThat(problems).isEmpty();
  }

  @Test
  void start_failureAfterTheStart_isTheGroups() {
    run(a -> {
      TaskGroup group = TaskGroup.create();
      assertThatThrownBy(() -> a.await(group.run(b -> {
        b.await(group.<String>start(status -> Async.action(c -> {
          status.started("up");
          assertThatThrownBy(() -> status.started("again")).isInstanceOf(LoopStateException.class);
          c.await(failing(1, "crashed"));
        })));
        b.await(sleeper("body", 9));
      }))).isInstanceOf(TaskGroupException.class).hasMessageContaining("crashed");
    });
    assertThat(log).containsExactly("body cancelled");
  }

  @Test
  void start_thatIsCancelled_cancelsTheTask_andWaitsForItsEnd() {
    run(a -> {
      TaskGroup group = TaskGroup.create();
      a.await(group.run(b -> {
        assertThatThrownBy(() -> b.await(Asyncio.timeout(SECOND, group.<String>start(_ -> Async.action(c -> {
          try {
            c.await(Asyncio.sleep(seconds(9)));
          } finally {
            c.await(Asyncio.sleep(seconds(2)));
            log.add("cleaned up at " + EventLoop.current().nanoTime() / SECOND.toNanos());
          }
        }))))).isInstanceOf(AsyncTimeoutException.class);
        log.add("late");
      }));
    });
    assertThat(log).containsExactly("cleaned up at 3", "late");
  }

  @Test
  void start_thatIsCancelled_butStartsNevertheless_isATaskOfTheGroup() {
    run(a -> {
      TaskGroup group = TaskGroup.create();
      assertThatThrownBy(() -> a.await(group.run(b -> {
        assertThatThrownBy(() -> b.await(Asyncio.timeout(SECOND, group.<String>start(status -> Async.action(c -> {
          try {
            c.await(Asyncio.sleep(seconds(9)));
          } catch (Cancelled _) {
            status.started("nevertheless");
          }
          c.await(failing(9, "crashed"));
        }))))).isInstanceOf(AsyncTimeoutException.class);
        log.add("late at " + EventLoop.current().nanoTime() / SECOND.toNanos());
      }))).isInstanceOf(TaskGroupException.class).hasMessageContaining("crashed");
    });
    assertThat(log).containsExactly("late at 1");
  }

  @Test
  void coroutineThatWasUsed_isRefusedByTheCall_alsoWithALimit() {
    run(a -> {
      TaskGroup group = TaskGroup.create(1);
      a.await(group.run(b -> {
        Async<String> once = Async.of(_ -> "once");
        b.await(once);
        assertThatThrownBy(() -> group.createTask(once)).isInstanceOf(LoopStateException.class)
            .hasMessageContaining("already awaited");
      }));
    });
    assertThat(problems).isEmpty();
  }
}
