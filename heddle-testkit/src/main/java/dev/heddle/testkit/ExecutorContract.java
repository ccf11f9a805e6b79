package dev.heddle.testkit;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import java.time.Duration;

/**
 * The root of the contract suites: how to make the executor under test.
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
 * <p>What an engine does not support it does not implement, so nothing is ever skipped. Suites whose name starts with {@code
 * Local} hand objects of this JVM to tasks, and are not for engines that run tasks elsewhere. Each test is {@link Bounded}.
 */
@Bounded
public interface ExecutorContract {

  /**
   * A new executor. The tests close it.
   *
   * @param workers how many tasks run at once at the most; an engine without a bound ignores it
   */
  Executor newExecutor(int workers, PoolOptions options);

  /** A new executor with default options. */
  default Executor newExecutor(int workers) {
    return newExecutor(workers, PoolOptions.defaults());
  }

  /** A gate that tasks of this executor can reach. */
  default Gate newGate() {
    return Gate.local();
  }

  /** A tally that tasks of this executor can reach. */
  default Tally newTally() {
    return Tally.local();
  }

  /** How many tasks make a crowd: the suites submit so many to see that costs grow in step. */
  default int crowd() {
    return 100_000;
  }

  /** How long a worker may take to start and run a quick task, for tests that must let some time pass. */
  default Duration soon() {
    return Duration.ofSeconds(1);
  }

  /**
   * How many inputs a {@code map} without options may have taken beyond those whose results were consumed. An engine that finds out
   * how large chunks should be may go further ahead the more it has seen.
   */
  default int mostAhead(int consumed) {
    return 1_000;
  }

  /** How often tests repeat what goes wrong only by chance, and costs a worker or a pool each time. */
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
