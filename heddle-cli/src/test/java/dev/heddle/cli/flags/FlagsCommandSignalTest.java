package dev.heddle.cli.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.Children;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Ctrl-C, in a process of its own. */
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGINT to send")
class FlagsCommandSignalTest {
  @TempDir
  private Path dir;

  /** Only the flags command; the signal goes to this JVM. */
  static final class Flags {
    private Flags() {}

    public static void main(String[] args) {
      CommandLine command = new CommandLine(new FlagsCommand())
          .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
          .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
      System.exit(command.execute(args));
    }
  }

  @Test
  void flags_ctrlC_exitCode130AndWhatWasDone() throws Exception {
    Path flags = dir.resolve("flags");
    Process process = new ProcessBuilder(Children.java(
        Flags.class.getName(),
        "--style", "sequential", "--delay", "200", "--all", "-v", "--out", flags.toString()))
        .redirectErrorStream(true)
        .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> before = output.lines().takeWhile(line -> !line.contains("downloaded, ")).toList();
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).inheritIO().start().waitFor();
      List<String> after = output.lines().toList();
      assertThat(process.waitFor()).as("%s%n%s", before, after).isEqualTo(130);
      assertThat(after).contains("interrupted; the outcomes until then:");
      assertThat(after).anyMatch(line -> line.matches("\\d+ downloaded, \\d+ cancelled in .*"));
      assertThat(flags.resolve("SHA256SUMS")).exists();
      try (var files = Files.list(flags)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .allMatch(name -> name.equals(".lock") || name.equals("SHA256SUMS") || name.matches("[a-z]{2}\\.svg"));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  /** A terminal sends the signal to the workers as well; {@code kill} to this program alone. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void flags_ctrlCWhileProcessesDownload_leavesNoWorkers(boolean terminal) throws Exception {
    Path flags = dir.resolve("flags");
    Process process = new ProcessBuilder(Children.java(
        Flags.class.getName(),
        "--style", "processes", "--delay", "200", "--all", "-v", "--out", flags.toString()))
        .redirectErrorStream(true)
        .start();
    List<ProcessHandle> workers = List.of();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> before = output.lines().takeWhile(line -> !line.contains("downloaded, ")).toList();
      workers = process.descendants().toList();
      assertThat(workers).as("workers, after %s", before).isNotEmpty();
      List<String> kill = new ArrayList<>(List.of("kill", "-INT", String.valueOf(process.pid())));
      if (terminal) {
        workers.forEach(worker -> kill.add(String.valueOf(worker.pid())));
      }
      new ProcessBuilder(kill).inheritIO().start().waitFor();
      List<String> after = output.lines().toList();
      assertThat(process.waitFor()).as("%s%n%s", before, after).isEqualTo(130);
      assertThat(after).contains("interrupted; the outcomes until then:");
      assertThat(after).anyMatch(line -> line.matches("\\d+ downloaded, \\d+ cancelled in .*"));
      assertThat(after).noneMatch(line -> line.contains("WARNING"));
      for (ProcessHandle worker : workers) {
        worker.onExit().get(30, TimeUnit.SECONDS); // or it is left over, which fails
      }
    } finally {
      workers.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
