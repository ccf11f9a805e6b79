package dev.heddle.asyncio;

import dev.heddle.asyncio.run.RunningLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A loop that runs many coroutines on one thread, each until it waits.
 *
 * <pre>{@code
 * String page = EventLoop.run(a -> {
 *   var pages = a.await(Asyncio.gather(fetch(u1), fetch(u2)));
 *   return String.join("\n", pages);
 * });
 * }</pre>
 *
 * <p>Use it for code that shares state without locks, for very many small tasks that wait, for cancellation with scopes, and
 * for tests that repeat exactly. It runs nothing in parallel: work that computes or blocks belongs on an executor ({@link
 * Asyncio#runInExecutor}) or another thread ({@link Asyncio#toThread}). For a program that mostly waits for blocking I/O,
 * virtual threads are as good.
 *
 * <p>One turn of the loop moves the timers that are due to the ready tasks, and then runs the tasks that are ready at that
 * moment; what becomes ready meanwhile runs in the next turn.
 *
 * <p>Confined to the thread that called {@link #run}, unless a method says otherwise. Waits for Heddle futures ({@code
 * Future.result} and the like) refuse to block that thread. Interrupting it cancels the main coroutine; interrupting it
 * again ends the run at once.
 *
 * <p>Origin: {@code asyncio.run} and {@code asyncio}'s event loop.
 */
public sealed interface EventLoop permits RunningLoop {

  /**
   * Runs a coroutine on a new loop on the calling thread, and returns its result.
   *
   * <p>What it throws is thrown here unchanged, also a checked exception. Tasks that are still alive at its end are
   * cancelled, waited for, and reported to {@link LoopOptions#problems}.
   *
   * @throws LoopStateException if the calling thread is running a loop already, or if cancelled tasks do not end in time
   * @throws LoopDeadlockException in virtual time, if every task waits and nothing can wake any of them
   * @throws LoopInterruptedException if the calling thread is interrupted
   * @throws java.util.concurrent.CancellationException if the main task was cancelled
   */
  static <T extends @Nullable Object> T run(AsyncBody<T> main) {
    return RunningLoop.run(LoopOptions.defaults(), Async.of(main));
  }

  /** Runs a coroutine with options; see {@link #run(AsyncBody)}. */
  static <T extends @Nullable Object> T run(LoopOptions options, AsyncBody<T> main) {
    return RunningLoop.run(options, Async.of(main));
  }

  /**
   * Runs a coroutine without a result; see {@link #run(AsyncBody)}.
   *
   * @param then further ones, each run when the one before it has ended
   */
  static void run(AsyncAction main, AsyncAction... then) {
    RunningLoop.run(LoopOptions.defaults(), Async.of(main, then));
  }

  /** Runs a coroutine without a result, with options; see {@link #run(AsyncAction, AsyncAction...)}. */
  static void run(LoopOptions options, AsyncAction main, AsyncAction... then) {
    RunningLoop.run(options, Async.of(main, then));
  }

  /** Runs a coroutine that was made already; see {@link #run(AsyncBody)}. */
  static <T extends @Nullable Object> T run(Async<T> main) {
    return RunningLoop.run(LoopOptions.defaults(), main);
  }

  /** Runs a coroutine that was made already, with options; see {@link #run(AsyncBody)}. */
  static <T extends @Nullable Object> T run(LoopOptions options, Async<T> main) {
    return RunningLoop.run(options, main);
  }

  /**
   * Returns the loop that the calling thread runs.
   *
   * @throws LoopStateException if it runs none
   */
  static EventLoop current() {
    return RunningLoop.current();
  }

  /** Returns the task that runs now; null inside a callback and between two tasks. */
  @Nullable
  Task<?> currentTask();

  /** Returns all tasks that have not ended, the oldest first. */
  List<Task<?>> tasks();

  /** Describes what each task is doing, at which line it waits, and for which others, as a text tree. */
  String dumpTasks();

  /** Returns the loop's time in nanoseconds since an arbitrary moment; in virtual time, since its start. */
  long nanoTime();

  /**
   * Makes a coroutine a task, which begins at the loop's next turn.
   *
   * @throws LoopStateException if the coroutine was awaited or made a task before, or the loop is closed
   */
  <T extends @Nullable Object> Task<T> createTask(Async<T> coroutine);

  /** Makes a coroutine a task with a name; see {@link #createTask(Async)}. */
  <T extends @Nullable Object> Task<T> createTask(String name, Async<T> coroutine);

  /**
   * Runs a callback on the loop's thread, soon. Any thread may call this; callbacks of one thread run in the order of the
   * calls. What a thread did before the call happens-before the callback. The callback sees the {@link ContextVar} values
   * and the {@link LoopOptions#context} of its registrant.
   *
   * <p>A callback that throws is reported to {@link LoopOptions#problems}. Origin: {@code call_soon_threadsafe}.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the run has ended
   */
  void callSoon(Runnable callback);

  /**
   * Runs a callback on the loop's thread after some time.
   *
   * @param delay zero or more; zero is the loop's next turn
   * @throws IllegalArgumentException if the delay is negative
   * @throws LoopStateException if the loop has ended
   */
  TimerHandle callLater(Duration delay, Runnable callback);

  /**
   * Runs a callback on the loop's thread at a time by the loop's clock; see {@link #callLater}.
   *
   * @param nanoTime in the unit of {@link #nanoTime()}; a time that has passed is the loop's next turn; the least value
   *     counts as passed, and the greatest as never
   * @throws LoopStateException if the loop has ended
   */
  TimerHandle callAt(long nanoTime, Runnable callback);

  /**
   * Makes a coroutine a task of this loop, from any thread, and returns a future of its result. Does not block.
   *
   * <p>Cancelling the future, or completing it in another way such as {@code orTimeout}, cancels the task; the future is
   * done at once then, the task when its clean-up has run. If the run ends first, the future is cancelled. If a context
   * carrier fails, so does the future. A loop of a {@link Runner} takes the coroutine up in the next run; without one the
   * future stays open until the runner is closed. Waiting for the future on the loop's own thread would block the loop.
   * Origin: {@code run_coroutine_threadsafe}.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the run has ended; the coroutine is closed then
   */
  <T extends @Nullable Object> CompletableFuture<T> submit(Async<T> coroutine);

  /**
   * Runs a callback on the loop's thread each time that the process receives a signal, until the handle is closed or the
   * loop ends; then the signal has its former effect again. SIGINT and SIGTERM do not cancel the main coroutine meanwhile.
   *
   * <p>The callback has the context of its registrant, as one of {@link #callSoon}. Origin: {@code add_signal_handler}.
   *
   * @param signal its name, with or without SIG: {@code "HUP"}
   * @throws LoopStateException if the signal cannot be handled (there is none of this name, the system or the JVM keeps
   *     it, it is ignored, or the program or this loop handles it already), or in virtual time
   */
  SignalHandle onSignal(String signal, Runnable callback);

  /** The handling of a signal; closing it, on the loop's thread, ends that. */
  @FunctionalInterface
  interface SignalHandle extends AutoCloseable {
    @Override
    void close();
  }

  /** A callback that will run later. */
  @FunctionalInterface
  interface TimerHandle {

    /** Cancels the callback if it has not run. */
    void cancel();
  }
}
