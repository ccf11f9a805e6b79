package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Future;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.testkit.Bounded;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** That a thread which waits, and reads messages meanwhile, neither suffers from others nor harms them. */
@Bounded(seconds = 120)
class HelpTest {

  private static void warmUp(ProcessExecutor pool) { // so that it is known that tasks are short here, and waiters help
    for (int i = 0; i < 300; i++) {
      pool.submit(() -> 1).result();
    }
  }

  @Test
  void waiter_withATimeout_isNotHeldUpByWhatTasksPrint() {
    CountDownLatch open = new CountDownLatch(1);
    PrintStream before = System.out;
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      warmUp(pool);
      System.setOut(new PrintStream(new Blocking(open)));
      List<Future<Integer>> printing = new ArrayList<>();
      for (int round = 0; round < 5; round++) {
        printing.add(pool.submit(() -> { System.out.println("hello"); return 1; }));
        Future<Integer> last = printing.getLast();
        assertThatThrownBy(() -> last.result(Duration.ofMillis(100))).isInstanceOf(WaitTimeoutException.class);
      }
      open.countDown();
      assertThat(printing).allMatch(each -> each.result() == 1);
    } finally {
      open.countDown();
      System.setOut(before);
    }
  }

  /** A pipe that is never read, so that writing to it blocks. */
  private static final class Blocking extends OutputStream {
    private final CountDownLatch open;

    Blocking(CountDownLatch open) {
      this.open = open;
    }

    @Override
    public void write(int b) {
      boolean interrupted = false;
      while (true) {
        try {
          open.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
