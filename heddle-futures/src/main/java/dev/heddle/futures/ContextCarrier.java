package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.task.ContextCarriers;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Carries part of the submitting thread's context to the thread that runs the task: scoped values, thread-locals, a
 * logging context.
 *
 * <p>Origin: {@code contextvars} in Python, which its executors do not carry.
 */
@FunctionalInterface
public interface ContextCarrier {

  /** Captures the calling thread's context. Called once for each task, by the thread that submits it. */
  Captured capture();

  /** A captured context. */
  interface Captured {

    /** Calls a task in this context, on the thread that runs it, and restores that thread's own context afterwards. */
    <T extends @Nullable Object> T call(Callable<T> task) throws Exception;

    /**
     * Returns a task as it is sent to a worker process, where {@link #call} does not reach: one that restores there what of
     * this context can be sent, and calls the given one. By default nothing of it is sent.
     *
     * @param task can be sent; so must be what is returned
     */
    default <T extends @Nullable Object> Callable<T> sendable(Callable<T> task) {
      return task;
    }
  }

  /** Carries the scoped values that are bound when the task is submitted. */
  static ContextCarrier scoped(ScopedValue<?>... values) {
    return new ContextCarriers.Scoped(List.of(values));
  }

  /** Carries the value of a thread-local; what the task itself sets is not carried back. */
  static <T extends @Nullable Object> ContextCarrier threadLocal(ThreadLocal<T> local) {
    return new ContextCarriers.Local<T>(Check.<ThreadLocal<T>>notNull(local, "local"));
  }

  /** Returns a carrier of both contexts; the other's context is the inner one. */
  default ContextCarrier and(ContextCarrier other) {
    return new ContextCarriers.Both(this, Check.notNull(other, "other"));
  }
}
