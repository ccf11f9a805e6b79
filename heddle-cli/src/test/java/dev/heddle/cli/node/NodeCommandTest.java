package dev.heddle.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.Children;
import dev.heddle.cli.Main;
import dev.heddle.cluster.ClusterExecutor;
import dev.heddle.cluster.ClusterOptions;
import dev.heddle.cluster.ClusterPool;
import dev.heddle.cluster.ClusterSecret;
import dev.heddle.cluster.DriverOptions;
import dev.heddle.futures.Future;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code heddle node}: its errors here, and a node in a process of its own. */
@Timeout(240)
final class NodeCommandTest {
  private static final Pattern STARTED = Pattern.compile("node at (\\S+) of cluster 'cli-test' with 2 slots");

  @TempDir
  private Path folder;

  private static String refused(String... args) {
    StringWriter err = new StringWriter();
    int code = Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(err, true))
        .execute(Stream.concat(Stream.of("node"), Stream.of(args)).toArray(String[]::new));
    assertThat(code).as("%s", err).isEqualTo(2);
    return err.toString();
  }

  private Path secret(String mode) throws IOException {
    Path file = folder.resolve("secret");
    Files.writeString(file, "0123456789abcdef0123456789abcdef\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  @Test
  void node_withoutASecret_refusesToRun() {
    assertThat(refused()).contains("--secret-file FILE", "--insecure-loopback", "/dev/urandom");
    assertThat(refused("--insecure-loopback", "--listen", "10.0.0.7:5701")).contains("loopback", "10.0.0.7",
        "give a secret");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no modes of files")
  void node_withASecretThatOthersRead_refusesToRun() throws Exception {
    assertThat(refused("--secret-file", secret("rw-r--r--").toString())).contains("can be read by other users");
    assertThat(refused("--secret-file", folder.resolve("absent").toString())).contains("there is no file", "absent",
        "urandom");
  }

  @Test
  void node_withWrongOptions_saysWhatIsWrong() {
    assertThat(refused("--insecure-loopback", "--slots", "0")).contains("node: slots must be", "was 0")
        .doesNotContain("node: node:");
    assertThat(refused("--insecure-loopback", "--slots", "-2")).contains("was -2");
    assertThat(refused("--insecure-loopback", "--join", "somewhere")).contains("host:port", "somewhere");
    assertThat(refused("--insecure-loopback", "--listen", "127.0.0.1:x")).contains("--listen", "'x'");
  }

  /** A driver's task runs in a worker process of the node; SIGTERM lets it finish, and the node leaves. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM to send")
  void node_runsTasks_andDrainsOnSigterm() throws Exception {
    Path secret = secret("rw-------");
    Process process = new ProcessBuilder(Children.java(
        "-XX:TieredStopAtLevel=1", "--sun-misc-unsafe-memory-access=allow", Main.class.getName(), "node", "--secret-file",
        secret.toString(), "--name", "cli-test", "--slots", "2", "--process-pool"))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      Matcher started = STARTED.matcher(String.valueOf(out.readLine()));
      assertThat(started.matches()).isTrue();
      ClusterOptions cluster = ClusterOptions.of(ClusterSecret.ofFile(secret)).withName("cli-test")
          .withMembers(started.group(1));
      try (ClusterExecutor pool = ClusterPool.connect(DriverOptions.of(cluster))) {
        assertThat(pool.submit(() -> ProcessHandle.current().pid()).result()).isNotEqualTo(process.pid());
        Future<Integer> running = pool.submit(() -> {
          Thread.sleep(1_000);
          return 7;
        });
        while (pool.members().getFirst().running() == 0) {
          Thread.onSpinWait();
        }
        new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid())).inheritIO().start().waitFor();
        assertThat(running.result()).isEqualTo(7);
      }
      List<String> rest = out.lines().collect(Collectors.toList());
      assertThat(rest).singleElement().asString().contains("leaves").doesNotContain("lost");
      assertThat(process.waitFor()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }
}
