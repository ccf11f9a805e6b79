package dev.heddle.testkit;

import dev.heddle.futures.Executor;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.ThreadPool;
import dev.heddle.testkit.contract.BadInputContract;
import dev.heddle.testkit.contract.LocalInitializerContract;
import dev.heddle.testkit.contract.LocalStarvationContract;
import dev.heddle.testkit.contract.LocalWorkersContract;
import dev.heddle.testkit.contract.QueueContract;

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
