package dev.heddle.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class JvmStartTest {

  /** A program that says whether something that was made just before it started is newer than it. */
  static final class Program {
    public static void main(String[] args) {
      System.out.println(JvmStart.isBefore(Instant.parse(args[0]).plus(Duration.ofSeconds(3))));
      System.out.println(JvmStart.isBefore(Instant.now().plus(Duration.ofMinutes(1))));
    }
  }

  @Test
  void script_thatBuildsTheProgramAndBecomesIt_doesNotMakeTheProgramOlder() throws Exception {
    // The script's work takes longer than the tolerance; what it makes is made three seconds after its start.
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process script = new ProcessBuilder("sh", "-c", "sleep 4; exec \"$@\"", "sh", java, "-cp",
        System.getProperty("java.class.path"),
        Program.class.getName(), Instant.now().toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();

    assertThat(script.inputReader().lines()).containsExactly("false", "true");
    assertThat(script.waitFor()).isZero();
  }

  @Test
  void times_beforeAndAfterTheStart_areToldApart() {
    assertThat(JvmStart.isBefore(JvmStart.time())).isFalse();
    assertThat(JvmStart.isBefore(JvmStart.time().plus(Duration.ofMinutes(1)))).isTrue();
    assertThat(JvmStart.isBefore(Instant.MIN)).isFalse();
  }

  @Test
  void fileThatIsRebuiltSoonAfterTheStart_isNewer_butForACoarseTime() {
    Instant soon = JvmStart.time().plusMillis(700);
    Instant exact = soon.equals(soon.truncatedTo(ChronoUnit.SECONDS)) ? soon.plusMillis(1) : soon;
    assertThat(JvmStart.isBefore(exact)).isTrue();
    assertThat(JvmStart.isBefore(JvmStart.time().plusMillis(1500).truncatedTo(ChronoUnit.SECONDS)))
        .as("a file system that counts seconds may have rounded it up")
        .isFalse();
  }
}
