package dev.heddle.testkit;

import dev.heddle.futures.Executor;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.ThreadPool;
import dev.heddle.testkit.contract.LocalInitializerContract;

class VirtualThreadsTest implements AnyEngineContract, LocalInitializerContract {
  @Override
  public Executor newExecutor(int workers, PoolOptions options) {
    return ThreadPool.virtual(options);
  }
}
