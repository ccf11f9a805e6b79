package dev.heddle.futures.task;

import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.Executor;
import dev.heddle.futures.map.MapHost;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The calling thread's context at one moment, in which a timer submits later. Thread-safe.
 *
 * @param context null if the tasks of the executor get none
 */
record Resubmission(ContextCarrier.@Nullable Captured context) {

  /** The context of now, as the tasks of an executor get it. */
  static Resubmission to(Executor executor) {
    return new Resubmission(MapHost.capture(executor));
  }

  /** Calls something that submits. */
  <T extends @Nullable Object> T submit(Callable<T> submission) throws Exception {
    return context == null ? submission.call() : context.<T>call(submission);
  }
}
