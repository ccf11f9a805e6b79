package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Future;
import dev.heddle.testkit.Bounded;
import org.junit.jupiter.api.Test;

@Bounded(seconds = 20)
class SmokeTest {
  @Test
  void one() {
    try (ProcessExecutor pool = ProcessPool.of(2)) {
      assertThat(pool.submit(() -> 6 * 7).result()).isEqualTo(42);
      long t = System.nanoTime();
      for (int i = 0; i < 20000; i++) { int n = i; if (pool.submit(() -> n).result() != n) throw new AssertionError(); 
        if (i % 2000 == 1999) { System.out.println((System.nanoTime() - t) / 2000); t = System.nanoTime(); } }
      Future<?> exit = pool.submit(() -> { System.out.println("hello"); System.exit(3); });
      System.out.println(exit.exception());
      System.out.println(pool.workers());
    }
  }
}
