package dev.heddle.base.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That the first use of a class, which prepares much, keeps an interrupt of the thread that happens to be the first. */
@Timeout(60)
final class FirstUseTest {

  @Test
  void processTree_firstUsedByAnInterruptedThread_keepsTheInterrupt() throws Exception {
    Process java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), "-XX:TieredStopAtLevel=1", Interrupted.class.getName())
        .redirectErrorStream(true).start();
    assertThat(new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
        .isEqualTo("interrupted true");
  }

  /** Run in a JVM of its own, where the class is not loaded. */
  static final class Interrupted {
    private Interrupted() {}

    public static void main(String[] args) {
      Thread.currentThread().interrupt();
      boolean started = new ProcessTree().isStarted();
      System.out.println("interrupted " + (!started && Thread.interrupted()));
    }
  }
}
