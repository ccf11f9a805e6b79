package dev.heddle.futures;

import org.jspecify.annotations.Nullable;

/** What a worker thread does before its first task. */
@FunctionalInterface
interface WorkerSetup {
  /** Nothing to do. */
  WorkerSetup NONE = () -> null;

  /** Prepares the calling thread; if that fails, answers with what its tasks are to fail with. */
  @Nullable
  Throwable prepare();
}
