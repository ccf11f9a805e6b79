package dev.heddle.process;

import dev.heddle.futures.Executor;
import dev.heddle.process.pool.PooledProcesses;
import java.util.List;

/**
 * An {@link Executor} whose tasks run in worker JVMs; made by {@link ProcessPool}. Thread-safe.
 *
 * <p>Two things differ from the executors over threads. A task that is cancelled with {@code cancel(true)}, or whose time is
 * over, is not interrupted: its worker is killed, with the processes it has started, and replaced. And {@link #close} waits
 * until the workers' processes are gone.
 */
public sealed interface ProcessExecutor extends Executor permits PooledProcesses {

  /**
   * Returns the present workers, spare ones included, the oldest first. Cheap, but for the memory figure, which is read
   * anew.
   */
  List<WorkerStats> workers();

  /** Returns the number of workers that have crashed since the pool was made: {@link Restarts#crashed}. */
  long crashes();

  /** Returns the number of workers that have ended so far, by reason. */
  Restarts restarts();
}
