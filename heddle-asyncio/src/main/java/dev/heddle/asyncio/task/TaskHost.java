package dev.heddle.asyncio.task;

import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.diagnostics.CoroutineSites;
import dev.heddle.asyncio.diagnostics.OpenStreams;
import dev.heddle.asyncio.diagnostics.WaitCycleDetector;
import dev.heddle.asyncio.loop.Scheduler;
import dev.heddle.iter.Suspender;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The services that tasks and operations need of the loop that runs them. Confined to the loop's thread, except for {@link
 * #current}.
 */
public interface TaskHost {

  /** The host whose code the calling thread runs; null if it runs none. */
  static @Nullable TaskHost current() {
    return CurrentHost.HOST.get();
  }

  /**
   * The host whose code the calling thread runs.
   *
   * @throws LoopStateException if it runs none
   */
  static TaskHost require() {
    TaskHost host = CurrentHost.HOST.get();
    if (host == null) {
      throw new LoopStateException(
          "no event loop runs on thread '" + Thread.currentThread().getName() + "'; call this from a coroutine, inside"
              + " EventLoop.run(a -> …)");
    }
    return host;
  }

  /** Runs the tasks' steps, and has the timers, the poller and the inbox. */
  Scheduler scheduler();

  /** Makes a task of a coroutine; see {@link EventLoop#createTask}. */
  <T extends @Nullable Object> LoopTask<T> newTask(CoroutineFrame<T> frame, @Nullable String name);

  /** The task that runs now; null inside a callback and between two tasks. */
  @Nullable
  LoopTask<?> currentTask();

  /** The tasks that have not ended. */
  TaskRegistry registry();

  /** Finds tasks that wait for each other. */
  WaitCycleDetector deadlocks();

  /** Passes cancellation on between tasks. */
  CancelRelay cancelRelay();

  /** The coroutines that were made and not taken; null unless in debug mode. */
  @Nullable
  CoroutineSites sites();

  /** The connections that were not closed yet; null unless in debug mode. */
  @Nullable
  OpenStreams openStreams();

  /** Makes awaiters for bodies on the fallback engine, on the thread on which the body runs. */
  Function<Suspender, SuspendingAwaiter> awaiters();

  /** Makes the calling thread, which takes turns with the loop's thread, count as the loop's. */
  void adopt();

  /** Takes note of the end of a task. */
  void ended(LoopTask<?> task);

  /** Checks that something is used on the loop that it belongs to. */
  default void checkOwn(TaskHost owner, String what) {
    if (owner != this) {
      throw new LoopStateException(
          what + " belongs to another event loop; await it there, or its toCompletableFuture() here");
    }
  }
}
