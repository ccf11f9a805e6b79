package dev.heddle.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a program of its own shows: that it ends, and what it has done by then. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProgramEndTest {

  private record Ended(int status, String output) {}

  /** Runs a program of these tests to its end; fails if that takes too long. */
  private static Ended run(List<String> jvm, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      Thread killer = Thread.ofVirtual().start(() -> {
        try {
          if (!process.waitFor(100, TimeUnit.SECONDS)) {
            process.destroyForcibly(); // which also ends the read below
          }
        } catch (InterruptedException e) {
          process.destroyForcibly();
        }
      });
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      killer.join();
      return new Ended(process.waitFor(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Leaves an executor open whose tasks have not ended. */
  static final class Unclosed {
    public static void main(String[] arguments) {
      Executor pool = switch (arguments[0]) {
        case "virtual" -> ThreadPool.virtual();
        case "limited" -> ThreadPool.virtual(1);
        default -> ThreadPool.of(1);
      };
      for (int i = 0; i < 3; i++) {
        int n = i;
        pool.submit(() -> {
          Thread.sleep(50); // longer than the main thread needs to end
          System.out.println("task " + n + " ended");
        });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "limited", "platform"})
  void executor_leftOpen_finishesItsTasks(String kind) throws Exception {
    assertThat(run(List.of(), Unclosed.class, kind).output()).contains("task 0 ended", "task 1 ended", "task 2 ended");
  }

  /** Keeps results until the heap is full, so that any allocation may fail. */
  static final class FullHeap {
    private static final Object[] KEPT = new Object[1_000_000];

    public static void main(String[] arguments) {
      Executor pool = arguments[0].equals("virtual") ? ThreadPool.virtual() : ThreadPool.of(2);
      int i = 0;
      try {
        while (true) {
          Callable<byte[]> task = () -> new byte[20_000];
          Future<byte[]> future = pool.submit(task);
          KEPT[i++] = future;
          future.get();
        }
      } catch (Throwable e) {
        Runtime.getRuntime().halt(0); // the waiting thread got an error; anything else might need memory
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "platform"})
  void heap_full_endsTheWait(String kind) throws Exception {
    for (int round = 0; round < 2; round++) {
      Ended program = run(List.of("-Xmx48m", "-XX:TieredStopAtLevel=1"), FullHeap.class, kind);
      // 1 if the handling of the error has failed for the same reason; a wait without an end would be killed
      assertThat(program.status()).as(program.output()).isIn(0, 1);
    }
  }

  @Test
  void outOfMemoryError_ofATask_isItsFailure() {
    try (Executor pool = ThreadPool.of(1)) {
      OutOfMemoryError error = new OutOfMemoryError("of the task");
      Future<Integer> future = pool.submit(() -> {
        throw error;
      });
      assertThat(future.exception()).isSameAs(error);
      assertThat(pool.submit(() -> 1).result()).isEqualTo(1);
    }
  }
}
