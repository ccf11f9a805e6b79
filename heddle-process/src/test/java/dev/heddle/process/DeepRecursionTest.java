package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Future;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.WaitTimeoutException;
import dev.heddle.testkit.Bounded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * That a thread which uses a pool near the end of its stack harms neither the pool nor other tasks. In a program of its own: classes of
 * the JDK whose initializers the overflow strikes are unusable in that JVM for ever.
 */
@Bounded(seconds = 120)
class DeepRecursionTest {

  @Test
  void submit_nearTheEndOfTheStack_failsThereOrWorks() throws Exception {
    Process program = Processes.program(List.of("-Xmx256m"), Deep.class).redirectErrorStream(true).start();
    String told;
    try (var lines = program.inputReader()) {
      told = String.join("\n", lines.readAllLines());
    } finally {
      program.destroyForcibly();
    }
    assertThat(told).contains("refused without stack: true", "hang: 0", "next: 1");
  }

  /** Submits tasks, and waits for them, from the deepest levels of a recursion. */
  static final class Deep {
    private static final int LEVELS = 300; // from the deepest one up
    private static final TaskCallable<Integer> ONE = () -> 1;

    private final ProcessExecutor pool = ProcessPool.of(1);
    private final List<Future<Integer>> submitted = new ArrayList<>();
    private int refused;
    private int levels;
    private int hangs;

    public static void main(String[] args) throws InterruptedException {
      new Deep().run();
    }

    private void run() throws InterruptedException {
      for (int i = 0; i < 300; i++) { // so that it is known that tasks are short here, and waiting threads help
        pool.submit(ONE).result();
      }
      Thread deep = new Thread(null, this::descend, "deep", 1 << 19);
      deep.start();
      deep.join();
      System.out.println("refused without stack: " + (refused > 0));
      System.out.println("hang: " + submitted.stream().filter(each -> !ends(each)).count());
      System.out.println("next: " + pool.submit(ONE).result(Duration.ofSeconds(30)));
      Runtime.getRuntime().halt(0);
    }

    private static boolean ends(Future<Integer> future) {
      try {
        future.exception(Duration.ofSeconds(30));
        return true;
      } catch (WaitTimeoutException e) {
        return false;
      }
    }

    @SuppressWarnings("InfiniteRecursion") // on purpose: until the stack is used up
    private void descend() {
      try {
        descend();
      } catch (StackOverflowError e) {
        // the deepest level
      }
      if (++levels > LEVELS || hangs > 0) {
        return;
      }
      try {
        Future<Integer> future = pool.submit(ONE);
        submitted.add(future);
        if (levels % 2 == 0) {
          future.exception(Duration.ofSeconds(30)); // reads what workers send
        }
      } catch (WaitTimeoutException e) {
        hangs++; // no further attempts, which would each take as long
      } catch (StackOverflowError | NoClassDefFoundError e) {
        refused++;
      }
    }
  }
}
