package dev.heddle.testkit;

import dev.heddle.futures.Executor;
import dev.heddle.futures.PoolOptions;
import dev.heddle.testkit.contract.QueueContract;

/** That the SPI suffices: an engine written outside passes the suites too. */
class OwnEngineTest implements AnyEngineContract, QueueContract {
  @Override
  public Executor newExecutor(int workers, PoolOptions options) {
    return Executor.on(new BorrowingEngine(workers, options.name()), options);
  }
}
