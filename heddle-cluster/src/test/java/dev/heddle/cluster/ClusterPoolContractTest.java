package dev.heddle.cluster;

import dev.heddle.futures.Executor;
import dev.heddle.futures.PoolOptions;
import dev.heddle.testkit.CrossProcessLatches;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import dev.heddle.testkit.contract.AsCompletedContract;
import dev.heddle.testkit.contract.BadInputContract;
import dev.heddle.testkit.contract.CallbackContract;
import dev.heddle.testkit.contract.CancelContract;
import dev.heddle.testkit.contract.ConversionContract;
import dev.heddle.testkit.contract.ExecutorServiceContract;
import dev.heddle.testkit.contract.LimitContract;
import dev.heddle.testkit.contract.MapContract;
import dev.heddle.testkit.contract.MapLazinessContract;
import dev.heddle.testkit.contract.ObservabilityContract;
import dev.heddle.testkit.contract.OutcomesContract;
import dev.heddle.testkit.contract.PriorityContract;
import dev.heddle.testkit.contract.QueueContract;
import dev.heddle.testkit.contract.RetryContract;
import dev.heddle.testkit.contract.SchedulingContract;
import dev.heddle.testkit.contract.ScopeContract;
import dev.heddle.testkit.contract.ShutdownContract;
import dev.heddle.testkit.contract.SubmitContract;
import dev.heddle.testkit.contract.TimeoutContract;
import dev.heddle.testkit.contract.WaitContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;

/** The contract of every executor, kept over a cluster of two members in this JVM; the suites are those of the process pool. */
class ClusterPoolContractTest
    implements
      SubmitContract,
      MapContract,
      MapLazinessContract,
      OutcomesContract,
      CancelContract,
      QueueContract,
      WaitContract,
      AsCompletedContract,
      CallbackContract,
      ConversionContract,
      RetryContract,
      LimitContract,
      PriorityContract,
      ScopeContract,
      SchedulingContract,
      TimeoutContract,
      ShutdownContract,
      ExecutorServiceContract,
      ObservabilityContract,
      BadInputContract {
  private static final int SLOTS = 32; // more than any suite asks for, so that tests do not wait for each other's tasks
  private static final CrossProcessLatches LATCHES = CrossProcessLatches.open();
  private static final ClusterExecutor CLUSTER = ClusterPool.embedded(2, SLOTS);

  @AfterAll
  static void close() {
    CLUSTER.close();
    LATCHES.close();
  }

  @Override
  public Executor newExecutor(int workers, PoolOptions options) {
    return CLUSTER.on(Placement.anywhere().withAtMost(workers), options);
  }

  @Override
  public Gate newGate() {
    return LATCHES.newGate();
  }

  @Override
  public Tally newTally() {
    return LATCHES.newTally();
  }

  @Override
  public int crowd() {
    return 20_000;
  }

  @Override
  public Duration soon() {
    return Duration.ofSeconds(2);
  }

  /** As for worker processes: chunks grow with the tasks measured. */
  @Override
  public int mostAhead(int consumed) {
    return 2 * 256 * 4 * Math.max(1, consumed);
  }

  @Override
  public int rounds() {
    return 8;
  }
}
