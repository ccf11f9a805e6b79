package dev.heddle.futures.engine;

import org.jspecify.annotations.Nullable;

/** The initialization of a worker thread before its first task. */
@FunctionalInterface
public interface WorkerSetup {
  /** No initialization. */
  WorkerSetup NONE = () -> null;

  /** Initializes the calling thread. Returns null, or the exception with which its tasks are to fail. */
  @Nullable
  Throwable prepare();
}
