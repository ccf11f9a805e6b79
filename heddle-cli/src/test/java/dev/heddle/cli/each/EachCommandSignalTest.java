package dev.heddle.cli.each;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.Children;
import dev.heddle.iter.Iter;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.CompletedProcess;
import dev.heddle.subprocess.Input;
import dev.heddle.subprocess.Output;
import dev.heddle.subprocess.RunningProcess;
import dev.heddle.subprocess.Subprocess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Ctrl-C, a reader that goes away, and an input that never ends, in a process of its own. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGINT to send, and no sh")
final class EachCommandSignalTest {
  @TempDir
  private Path temp;

  /** Only this command; the signal goes to this JVM. */
  static final class Each {
    private Each() {}

    public static void main(String[] args) {
      CommandLine command = new CommandLine(new EachCommand())
          .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
          .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
      System.exit(command.execute(args));
    }
  }

  private static Command each(String... args) throws IOException {
    return Command.of(Stream.concat(Children.java(Each.class.getName()).stream(), Stream.of(args)).toList());
  }

  @Test
  void each_ctrlC_endsTheJobsAndSaysWhatWasDone() throws Exception {
    Path log = temp.resolve("log");
    Path folder = Files.createDirectory(temp.resolve("tmp"));
    Command command = each("-j", "2", "--joblog", log.toString(), "if [ {} = quick ]; then echo done; else echo $$ > "
        + temp + "/pid; exec sleep 600; fi")
        .withVariable("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + folder)
        .withStdin(Input.pipe());
    try (RunningProcess process = command.start();
        Iter<String> lines = process.lines()) {
      process.stdin().write("slow\nquick\n".getBytes(StandardCharsets.UTF_8)); // the input never ends
      assertThat(lines.next()).isEqualTo("done");
      Path pid = temp.resolve("pid");
      while (!Files.exists(pid) || Files.size(pid) == 0) {
        Thread.onSpinWait();
      }
      Subprocess.run("kill", "-INT", Long.toString(process.pid())).orThrow();
      CompletedProcess result = process.result();
      assertThat(result.exitCode()).isEqualTo(130);
      assertThat(result.stderr()).contains("heddle each: interrupted; 1 job ended, 0 of them failed");
      assertThat(folder).isEmptyDirectory();
      assertThat(Files.readAllLines(log)).hasSize(2).last().asString().startsWith("2\t");
      assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).filter(ProcessHandle::isAlive)).isEmpty();
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "setsid makes the group")
  void each_ctrlCInATerminal_logsNoneOfTheJobsThatItMet() throws Exception {
    Path log = temp.resolve("log");
    Command java = each("-j", "2", "--joblog", log.toString(), "echo x > " + temp + "/{}; sleep 600", "a", "b", "c");
    Command command = Command.of(Stream.concat(Stream.of("setsid"), java.args().stream()).toList()); // a group of its own
    try (RunningProcess process = command.start()) {
      while (!Files.exists(temp.resolve("a")) || !Files.exists(temp.resolve("b"))) {
        Thread.onSpinWait();
      }
      Subprocess.run("sh", "-c", "kill -s INT -- -" + process.pid()).orThrow();
      CompletedProcess result = process.result();
      assertThat(result.exitCode()).isEqualTo(130);
      assertThat(result.stderr()).contains("heddle each: interrupted; 0 jobs ended");
      assertThat(Files.readAllLines(log)).as("the head only").hasSize(1);
      assertThat(temp.resolve("c")).doesNotExist();
    }
  }

  @Test
  void each_readerThatGoesAway_endsTheCommandAndItsEndlessInput() throws IOException {
    var result = Subprocess.pipeline(
        Subprocess.command("yes"), each("-j", "2", "echo {}"), Subprocess.command("head", "-n", "3"))
        .run();

    assertThat(result.stdout()).isEqualTo("y\ny\ny\n");
    assertThat(result.exitCodes()).isEqualTo(List.of(141, 141, 0));
  }

  @Test
  void each_outputToAFile_leavesNoTemporaryFiles() throws IOException {
    CompletedProcess result = each("echo {}", "a", "b").withVariable("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temp)
        .withStdout(Output.discard())
        .run();
    assertThat(result.exitCode()).isZero();
    assertThat(temp).isEmptyDirectory();
  }
}
