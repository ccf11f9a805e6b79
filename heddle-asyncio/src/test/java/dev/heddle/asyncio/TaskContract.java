package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Coroutines and tasks. */
abstract class TaskContract extends LoopContract {
  @Test
  void await_coroutine_givesItsResult() {
    int sum = run(
        a -> {
          int one = a.await(later(1, 1));
          int two = a.await(later(1, 2));
          return one + two;
        });
    assertThat(sum).isEqualTo(3);
  }

  @Test
  void await_failure_isThrownUnchanged() {
    assertThatThrownBy(() -> run(a -> a.await(failing(1, "no network"))))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("no network");
  }

  @Test
  void await_noSuchElement_isNotMistakenForAnEnd() {
    assertThatThrownBy(
        () -> run(
            a -> a.await(
                async(
                    _ -> {
                      throw new NoSuchElementException("empty");
                    }))))
        .isExactlyInstanceOf(NoSuchElementException.class)
        .hasMessage("empty");
  }

  @Test
  void await_failureCaught_bodyGoesOn() {
    String result = run(
        a -> {
          try {
            return a.await(failing(1, "x"));
          } catch (IOException e) {
            return "caught " + e.getMessage() + a.await(later(1, "!"));
          }
        });
    assertThat(result).isEqualTo("caught x!");
  }

  @Test
  void sleep_virtualTime_addsUp() {
    long nanos = run(
        a -> {
          EventLoop loop = EventLoop.current();
          a.await(Asyncio.sleep(seconds(3600)));
          a.await(Asyncio.gather(later(5, "x"), later(7, "y")));
          return loop.nanoTime();
        });
    assertThat(nanos).isEqualTo(seconds(3607).toNanos());
  }

  @Test
  void createTask_runsBesideItsMaker() {
    run(
        a -> {
          Task<String> one = Asyncio.createTask("one", sleeper("one", 2));
          Task<String> two = Asyncio.createTask("two", sleeper("two", 1));
          log.add(one.isDone() + " " + one.name());
          a.await(one);
          assertThat(two.result()).isEqualTo("two");
          return null;
        });
    assertThat(log).containsExactly("false one", "two slept", "one slept");
  }

  @Test
  void await_taskTwice_givesTheSameResult() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(later(1, "x"));
          assertThat(a.await(task)).isSameAs(a.await(task));
          return null;
        });
  }

  @Test
  void await_coroutineTwice_isRefused() {
    run(
        a -> {
          Async<String> once = later(1, "x");
          a.await(once);
          assertThat(once.isTaken()).isTrue();
          try {
            a.await(once);
            log.add("not refused");
          } catch (LoopStateException e) {
            log.add("refused");
            assertThat(e).hasMessageContaining("a coroutine runs once").hasMessageContaining("createTask");
          }
          assertThatThrownBy(() -> Asyncio.createTask(once)).isInstanceOf(LoopStateException.class);
          return null;
        });
    assertThat(log).containsExactly("refused");
  }

  @Test
  @SuppressWarnings("NullAway") // the point of the test
  void await_null_isRefused() {
    assertThatThrownBy(() -> run(a -> a.await((Awaitable<String>) null)))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("what to await");
  }

  @Test
  void result_ofTaskThatHasNotEnded_isRefused() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(later(1, "x"));
          assertThatThrownBy(task::result).isInstanceOf(LoopStateException.class).hasMessageContaining("await");
          assertThatThrownBy(task::exception).isInstanceOf(LoopStateException.class);
          a.await(task);
          assertThat(task.exception()).isNull();
          assertThat(task.outcome()).isEqualTo(new Outcome.Success<>("x"));
          return null;
        });
  }

  @Test
  void await_itself_isADeadlock() {
    assertThatThrownBy(() -> run(a -> a.await(Asyncio.currentTask())))
        .isInstanceOf(LoopStateException.class)
        .hasMessageContaining("deadlock: task 'main' waits for itself");
  }

  @Test
  void await_circle_isADeadlock() {
    run(
        a -> {
          CompletableFuture<Task<String>> second = new CompletableFuture<>();
          Task<String> one = Asyncio.createTask("one", async(b -> b.await(b.await(second))));
          Task<String> two = Asyncio.createTask("two", async(b -> b.await(one)));
          second.complete(two);
          a.await(ended(one, two));
          assertThat(one.exception()).hasMessageContaining("deadlock");
          assertThat(two.exception()).isSameAs(one.exception());
          return null;
        });
  }

  @Test
  void contextVar_isInheritedAndThenOnesOwn() {
    ContextVar<String> user = ContextVar.of("user", "nobody");
    run(
        a -> {
          user.set("ada");
          Task<String> child = Asyncio.createTask(
              async(
                  b -> {
                    String before = user.get();
                    user.set("bob");
                    b.await(Asyncio.yieldNow());
                    return before + " " + user.get();
                  }));
          assertThat(a.await(child)).isEqualTo("ada bob");
          assertThat(user.get()).isEqualTo("ada");
          assertThat(a.await(Asyncio.toThread(user::get))).isEqualTo("ada");
          return null;
        });
    assertThat(user.get()).isEqualTo("nobody");
  }

  @Test
  void doneCallback_comesSoonAndOnTheLoop() {
    run(
        a -> {
          Task<String> task = Asyncio.createTask(later(1, "x"));
          task.addDoneCallback(done -> log.add("done " + done.result()));
          a.await(task);
          a.await(Asyncio.yieldNow());
          task.addDoneCallback(done -> log.add("late " + done.result()));
          log.add("soon");
          a.await(Asyncio.yieldNow());
          return null;
        });
    assertThat(log).containsExactly("done x", "soon", "late x");
  }
}
