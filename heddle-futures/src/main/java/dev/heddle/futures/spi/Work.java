package dev.heddle.futures.spi;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A task that an engine is to run. Thread-safe; no method blocks. */
public interface Work {

  /** The task's name, for messages and logs. */
  String name();

  /** The task's priority: work of a higher one begins first, if the engine {@linkplain Engine#hasPriorities has them}. */
  default int priority() {
    return 0;
  }

  /**
   * The code of the task; null once the task has ended. For engines that send tasks elsewhere: of a {@link LocalWrapper}
   * they send the inner call.
   */
  @Nullable
  Callable<?> body();

  /**
   * Claims the work for the calling worker.
   *
   * @return the attempt to run and to report to, or null if there is nothing to run: it was cancelled or claimed already
   */
  @Nullable
  Attempt begin();

  /** The object that the engine attached, such as its own view of this work; null if there is none. */
  @Nullable
  Object attachment();

  /** Attaches an object of the engine; null removes it. */
  void attach(@Nullable Object attachment);

  /** Fails the task without running it, because no worker ever can. Does nothing if it has begun or ended. */
  void abort(Throwable cause);
}
