package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.executor.ThreadExecutors;

/**
 * Executors whose tasks run on threads of this JVM.
 *
 * <p>{@link #virtual()} is the one for I/O: each task has a virtual thread of its own. {@link #of} is the one for CPU work:
 * a fixed number of platform threads, started as they are needed.
 *
 * <p>Threads of a pool that is not closed end after 10 idle seconds, so a forgotten pool does not keep the program from
 * ending; until then its platform threads do, and so no accepted task is lost. Virtual threads never keep a program alive:
 * close the executor.
 *
 * <p>A limit counts the tasks that do not wait for another task. When several that waited go on at the same moment, more than
 * the limit may run for a while, until each has finished or waits again (docs/adr/0003 says why).
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
   * @param limit how many tasks run at once at the most, at least 1; one that waits for another task does not count
   */
  public static Executor virtual(int limit) {
    return virtual(limit, PoolOptions.defaults());
  }

  /**
   * Virtual threads, a limited number at once; further tasks queue.
   *
   * @param limit how many tasks run at once at the most, at least 1; one that waits for another task does not count
   */
  public static Executor virtual(int limit, PoolOptions options) {
    Check.positive(limit, "limit", "ThreadPool.virtual() has no limit");
    return ThreadExecutors.limitedVirtual(limit, options);
  }

  /**
   * Platform threads; further tasks queue.
   *
   * @param workers how many tasks run at once at the most, at least 1; one that waits for another task does not count
   */
  public static Executor of(int workers) {
    return of(workers, PoolOptions.defaults());
  }

  /**
   * Platform threads; further tasks queue.
   *
   * @param workers how many tasks run at once at the most, at least 1; one that waits for another task does not count
   */
  public static Executor of(int workers, PoolOptions options) {
    Check.positive(workers, "workers", "use Runtime.getRuntime().availableProcessors() for CPU work");
    return ThreadExecutors.platform(workers, options);
  }
}
