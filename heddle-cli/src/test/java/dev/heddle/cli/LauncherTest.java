package dev.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a project of stand-ins: a JDK that tells how it was started, and a build that leaves traces. */
@Timeout(60)
final class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "heddle").toAbsolutePath().normalize();

  @TempDir
  private Path temp;
  private Path root;
  private Path jdk;

  /** How a start ended. */
  private record Run(int code, List<String> out, String err) {}

  @BeforeEach
  void makeProject() throws IOException {
    root = Files.createDirectories(temp.resolve("a project"));
    Files.copy(LAUNCHER, root.resolve("heddle"));
    executable(root.resolve("heddle"), Files.readString(LAUNCHER));
    Files.createFile(root.resolve("pom.xml"));
    Files.createDirectories(root.resolve("heddle-cli/src/main"));
    Files.createFile(root.resolve("heddle-cli/pom.xml"));
    executable(
        root.resolve("mvnw"),
        """
            #!/bin/sh
            echo build >>builds
            while [ -e hold ]; do sleep 0.1; done
            if [ -e broken ]; then echo 'it does not compile'; exit 1; fi
            mkdir -p heddle-cli/target/app && touch heddle-cli/target/app/lib.jar heddle-cli/target/app/heddle-cli-1.jar
            """);
    jdk = jdk("jdk 25", "25.0.3");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = temp.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    executable(home.resolve("bin/javac"), "#!/bin/sh\n");
    executable(
        home.resolve("bin/java"),
        """
            #!/bin/sh
            for word; do
              case $word in -XX:AOTCacheOutput=*) echo cache >"${word#*=}"; exit 0 ;; esac
              echo "$word"
            done
            exit 7
            """);
    return home;
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start(Path launcher, Path jdkHome, String... args) throws IOException {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(launcher.toString());
    builder.command().addAll(List.of(args));
    builder.environment().put("HEDDLE_JAVA_HOME", jdkHome.toString());
    builder.environment().keySet().removeAll(List.of("HEDDLE_JAVA_OPTS", "HEDDLE_AOT"));
    return builder.directory(temp.toFile()).start();
  }

  private static Run end(Process process) throws Exception {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    try (var out = process.inputReader();
        var err = process.errorReader()) {
      return new Run(process.exitValue(), out.lines().toList(), String.join("\n", err.lines().toList()));
    }
  }

  private Run heddle(String... args) throws Exception {
    return end(start(root.resolve("heddle"), jdk, args));
  }

  private int builds() throws IOException {
    Path builds = root.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  @Test
  void firstStart_buildsAndPassesArgumentsAndExitCode() throws Exception {
    Run run = heddle("flags", "two words", "");

    Path app = root.toRealPath().resolve("heddle-cli/target/app");
    assertThat(run.code()).isEqualTo(7);
    assertThat(run.err()).startsWith("heddle: building; this takes two or three minutes (log: ").hasLineCount(1);
    assertThat(run.out())
        .contains("-XX:AOTCache=" + app + "/heddle-25.0.3.aot", app + "/heddle-cli-1.jar:" + app + "/lib.jar")
        .endsWith("dev.heddle.cli.Main", "flags", "two words", "");
    assertThat(builds()).isEqualTo(1);
  }

  /** The JVM links all classes of a cache as it starts, and scripts start many of these. */
  @Test
  void each_hasACacheOfItsOwn() throws Exception {
    Run run = heddle("each", "echo {}", "a");

    Path app = root.toRealPath().resolve("heddle-cli/target/app");
    assertThat(run.out()).contains("-XX:AOTCache=" + app + "/heddle-each-25.0.3.aot")
        .endsWith("dev.heddle.cli.Main", "each", "echo {}", "a");
    assertThat(app.resolve("heddle-25.0.3.aot")).exists();
  }

  @Test
  void withoutHome_theBuildHasTheHomeOfTheUser() throws Exception {
    executable(
        root.resolve("mvnw"),
        """
            #!/bin/sh
            printf '%s' "$HOME" >home
            mkdir -p heddle-cli/target/app && touch heddle-cli/target/app/heddle-cli-1.jar
            """);
    ProcessBuilder builder = new ProcessBuilder(root.resolve("heddle").toString());
    builder.environment().remove("HOME");
    builder.environment().put("HEDDLE_JAVA_HOME", jdk.toString());
    assertThat(end(builder.directory(temp.toFile()).start()).code()).isEqualTo(7);
    assertThat(Path.of(Files.readString(root.resolve("home")))).isAbsolute();
  }

  /** The JVM would open a file of its own under the number of a stream that is closed, and the command would read or write that. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void closedStreams_areReplaced() throws Exception {
    assertThat(heddle("flags").code()).isEqualTo(7); // builds
    executable(jdk.resolve("bin/java"),
        "#!/bin/sh\nfor i in 0 1 2; do readlink /proc/$$/fd/$i || echo closed; done >" + temp + "/streams\n");
    Process run = start(Path.of("/bin/sh"), jdk, "-c", "exec \"$0\" flags <&- >&- 2>&-", root.resolve("heddle").toString());
    assertThat(end(run).code()).isZero();
    assertThat(Files.readAllLines(temp.resolve("streams"))).hasSize(3).doesNotContain("closed").first()
        .isEqualTo("/dev/null");
  }

  /** A distribution: the launcher with a Java and the libraries, and nothing to build. */
  @Test
  void distribution_runsItsOwnJavaAndBuildsNothing() throws Exception {
    Path home = temp.resolve("heddle-dist");
    Files.createFile(Files.createDirectories(home.resolve("lib")).resolve("heddle-cli-1.jar"));
    executable(home.resolve("heddle"), Files.readString(LAUNCHER));
    Files.move(jdk, home.resolve("runtime"));
    Run run = end(start(home.resolve("heddle"), temp.resolve("no JDK"), "flags", "BR"));
    assertThat(run.code()).isEqualTo(7);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains(home.toRealPath() + "/lib/heddle-cli-1.jar").endsWith("dev.heddle.cli.Main", "flags",
        "BR");
    assertThat(builds()).isZero();
  }

  @Test
  void secondStart_buildsNothingAndSaysNothing() throws Exception {
    heddle();
    assertThat(heddle().err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void newerSource_isBuilt() throws Exception {
    heddle();
    Path source = Files.createFile(root.resolve("heddle-cli/src/main/New.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    heddle();
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void builtByMavenAlone_isNotBuiltAgain() throws Exception {
    assertThat(new ProcessBuilder("./mvnw").directory(root.toFile()).start().waitFor()).isZero();
    heddle();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void symbolicLinks_leadToTheProject() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("a project", "heddle"));
    Path linkToLink = Files.createSymbolicLink(temp.resolve("another link"), link);
    assertThat(end(start(linkToLink, jdk, "x")).out()).endsWith("dev.heddle.cli.Main", "x");
  }

  @Test
  void figures_runWithTheFullCompiler() throws Exception {
    assertThat(heddle("bench").out())
        .noneMatch(word -> word.contains("TieredStopAtLevel"))
        .contains("--sun-misc-unsafe-memory-access=allow"); // or Java warns of JMH
    assertThat(heddle("flags").out()).contains("-XX:TieredStopAtLevel=1");
  }

  @Test
  void brokenBuild_showsTheLogAndEndsWith70() throws Exception {
    Files.createFile(root.resolve("broken"));
    Run run = heddle();
    assertThat(run.code()).isEqualTo(70);
    assertThat(run.err()).contains("it does not compile", "the log is ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void afterABrokenBuild_theNextStartBuildsAgain() throws Exception {
    Path broken = Files.createFile(root.resolve("broken"));
    heddle();
    Files.delete(broken);
    assertThat(heddle().code()).isEqualTo(7);
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void twoStartsAtOnce_buildOnce() throws Exception {
    Path hold = Files.createFile(root.resolve("hold"));
    Process first = start(root.resolve("heddle"), jdk);
    try (var firstErr = first.errorReader()) {
      assertThat(firstErr.readLine()).startsWith("heddle: building");
      Process second = start(root.resolve("heddle"), jdk);
      try (var secondErr = second.errorReader()) {
        assertThat(secondErr.readLine()).startsWith("heddle: waiting for a concurrent build (pid-" + first.pid());
        Files.delete(hold);
        assertThat(first.waitFor()).isEqualTo(7);
        assertThat(second.waitFor()).isEqualTo(7);
      }
    }
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void lockOfADeadStart_isTakenOver() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(root.resolve("heddle-cli/target"));
    Files.createSymbolicLink(root.resolve("heddle-cli/target/.lock"), Path.of("pid-" + dead.pid()));
    assertThat(heddle().code()).isEqualTo(7);
  }

  @Test
  void namedJdkTooOld_isRefusedWithTheRemedy() throws Exception {
    Run run = end(start(root.resolve("heddle"), jdk("old", "17.0.15")));
    assertThat(run.code()).isEqualTo(69);
    assertThat(run.err())
        .contains("HEDDLE_JAVA_HOME is '" + temp.resolve("old") + "', which holds JDK 17.0.15, and no JDK 25 or later")
        .contains("Set it to one, or unset it");
    assertThat(builds()).isZero();
  }

  @Test
  void namedJdkMissing_isRefusedWithTheRemedy() throws Exception {
    Run run = end(start(root.resolve("heddle"), temp.resolve("nowhere")));
    assertThat(run.code()).isEqualTo(69);
    assertThat(run.err()).contains("nowhere', which holds no JDK 25 or later");
  }
}
