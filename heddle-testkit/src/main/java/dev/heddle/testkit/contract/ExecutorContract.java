package dev.heddle.testkit.contract;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Tally;
import java.time.Duration;

/**
 * The root of the contract suites: creates the executor under test.
 *
 * <p>Test an engine by a class that implements the suites for what the engine supports, and this one method:
 *
 * <pre>{@code
 * class MyEngineTest implements SubmitContract, MapContract, CancelContract, ShutdownContract {
 *   @Override
 *   public Executor newExecutor(int workers, PoolOptions options) {
 *     return Executor.on(new MyEngine(workers), options);
 *   }
 * }
 * }</pre>
 *
 * <p>A test class does not implement the suites of what its engine does not support, so no test is skipped. Suites whose
 * name starts with {@code Local} pass objects of this JVM to tasks, and are not for engines that run tasks elsewhere. Each
 * test is {@link Bounded}.
 */
@Bounded
public interface ExecutorContract {

  /**
   * Creates an executor, which the test closes.
   *
   * @param workers the largest number of tasks that run at once; an engine without a bound ignores it
   */
  Executor newExecutor(int workers, PoolOptions options);

  /** Creates an executor with default options. */
  default Executor newExecutor(int workers) {
    return newExecutor(workers, PoolOptions.defaults());
  }

  /** Creates a gate that tasks of this executor can use. */
  default Gate newGate() {
    return Gate.local();
  }

  /** Creates a tally that tasks of this executor can use. */
  default Tally newTally() {
    return Tally.local();
  }

  /** The number of tasks in tests of many tasks, whose cost must grow linearly. */
  default int crowd() {
    return 100_000;
  }

  /** The time in which workers that have started run a quick task, for tests that must let some time pass. */
  default Duration soon() {
    return Duration.ofSeconds(1);
  }

  /**
   * How many inputs a {@code map} without options may have taken beyond those whose results were consumed. An engine that
   * measures the best chunk size may go further ahead with every result.
   */
  default int mostAhead(int consumed) {
    return 1_000;
  }

  /** The number of repetitions in tests of races that cost a worker or a pool each time. */
  default int rounds() {
    return 50;
  }

  /** Submits a task that opens one gate and then waits at another; returns when it has begun. */
  default Future<String> submitBlocked(Executor pool, Gate release) throws InterruptedException {
    Gate started = newGate();
    Future<String> future = pool.submit(
        () -> {
          started.open();
          release.await();
          return "released";
        });
    started.await();
    return future;
  }
}
