package dev.heddle.subprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Priority, session, umask and user of a child. */
@Timeout(60)
final class ProcessSettingsTest {
  @TempDir
  private Path temp;

  private static void needs(String program) {
    assumeTrue(Stream.of("/usr/bin/", "/bin/").anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
        "skipped: no program " + program + " here");
  }

  private static boolean isRoot() {
    return Subprocess.run("id", "-u").stdout().equals("0\n");
  }

  @Test
  void niceness_isAddedToThatOfThisProgram() {
    int own = Integer.parseInt(Subprocess.run("nice").stdout().strip());
    CompletedProcess nice = Subprocess.command("nice").withNiceness(7).run();
    assertThat(Integer.parseInt(nice.stdout().strip())).isEqualTo(Math.min(19, own + 7));
    assertThat(nice.stderr()).isEmpty();
  }

  @Test
  void newSession_isLedByTheProcess_whoseIdIsKnown() throws Exception {
    needs("setsid");
    try (RunningProcess sleeping = Subprocess.command("sh", "-c", "echo up; exec sleep 60").withNewSession().start()) {
      assertThat(sleeping.lines().next()).isEqualTo("up");
      String stat = Files.readString(Path.of("/proc", String.valueOf(sleeping.pid()), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(") ") + 2).split(" ");
      assertThat(fields[2]).as("process group").isEqualTo(String.valueOf(sleeping.pid()));
      assertThat(fields[3]).as("session").isEqualTo(String.valueOf(sleeping.pid()));
    }
  }

  @Test
  void newSession_isStillEndedWithItsTree() throws Exception {
    needs("setsid");
    String pid;
    try (RunningProcess parent = Subprocess.command("sh", "-c", "sleep 60 & echo $!; wait").withNewSession().start()) {
      pid = parent.lines().next();
    }
    assertThat(Sh.lives(pid)).isFalse();
  }

  @Test
  void umask_isThatOfNewFiles() throws Exception {
    Subprocess.command("touch", "private").withDirectory(temp).withUmask(0077).withCheck().run();
    assertThat(Files.getPosixFilePermissions(temp.resolve("private")).toString()).isEqualTo("[OWNER_READ, OWNER_WRITE]");
  }

  @Test
  void user_isChanged_withItsGroups() {
    needs("setpriv");
    assumeTrue(isRoot(), "skipped: only root may change the user");
    assertThat(Subprocess.command("id", "-un").withUser("daemon").run().stdout()).isEqualTo("daemon\n");
    assertThat(Subprocess.command("id", "-u").withUser("12345").run().orThrow().stdout()).isEqualTo("12345\n");
    assertThat(
        Subprocess.command("sh", "-c", "id -G").withUser("daemon").withUmask(022).withNiceness(1).withNewSession().run()
            .stdout().split(" "))
        .doesNotContain("0");
  }

  @Test
  void user_byAnotherThanRoot_isAnErrorBeforeTheStart() {
    needs("setpriv");
    assumeTrue(!isRoot(), "skipped: root may change the user");
    assertThatThrownBy(() -> Subprocess.command("id").withUser("daemon").run())
        .isInstanceOf(StartException.class).hasMessageContaining("by root only");
  }

  @Test
  void user_thatDoesNotExist_isAnErrorBeforeTheStart() {
    needs("setpriv");
    assumeTrue(isRoot(), "skipped: only root may change the user");
    assertThatThrownBy(() -> Subprocess.command("id").withUser("no-such-user").run())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("'no-such-user'")
        .hasMessageContaining("getent");
  }

  @Test
  void arguments_passAsTheyAre() {
    String hostile = "a b\n$(echo no) ';\"\\";
    assertThat(Subprocess.command("printf", "%s", hostile).withUmask(022).withNiceness(1).run().stdout()).isEqualTo(hostile);
    assertThat(Subprocess.command("printf", "%s", "-n").withUmask(022).run().stdout()).isEqualTo("-n");
  }

  @Test
  void missingProgram_isTheSameErrorAsWithoutSettings() throws Exception {
    assertThatThrownBy(() -> Subprocess.command("no-such-program").withNiceness(1).run())
        .isInstanceOf(ProgramNotFoundException.class);
    assertThatThrownBy(() -> Subprocess.command("./none").withUmask(0).run()).isInstanceOf(ProgramNotFoundException.class);
    Path script = Files.writeString(temp.resolve("script"), "#!/no/interpreter\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> Subprocess.command(script.toString()).withNiceness(1).run())
        .isInstanceOf(ProgramNotExecutableException.class)
        .hasMessageContaining("/no/interpreter");
  }

  @Test
  void exitCodes_andRelativePrograms_areThoseOfTheCommand() throws Exception {
    Path script = Files.writeString(temp.resolve("three"), "#!/bin/sh\nexit 3\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    assertThat(Subprocess.command("./three").withDirectory(temp).withNiceness(1).withUmask(027).run().exitCode())
        .isEqualTo(3);
  }

  @Test
  void valuesOutOfRange_areRefused() {
    Command command = Subprocess.command("true");
    assertThatThrownBy(() -> command.withNiceness(-1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> command.withNiceness(20)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> command.withUmask(77777)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0077");
    assertThatThrownBy(() -> command.withUser("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> command.withUser("-x")).isInstanceOf(IllegalArgumentException.class);
  }
}
