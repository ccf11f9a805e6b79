package dev.heddle.subprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files in place of pipes: shared ones and missing ones. */
@Timeout(60)
final class RedirectFilesTest {
  private static final String TALK = "for i in 1 2 3; do echo out $i; echo err $i >&2; done";
  private static final List<String> ALL = List.of("out 1", "err 1", "out 2", "err 2", "out 3", "err 3");

  @TempDir
  private Path temp;

  @Test
  void run_bothOutputsToOneFile_fileHasBothInOrder() throws IOException {
    Path file = temp.resolve("both.log");
    Command talk = Sh.command(TALK).withStdout(Output.file(file));
    assertThat(talk.withStderr(Output.file(file)).run().isSuccess()).isTrue();
    assertThat(file).hasContent(String.join("\n", ALL));
    talk.withStderr(Output.file(temp.resolve("./both.log"))).run();
    assertThat(Files.readAllLines(file)).isEqualTo(ALL);
    Path link = Files.createSymbolicLink(temp.resolve("link"), file);
    talk.withStderr(Output.file(link)).run();
    assertThat(Files.readAllLines(file)).isEqualTo(ALL);
    talk.withStdout(Output.append(file)).withStderr(Output.append(file)).run();
    assertThat(Files.readAllLines(file)).hasSize(12);
  }

  @Test
  void run_oneFileAppendedAndOverwritten_isRefused() {
    Path file = temp.resolve("both.log");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sh.command(TALK).withStdout(Output.file(file)).withStderr(Output.append(file)).run())
        .withMessageContaining(file.toString())
        .withMessageContaining("Output.merge()");
    assertThat(file).doesNotExist();
  }

  @Test
  void pipeline_processesWithOneFile_appendOrAreRefused() throws IOException {
    Path file = temp.resolve("errors.log");
    Command first = Sh.command("echo one >&2").withStderr(Output.file(file));
    Command second = Sh.command("echo two >&2").withStderr(Output.file(file));
    assertThatIllegalArgumentException().isThrownBy(() -> Subprocess.pipeline(first, second).run())
        .withMessageContaining("Output.append(file) for both");
    Subprocess.pipeline(first.withStderr(Output.append(file)), second.withStderr(Output.append(file))).run();
    assertThat(Files.readAllLines(file)).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void run_missingFiles_areNamed() {
    Path missing = temp.resolve("missing");
    assertThatThrownBy(() -> Subprocess.command("cat").withStdin(Input.file(missing)).run())
        .isInstanceOf(StartException.class)
        .hasMessage("the input file " + missing + " of 'cat' does not exist; check the path");
    assertThatThrownBy(() -> Subprocess.command("cat").withStdout(Output.file(missing.resolve("out"))).run())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("the folder " + missing + " does not exist; create it");
    assertThatThrownBy(() -> Subprocess.command("cat").withStderr(Output.file(temp)).run())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("is a folder; name a file in it");
  }

  @Test
  void run_lineInOneString_saysThatNoShellSplitsIt() {
    assertThatThrownBy(() -> Subprocess.run("ls -l")).isInstanceOf(ProgramNotFoundException.class)
        .hasMessageContaining("give each argument a string of its own, as in command(\"ls\", \"-l\")");
    assertThatThrownBy(() -> Subprocess.run("echo a | cat")).isInstanceOf(ProgramNotFoundException.class)
        .hasMessageContaining("command(\"sh\", \"-c\", line)");
    assertThat(Subprocess.run(List.of("echo", "a b")).stdout()).isEqualTo("a b\n");
  }
}
