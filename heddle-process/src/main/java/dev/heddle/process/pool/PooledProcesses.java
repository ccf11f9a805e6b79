package dev.heddle.process.pool;

import dev.heddle.futures.Executor;
import dev.heddle.futures.ForwardingExecutor;
import dev.heddle.futures.PoolOptions;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.Restarts;
import dev.heddle.process.WorkerStats;
import java.util.List;

/**
 * The executor of a process pool: the contract's own executor over the pool's dispatcher, plus what can be asked of its
 * workers.
 */
public final class PooledProcesses extends ForwardingExecutor implements ProcessExecutor {
  private final PoolAssembly parts;

  private PooledProcesses(Executor executor, PoolAssembly parts) {
    super(executor);
    this.parts = parts;
  }

  /** Opens a pool. */
  public static PooledProcesses open(int workers, ProcessOptions options) {
    PoolAssembly parts = PoolAssembly.assemble(workers, options);
    PoolOptions given = options.pool();
    PoolOptions rest = new PoolOptions(
        parts.name(), null, given.context(), given.listener(), given.time(), given.maxSpareThreads(), given.tasks(),
        null); // the dispatcher records
    return new PooledProcesses(Executor.on(parts.dispatcher(), rest), parts);
  }

  @Override
  public List<WorkerStats> workers() {
    return parts.workers();
  }

  @Override
  public long crashes() {
    return restarts().crashed();
  }

  @Override
  public Restarts restarts() {
    return parts.restarts();
  }
}
