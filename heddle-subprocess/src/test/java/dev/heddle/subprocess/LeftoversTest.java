package dev.heddle.subprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is left behind: no file descriptor, no thread, no process, no file. */
@Timeout(120)
final class LeftoversTest {

  private static void everything() throws Exception {
    Subprocess.run("true");
    Subprocess.command("cat").withInput(new byte[100_000]).run();
    Subprocess.pipeline(Subprocess.command("yes"), Subprocess.command("head", "-n", "1")).run();
    assertThatThrownBy(() -> Subprocess.command("sleep", "600").withTimeout(Duration.ofMillis(20)).run());
    assertThatThrownBy(() -> Subprocess.run("no-such-program"));
    assertThatThrownBy(() -> Subprocess.command("cat").withStdin(Input.file(Path.of("/no/such/file"))).run());
    Sh.command("sleep 5 & :").withLinger(Duration.ofMillis(20)).run(); // it holds the pipes longer than this test runs
    try (RunningProcess yes = Subprocess.command("yes").withStdout(Output.stream()).start()) {
      int _ = yes.stdout().read();
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("heddle-subprocess") || name.startsWith("process reaper (pid"))
        .toList();
  }

  @Test
  void everyKindOfRun_leavesNothingOpenAndNoProcessRunning() throws Exception {
    everything();
    long before = descriptors();
    for (int i = 0; i < 10; i++) {
      everything();
    }
    assertThat(descriptors()).isLessThanOrEqualTo(before + 2); // the file system's own, at times

    for (int i = 0; !threads().isEmpty(); i++) { // pumps end after a second without work
      assertThat(i).as("threads %s", threads()).isLessThan(1000);
      TimeUnit.MILLISECONDS.sleep(10); // threads end without an event; the loop is bounded
    }
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  /** Runs in a JVM of its own. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws IOException {
      if (args.length > 0) {
        sweep();
      }
      System.out.print(Subprocess.command("/bin/cat").withInput("x".repeat(100_000)).run().stdout().length());
      Command holding = Subprocess.command("/bin/sh", "-c", "/bin/sleep 3 & echo held").withLinger(Duration.ofMillis(50));
      System.out.print(" " + holding.run().isOutputHeld());
      try {
        Subprocess.command("/bin/sh", "-c", "echo partly; /bin/sleep 600").withTimeout(Duration.ofSeconds(1)).run();
      } catch (ProcessTimeoutException e) {
        System.out.print(" " + e.result().stdout().strip() + " " + e.result().signal().getAsInt());
      }
      System.out.println(" " + Stream.of(Objects.requireNonNull(Path.of(System.getProperty("java.io.tmpdir"))
          .toFile().list())).filter(name -> name.startsWith("heddle-")).count());
    }
  }

  private static Command program(Path temp, String... args) {
    Command java = Subprocess.command(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Djava.io.tmpdir=" + temp, "-cp", System.getProperty("java.class.path"), Program.class.getName());
    return Command.of(Stream.concat(java.args().stream(), Stream.of(args)).toList());
  }

  /** Uses the pipes once, then does what cleans temporary folders. */
  private static void sweep() throws IOException {
    Subprocess.run("/bin/true");
    try (Stream<Path> all = Files.walk(Path.of(System.getProperty("java.io.tmpdir"))).sorted(Comparator.reverseOrder())) {
      for (Path file : all.toList()) {
        boolean _ = file.toFile().delete();
      }
    }
    Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
  }

  @Test
  void temporaryFolderThatIsSwept_isMadeAgain(@TempDir Path temp) {
    Path swept = temp.resolve("swept");
    assertThat(swept.toFile().mkdir()).isTrue();
    assertThat(program(swept, "sweep").run().stdout()).isEqualTo("100000 true partly 15 1\n");
    assertThat(swept).isEmptyDirectory();
  }

  @Test
  void endOfTheJvm_removesTheNamedPipes(@TempDir Path temp) {
    assertThat(program(temp).run().stdout()).isEqualTo("100000 true partly 15 1\n");
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void withoutNamedPipes_theJdksAreUsed(@TempDir Path temp) {
    assertThat(program(temp).withVariable("PATH", "/nowhere").run().stdout())
        .matches("100000 (true|false) partly 15 [01]\n"); // whether the output is held is not always seen then
  }
}
