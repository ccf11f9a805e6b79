package dev.heddle.testkit;

import dev.heddle.futures.Executor;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.ThreadPool;

class PlatformThreadsTest
    implements
      AnyEngineContract,
      QueueContract,
      LocalWorkersContract,
      LocalStarvationContract,
      LocalInitializerContract,
      BadInputContract {
  @Override
  public Executor newExecutor(int workers, PoolOptions options) {
    return ThreadPool.of(workers, options);
  }
}
