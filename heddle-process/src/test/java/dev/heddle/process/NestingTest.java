package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.testkit.Bounded;
import org.junit.jupiter.api.Test;

/** That pools in workers work, but do not start workers without end. */
@Bounded(seconds = 120)
class NestingTest {

  /** A constant that is computed by a pool, whose workers initialize this class, too. */
  static final class Constant {
    static final int VALUE;

    static {
      try (ProcessExecutor pool = ProcessPool.of(1)) {
        VALUE = pool.submit(() -> 6 * 7).result();
      }
    }

    private Constant() {}
  }

  @Test
  void pool_inAStaticInitializer_failsInTheWorkerAndNamesTheClass() {
    assertThatThrownBy(() -> System.out.println(Constant.VALUE))
        .isInstanceOf(ExceptionInInitializerError.class)
        .rootCause()
        .isInstanceOf(WorkerStartException.class)
        .hasMessageContaining("static initializer of " + Constant.class.getName())
        .hasMessageContaining("make the pool in a method");
  }

  @Test
  void pool_inATask_works() {
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      assertThat(pool.submit(() -> {
        try (ProcessExecutor inner = ProcessPool.of(1)) {
          return inner.submit(() -> 5).result();
        }
      }).result()).isEqualTo(5);
    }
  }
}
