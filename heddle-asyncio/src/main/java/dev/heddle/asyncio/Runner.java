package dev.heddle.asyncio;

import dev.heddle.asyncio.run.LoopRunner;
import org.jspecify.annotations.Nullable;

/**
 * An event loop for several runs, one after the other: what one run leaves, such as tasks, connections and timers, is there
 * in the next.
 *
 * <pre>{@code
 * try (Runner runner = Runner.create()) {
 *   Service service = runner.run(Service.open());
 *   runner.run(service.answer("first"));
 *   runner.run(service.answer("second"));
 * }   // tasks that are left are cancelled, and their ends awaited
 * }</pre>
 *
 * <p>Tasks advance only during a run. Each run is as {@link EventLoop#run(AsyncBody)}, with its signals and interrupts,
 * except that tasks which are alive at its end are neither cancelled nor reported; {@link #close} does that, and a signal
 * meanwhile lets it end. Between runs signals have their usual effect. After a signal in a run the process exits within
 * seconds, unless {@code close} is under way: close the runner then, and begin no further run.
 *
 * <p>Confined to the thread that makes it; {@link #loop} may be given to other threads, as its methods say. Runs and {@code
 * close} block. Origin: {@code asyncio.Runner}.
 */
public sealed interface Runner extends AutoCloseable permits LoopRunner {

  /** Returns a runner with the default options; its loop belongs to the calling thread. */
  static Runner create() {
    return create(LoopOptions.defaults());
  }

  /** Returns a runner; its loop belongs to the calling thread. */
  static Runner create(LoopOptions options) {
    return new LoopRunner(options);
  }

  /**
   * Runs a coroutine until it has ended, and returns its result.
   *
   * @throws LoopStateException if the runner is closed or running, belongs to another thread, or the thread runs a loop
   *     already
   */
  default <T extends @Nullable Object> T run(AsyncBody<T> main) {
    return run(Async.of(main));
  }

  /**
   * Runs a coroutine without a result; see {@link #run(AsyncBody)}.
   *
   * @param then further ones, each run when the one before it has ended
   */
  default void run(AsyncAction main, AsyncAction... then) {
    run(Async.of(main, then));
  }

  /** Runs a coroutine that was made already; see {@link #run(AsyncBody)}. */
  <T extends @Nullable Object> T run(Async<T> main);

  /** Returns the loop. */
  EventLoop loop();

  /**
   * Cancels the tasks that are left, waits for them, and closes the loop. Idempotent.
   *
   * @throws LoopStateException if they do not end within {@link LoopOptions#shutdownTimeout}, or a coroutine of this runner
   *     calls it
   */
  @Override
  void close();
}
