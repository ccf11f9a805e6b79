package dev.heddle.asyncio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The base of the event loop's suites; each runs once for each engine that bodies may run on. */
@org.junit.jupiter.api.Timeout(60)
abstract class LoopContract {
  static final Duration SECOND = Duration.ofSeconds(1);

  /** The problems that the loop has reported. */
  final List<LoopProblem> problems = new ArrayList<>();

  /** What the coroutines of a test have logged. */
  final List<String> log = new ArrayList<>();

  /** A coroutine on the engine under test. */
  abstract <T extends @Nullable Object> Async<T> async(AsyncBody<T> body);

  /** Bodies become state machines. */
  interface Compiled {
    static <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
      return Async.of(body);
    }
  }

  /** The awaiter is passed to other code, which only the fallback engine supports. */
  interface Fallback {
    static <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
      return Async.of(a -> body.run(a));
    }
  }

  final LoopOptions options() {
    return LoopOptions.defaults().withVirtualTime(true).withProblems(problems::add);
  }

  /** Runs a body in virtual time. */
  final <T extends @Nullable Object> T run(AsyncBody<T> body) {
    return EventLoop.run(options(), async(body));
  }

  /** Runs a compiled body without a result in virtual time. */
  final void run(AsyncAction body, AsyncAction... then) {
    EventLoop.run(options(), body, then);
  }

  /** Waits until tasks have ended, with any outcome. */
  @SafeVarargs
  static <T extends @Nullable Object> Awaitable<Waited<T>> ended(Task<T>... tasks) {
    List<Task<T>> all = new ArrayList<>();
    for (Task<T> each : tasks) { // not List.of(tasks), which might keep the array
      all.add(each);
    }
    return Asyncio.wait(all);
  }

  /** Waits until another thread has reached a point. */
  static Awaitable<@Nullable Void> reached(CountDownLatch point) {
    return Asyncio.toThread(() -> {
      point.await();
      return null;
    });
  }

  /** Whether a task holds a lock, as the lock says. */
  static boolean isHeldBy(Lock lock, Task<?> task) {
    return lock.toString().startsWith("<Lock held by task '" + task.name() + "'");
  }

  static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  /** A coroutine that sleeps, and then has a result. */
  final <T> Async<T> later(int seconds, T result) {
    return async(
        a -> {
          a.await(Asyncio.sleep(seconds(seconds)));
          return result;
        });
  }

  /** A coroutine that sleeps, and then fails. */
  final Async<String> failing(int seconds, String message) {
    return async(
        a -> {
          a.await(Asyncio.sleep(seconds(seconds)));
          throw new java.io.IOException(message);
        });
  }

  /** A coroutine that logs the end of its sleep. */
  final Async<String> sleeper(String name, int seconds) {
    return async(
        a -> {
          try {
            a.await(Asyncio.sleep(seconds(seconds)));
            log.add(name + " slept");
          } catch (Cancelled c) {
            log.add(name + " cancelled");
            throw c;
          }
          return name;
        });
  }
}
