package dev.heddle.subprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class StartErrorsTest {
  @TempDir
  private Path temp;

  private Path script(String name, String text, String permissions) throws IOException {
    Path script = Files.writeString(temp.resolve(name), text);
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void run_missingProgram_namesThePathThatWasSearched() {
    assertThatThrownBy(() -> Subprocess.command("no-such-program").withVariable("PATH", "/bin:/nowhere").run())
        .isInstanceOf(ProgramNotFoundException.class)
        .hasMessage("there is no program 'no-such-program' in the PATH '/bin:/nowhere' of its environment; install it, or"
            + " give its full path");
    assertThatThrownBy(() -> Subprocess.run("/no/such/program"))
        .isInstanceOf(ProgramNotFoundException.class)
        .hasMessageContaining("there is no file /no/such/program");
  }

  @Test
  void run_programInThePathOfTheGivenEnvironment_isFound() throws IOException {
    script("weave", "#!/bin/sh\necho woven $1\n", "rwxr-xr-x");

    assertThat(Subprocess.command("weave", "twice").withVariable("PATH", temp + ":/bin").run().stdout())
        .isEqualTo("woven twice\n");
    assertThatThrownBy(() -> Subprocess.run("weave", "twice")).isInstanceOf(ProgramNotFoundException.class);
  }

  @Test
  void run_programWithoutPath_isLookedUpInTheUsualPlaces() {
    assertThat(Subprocess.command("echo", "x").withCleanEnvironment().run().stdout()).isEqualTo("x\n");
  }

  @Test
  void run_relativeProgram_isTakenFromTheWorkingDirectory() throws IOException {
    script("weave", "#!/bin/sh\necho woven\n", "rwxr-xr-x");

    assertThat(Subprocess.command("./weave").withDirectory(temp).run().stdout()).isEqualTo("woven\n");
    assertThatThrownBy(() -> Subprocess.run("./weave")).isInstanceOf(ProgramNotFoundException.class);
  }

  @Test
  void run_notExecutable_saysSo() throws IOException {
    Path script = script("weave", "#!/bin/sh\n", "rw-r--r--");

    assertThatThrownBy(() -> Subprocess.run(script.toString()))
        .isInstanceOf(ProgramNotExecutableException.class)
        .hasMessageContaining("'chmod +x'");
    assertThatThrownBy(() -> Subprocess.command("weave").withVariable("PATH", temp.toString()).run())
        .isInstanceOf(ProgramNotExecutableException.class);
  }

  @Test
  void run_directoryInsteadOfProgram_saysSo() {
    assertThatThrownBy(() -> Subprocess.run(temp.toString()))
        .isInstanceOf(ProgramNotExecutableException.class)
        .hasMessageContaining("is a directory, not a program");
  }

  @Test
  void run_brokenFirstLine_namesTheInterpreter() throws IOException {
    Path script = script("weave", "#!/no/such/interpreter -x\n", "rwxr-xr-x");

    assertThatThrownBy(() -> Subprocess.run(script.toString()))
        .isInstanceOf(ProgramNotExecutableException.class)
        .hasMessageContaining("names the interpreter '/no/such/interpreter', which does not exist")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void run_missingDirectory_saysSo() throws IOException {
    assertThatThrownBy(() -> Subprocess.command("true").withDirectory(temp.resolve("none")).run())
        .isInstanceOf(WorkingDirectoryException.class)
        .hasMessageContaining("does not exist");
    Path file = Files.writeString(temp.resolve("file"), "");
    assertThatThrownBy(() -> Subprocess.command("true").withDirectory(file).run())
        .isInstanceOf(WorkingDirectoryException.class)
        .hasMessageContaining("is not a directory");
  }

  @Test
  void run_tooLongArguments_nameTheRemedy() {
    assertThatThrownBy(() -> Subprocess.run("echo", "x".repeat(3_000_000)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("too long for the system; pass them in a file");
  }

  @Test
  void run_missingInputFile_isAStartError() {
    assertThatThrownBy(() -> Subprocess.command("cat").withStdin(Input.file(temp.resolve("none"))).run())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("none");
  }

  @Test
  void pipeline_missingProgram_startsNothing() {
    Command sleep = Subprocess.command("sleep", "600");
    assertThatThrownBy(() -> Subprocess.pipeline(sleep, Subprocess.command("no-such-program")).run())
        .isInstanceOf(ProgramNotFoundException.class);
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void pipeline_laterStageThatFailsToStart_endsTheEarlier() throws IOException {
    Path script = script("weave", "#!/no/such/interpreter\n", "rwxr-xr-x");

    Command sleep = Subprocess.command("sleep", "600");
    assertThatThrownBy(() -> Subprocess.pipeline(sleep, Subprocess.command(script.toString())).run())
        .isInstanceOf(ProgramNotExecutableException.class)
        .hasMessageContaining("/no/such/interpreter");
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }
}
