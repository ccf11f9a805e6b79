package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.executor.ThreadExecutors;

/**
 * Executors whose tasks run on threads of this JVM.
 *
 * <p>{@link #virtual()} is for I/O: each task has its own virtual thread. {@link #of} is for CPU work: a fixed number of
 * platform threads, started when they are needed.
 *
 * <p>Threads of a pool that is not closed end after 10 idle seconds, so that a pool that was not closed does not keep the
 * program running for longer; until then its platform threads do, so no accepted task is lost. Virtual threads keep no
 * program running; while an executor on virtual threads has unfinished tasks, a platform thread does.
 *
 * <p>A limit counts the tasks that do not wait for another task. When several waiting tasks continue at the same moment,
 * more than the limit may run, until enough of them have finished or wait again (docs/adr/0003 gives the reason).
 *
 * <p>Origin: Python's {@code ThreadPoolExecutor}.
 */
public final class ThreadPool {
  private ThreadPool() {}

  /** A virtual thread for each task, as many at once as there are tasks. */
  public static Executor virtual() {
    return virtual(PoolOptions.defaults());
  }

  /** A virtual thread for each task, as many at once as there are tasks. */
  public static Executor virtual(PoolOptions options) {
    return ThreadExecutors.virtual(options);
  }

  /**
   * Virtual threads, a limited number at once; further tasks queue.
   *
   * @param limit the largest number of tasks that run at once, at least 1; one that waits for another task does not count
   */
  public static Executor virtual(int limit) {
    return virtual(limit, PoolOptions.defaults());
  }

  /**
   * Virtual threads, a limited number at once; further tasks queue.
   *
   * @param limit the largest number of tasks that run at once, at least 1; one that waits for another task does not count
   */
  public static Executor virtual(int limit, PoolOptions options) {
    Check.positive(limit, "limit", "ThreadPool.virtual() has no limit");
    return ThreadExecutors.limitedVirtual(limit, options);
  }

  /**
   * Platform threads; further tasks queue.
   *
   * @param workers the largest number of tasks that run at once, at least 1; one that waits for another task does not count
   */
  public static Executor of(int workers) {
    return of(workers, PoolOptions.defaults());
  }

  /**
   * Platform threads; further tasks queue.
   *
   * @param workers the largest number of tasks that run at once, at least 1; one that waits for another task does not count
   */
  public static Executor of(int workers, PoolOptions options) {
    Check.positive(workers, "workers", "use Runtime.getRuntime().availableProcessors() for CPU work");
    return ThreadExecutors.platform(workers, options);
  }
}
