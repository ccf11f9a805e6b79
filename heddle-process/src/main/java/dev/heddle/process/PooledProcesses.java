package dev.heddle.process;

import dev.heddle.futures.Executor;
import dev.heddle.futures.ForwardingExecutor;
import dev.heddle.futures.PoolOptions;
import java.util.List;

/** The executor of a process pool: the contract's own, and what is to be known of the workers. */
final class PooledProcesses extends ForwardingExecutor implements ProcessExecutor {
  private final ProcessParts parts;

  private PooledProcesses(Executor executor, ProcessParts parts) {
    super(executor);
    this.parts = parts;
  }

  static PooledProcesses open(int workers, ProcessOptions options) {
    ProcessParts parts = ProcessParts.assemble(workers, options);
    PoolOptions given = options.pool();
    PoolOptions rest = new PoolOptions(
        parts.name(), null, given.context(), given.listener(), given.time(), given.maxSpareThreads(), given.tasks());
    return new PooledProcesses(Executor.on(parts.engine(), rest), parts);
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
    return parts.reports().restarts();
  }
}
