package dev.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.CompletedPipeline;
import dev.heddle.subprocess.CompletedProcess;
import dev.heddle.subprocess.Output;
import dev.heddle.subprocess.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose standard output cannot be written: a full disk is an error that says so, a reader that has ended is none. */
@Timeout(60)
final class StandardOutputTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir
  private Path temp;

  private static Command heddle(String... args) throws IOException {
    assumeTrue(Files.exists(FULL), "skipped: no /dev/full here");
    List<String> java = Children.java(Main.class.getName());
    return Command.of(Stream.concat(java.stream(), Stream.of(args)).toList());
  }

  @Test
  void each_fullOutput_isToldWithTheReason() throws Exception {
    CompletedProcess run = heddle("each", "-j", "1", "echo {}", "a", "b").withStdout(Output.file(FULL)).run();
    assertThat(run.exitCode()).isEqualTo(255);
    assertThat(run.stderr()).isEqualTo("heddle each: standard output cannot be written: No space left on device\n");
  }

  @Test
  void eachLineBuffered_fullOutput_isToldWithTheReason() throws Exception {
    CompletedProcess run = heddle("each", "--line-buffer", "echo {}", "a").withStdout(Output.file(FULL)).run();
    assertThat(run.exitCode()).isEqualTo(255);
    assertThat(run.stderr()).contains("standard output cannot be written");
  }

  @Test
  void otherCommands_fullOutput_fail() throws Exception {
    for (String[] args : new String[][]{{"cookbook"}, {"--help"}, {"each", "--dry-run", "echo {}", "a"}}) {
      CompletedProcess run = heddle(args).withStdout(Output.file(FULL)).run();
      assertThat(run.exitCode()).as(String.join(" ", args)).isEqualTo(1);
      assertThat(run.stderr()).isEqualTo("heddle: standard output cannot be written: No space left on device\n");
    }
  }

  @Test
  void otherCommands_readerThatHasEnded_isQuiet() throws Exception {
    CompletedPipeline run = Subprocess.pipeline(heddle("cookbook"), Subprocess.command("true")).run();
    assertThat(run.exitCodes()).containsExactly(141, 0);
    assertThat(run.stages().getFirst().stderr()).isEmpty();
  }

  @Test
  void eachLogs_thatAreFull_areNamed() throws Exception {
    CompletedProcess run = heddle("each", "--joblog", FULL.toString(), "echo {}", "a").run();
    assertThat(run.exitCode()).isEqualTo(255);
    assertThat(run.stderr()).contains("/dev/full");
  }

  @Test
  void output_ofACommandThatFails_isPrinted() throws Exception {
    Path log = Files.writeString(temp.resolve("log"),
        "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n3\t:\t0.000\t0.000\t0\t0\t0\t0\techo c\n");
    CompletedProcess run = heddle("each", "--dry-run", "--resume", "--joblog", log.toString(), "echo {}", "a", "b", "X")
        .run();
    assertThat(run.exitCode()).isEqualTo(255);
    assertThat(run.stdout()).isEqualTo("echo a\necho b\n");
  }
}
