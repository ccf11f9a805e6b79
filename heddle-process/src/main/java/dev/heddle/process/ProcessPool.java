package dev.heddle.process;

import dev.heddle.base.Check;
import dev.heddle.process.pool.PooledProcesses;

/**
 * Executors whose tasks run in worker JVMs of their own.
 *
 * <p>What a task does to its process costs that task alone: an {@code OutOfMemoryError}, {@code System.exit}, a crash in
 * native code or an endless loop ends one worker, which is replaced, and never the program.
 *
 * <pre>{@code
 * try (ProcessExecutor pool = ProcessPool.of(4)) {
 *   Future<Long> sum = pool.submit(() -> Sums.upTo(10));
 *   Future<Void> exit = pool.submit(() -> System.exit(3));
 *   sum.result();      // 55
 *   exit.exception();  // WorkerCrashedException: … called System.exit(3) …
 * }
 * }</pre>
 *
 * <p>Tasks, what they capture, their inputs and results are copied to the worker and back: what a task changes there does
 * not change here, and static fields are the worker's own. Workers are started as they are needed and end when they have
 * been idle for long; a pool that is busy keeps the program alive until its tasks have ended.
 *
 * <p>Origin: Python's {@code ProcessPoolExecutor}.
 */
public final class ProcessPool {
  private ProcessPool() {}

  /**
   * Worker processes; further tasks queue.
   *
   * @param workers how many tasks run at once at the most, at least 1
   */
  public static ProcessExecutor of(int workers) {
    return of(workers, ProcessOptions.defaults());
  }

  /**
   * Worker processes; further tasks queue.
   *
   * @param workers how many tasks run at once at the most, at least 1
   */
  public static ProcessExecutor of(int workers, ProcessOptions options) {
    if (workers < 1) {
      throw new IllegalArgumentException(
          "workers must be at least 1, but was " + workers
              + "; use Runtime.getRuntime().availableProcessors() for CPU work");
    }
    return PooledProcesses.open(workers, Check.notNull(options, "options"));
  }

}
