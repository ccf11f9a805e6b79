package dev.heddle.process.deploy;

import static dev.heddle.process.deploy.Packed.MAIN;
import static dev.heddle.process.deploy.Packed.all;
import static dev.heddle.process.deploy.Packed.assertSame;
import static dev.heddle.process.deploy.Packed.command;
import static dev.heddle.process.deploy.Packed.java;
import static dev.heddle.process.deploy.Packed.jdk;
import static dev.heddle.process.deploy.Packed.path;
import static dev.heddle.process.deploy.Packed.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessPool;
import dev.heddle.testkit.Bounded;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs in unusual surroundings: variables with options, users without a home, without folders, in another locale. */
@Bounded(seconds = 180)
class EnvironmentTest {
  @TempDir
  Path folder;

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Two JVMs cannot share a port or a file. */
  @Test
  void variables_withPortsAndFiles_areTheProgramsOnly() throws Exception {
    Path more = Files.writeString(folder.resolve("more.args"), "-Xlog:gc*:file=" + folder.resolve("more.log"));
    ProcessBuilder program = java("-cp", path(all()), MAIN);
    program.environment().put("JAVA_TOOL_OPTIONS",
        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + freePort() + " -Xlog:gc:"
            + folder.resolve("gc.log")
            + " -XX:StartFlightRecording=filename=" + folder.resolve("run.jfr") + ",dumponexit=true");
    program.environment().put("JDK_JAVA_OPTIONS",
        "-Dcom.sun.management.jmxremote.port=" + freePort() + " -Dcom.sun.management.jmxremote.authenticate=false"
            + " -Dcom.sun.management.jmxremote.ssl=false @" + more);
    String output = run(program);
    assertThat(output).contains("\ndone").doesNotContain("DIFFERENT", "Exception");
    assertThat(output.split("Listening for transport", -1)).as("debuggers: " + output).hasSize(2);
    assertThat(folder.resolve("run.jfr")).exists();
    assertThat(Files.readString(folder.resolve("gc.log")).split("Using ", -1)).as("JVMs that log").hasSize(2);
    assertThat(Files.readString(folder.resolve("more.log")).split("\\] Using ", -1)).as("JVMs that log").hasSizeLessThan(3);
  }

  /** The JVM takes options from the manifest of the jar that it is told to run; a worker is told another class to run. */
  @Test
  void manifest_withAddOpens_holdsForWorkers() throws Exception {
    Path classes = Packed.classes(Packed.SHOP);
    var manifest = new java.util.jar.Manifest();
    manifest.getMainAttributes().putValue("Main-Class", MAIN);
    manifest.getMainAttributes().putValue("Class-Path",
        String.join(" ",
            Packed.with(Packed.HEDDLE, Packed.WORDS, Packed.MORE).stream().map(each -> each.toUri().toString()).toList()));
    manifest.getMainAttributes().putValue("Add-Opens", "java.base/java.lang");
    manifest.getMainAttributes().putValue("Enable-Native-Access", "ALL-UNNAMED");
    Path jar = Packed.jar(folder.resolve("opening.jar"), manifest, classes);
    String output = run(java("-jar", jar));
    assertSame(output);
    assertThat(output).contains("same opened: true / true", "same native: true / true");
  }

  @Test
  void property_thatTheLocaleCannotExpress_reachesWorkers() throws Exception {
    ProcessBuilder program = java("-cp", path(all()), MAIN, "a greeting");
    program.environment().put("LC_ALL", "C");
    String output = run(program);
    assertSame(output);
    assertThat(output).contains("same property: [71, 114, 252, 223, 101, 32, 26085, 26412]");
  }

  @Test
  void temporaryFolder_missing_isAnErrorWithTheRemedy() throws Exception {
    assertThat(run(java("-Djava.io.tmpdir=" + folder.resolve("missing"), "-cp", path(all()), MAIN)))
        .contains("WorkerStartException: a process pool needs a folder of its own in java.io.tmpdir",
            "make that folder writable or set the property");
  }

  /** As an empty volume of a container: another user could exchange the pool's folder there. */
  @Test
  void temporaryFolder_thatOthersMayWrite_isReplacedByASafeOne() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    String output = run(java("-Djava.io.tmpdir=" + open, "-cp", path(all()), MAIN));
    assertSame(output);
    assertThat(output).contains("temporary files are in ", "may be written by other users (rwxrwxrwx)");
  }

  @Test
  void anotherUser_withoutAHome() throws Exception {
    asAnotherUser(theirs -> Path.of("/nowhere"), "");
  }

  /** There is no folder of caches, and none can be made. */
  @Test
  void home_readOnly() throws Exception {
    asAnotherUser(theirs -> {
      Path home = Files.createDirectory(theirs.resolve("home"));
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
      return home;
    }, "home");
  }

  /** Finds or makes a home in a folder. */
  private interface Homes {
    Path in(Path folder) throws IOException;
  }

  /** Runs the program as a user to whom nothing belongs. */
  private static void asAnotherUser(Homes homes, String empty) throws Exception {
    Path setpriv = Path.of("/usr/bin/setpriv");
    assumeTrue(Files.isExecutable(setpriv), "there is no setpriv to become another user by");
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user");
    Path theirs = Files.createTempDirectory("heddle-other", PosixFilePermissions.asFileAttribute(
        PosixFilePermissions.fromString("rwxr-xr-x")));
    try {
      Path home = homes.in(theirs);
      for (Path each : all()) {
        Files.copy(each, theirs.resolve(each.getFileName()));
        Files.setPosixFilePermissions(theirs.resolve(each.getFileName()), PosixFilePermissions.fromString("rw-r--r--"));
      }
      ProcessBuilder program = command(setpriv, "--reuid=54321", "--regid=54321", "--clear-groups", jdk("java"),
          "-Duser.home=" + home, "-cp", theirs + "/*", MAIN);
      program.environment().put("HOME", home.toString());
      program.environment().remove("XDG_CACHE_HOME");
      assertSame(run(program.directory(theirs.toFile())));
      if (!empty.isEmpty()) {
        assertThat(theirs.resolve(empty)).isEmptyDirectory();
      }
    } finally {
      Packed.delete(theirs);
    }
  }

  /** This very test is run by Surefire, whose class path is in the manifest of a jar. */
  @Test
  void surefire() {
    assumeTrue(System.getProperty("surefire.real.class.path") != null, "this test is not run by Surefire");
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      assertThat(pool.submit(() -> EnvironmentTest.class.getResource("EnvironmentTest.class").toString()).result())
          .isEqualTo(EnvironmentTest.class.getResource("EnvironmentTest.class").toString());
    }
  }
}
