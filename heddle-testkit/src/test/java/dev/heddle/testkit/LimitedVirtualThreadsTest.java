package dev.heddle.testkit;

import dev.heddle.futures.Executor;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.ThreadPool;

class LimitedVirtualThreadsTest
    implements
      AnyEngineContract,
      QueueContract,
      LocalWorkersContract,
      LocalInitializerContract,
      BadInputContract {
  @Override
  public Executor newExecutor(int workers, PoolOptions options) {
    return ThreadPool.virtual(workers, options);
  }
}
