package dev.heddle.base.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That ending a tree reaches its processes, orphans included, whatever else does not work. */
@Timeout(60)
final class ProcessTreeTest {
  private final List<String> killed = new ArrayList<>();

  private ProcessHandle process(String name, boolean alive, Supplier<Stream<ProcessHandle>> descendants) {
    return (ProcessHandle) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[]{ProcessHandle.class},
        (self, method, args) -> switch (method.getName()) {
          case "isAlive" -> alive;
          case "descendants" -> descendants.get();
          case "destroyForcibly" -> !killed.contains(name) && killed.add(name);
          case "pid" -> (long) name.hashCode();
          case "hashCode" -> System.identityHashCode(self);
          case "equals" -> self == args[0];
          default -> throw new UnsupportedOperationException(method.getName());
        });
  }

  private static ProcessTree tree(ProcessHandle root) {
    ProcessTree tree = new ProcessTree(null); // the processes are not the system's
    tree.started(List.of(root));
    return tree;
  }

  @Test
  void kill_whereDescendantsCannotBeListed_killsTheRoot() {
    tree(process("root", true, () -> { throw new IllegalStateException("Too many open files"); })).kill();
    assertThat(killed).containsExactly("root");
  }

  @Test
  void kill_whereListingThrowsAnError_killsTheRoot() {
    ProcessTree tree = tree(process("root", true, () -> { throw new OutOfMemoryError("on purpose"); }));
    assertThatThrownBy(tree::kill).isInstanceOf(OutOfMemoryError.class);
    assertThat(killed).containsExactly("root");
  }

  @Test
  void kill_ofARootWithDescendants_killsThemAfterIt() {
    tree(process("root", true, () -> Stream.of(process("child", true, Stream::empty)))).kill();
    assertThat(killed).containsExactly("root", "child");
  }

  @Test
  void kill_ofARootThatHasEnded_killsNoDescendantsOfItsNumber() {
    tree(process("root", false, () -> Stream.of(process("stranger", true, Stream::empty)))).kill();
    assertThat(killed).doesNotContain("stranger"); // its number may belong to another process by now
  }

  @Test
  void end_rootThatHasEnded_endsItsOrphans() throws Exception {
    assumeLinux();
    ProcessTree tree = new ProcessTree();
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", "sleep 600 >/dev/null 2>&1 </dev/null & echo $!");
    tree.mark(builder.environment());
    Process root = builder.start();
    tree.started(List.of(root.toHandle()));
    ProcessHandle orphan = handle(firstLine(root));
    root.waitFor();
    assertThat(lives(orphan)).isTrue();

    assertThat(tree.end(Duration.ZERO)).isFalse();

    assertThat(lives(orphan)).isFalse();
  }

  @Test
  void end_longerMarkWithTheSameBeginning_isAnotherTree() throws Exception {
    assumeLinux();
    ProcessTree tree = new ProcessTree();
    ProcessBuilder builder = new ProcessBuilder("sleep", "600");
    tree.mark(builder.environment());
    builder.environment().computeIfPresent("HEDDLE_TREE", (_, mark) -> mark + "0");
    Process other = builder.start();
    try {
      boolean _ = tree.end(Duration.ZERO);
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void startOf_zombie_hasEnded() throws Exception {
    assumeLinux();
    // the shell's child ends, and the program that takes the shell's place never asks for its exit code
    Process parent = new ProcessBuilder("sh", "-c", "sh -c 'read go' & echo $!; exec sleep 600").start();
    try {
      ProcessHandle zombie = handle(firstLine(parent));
      Path stat = Path.of("/proc/" + zombie.pid() + "/stat");
      await(() -> read(stat).contains(") Z"));

      assertThat(zombie.isAlive()).isTrue(); // as the JDK has it
      assertThat(lives(zombie)).isFalse();
      assertThat(lives(parent.toHandle())).isTrue();
    } finally {
      parent.destroyForcibly();
    }
  }

  private static boolean lives(ProcessHandle process) throws IOException {
    ProcessTable table = ProcessTable.system();
    return table != null && table.startOf(process.pid()) != null;
  }

  @Test
  void end_manyOrphans_endsAll() throws Exception {
    assumeLinux();
    ProcessTree tree = new ProcessTree();
    ProcessBuilder builder = new ProcessBuilder("sh", "-c",
        "for i in $(seq 50); do (sleep 600 >/dev/null 2>&1 </dev/null &); done; echo; exec sleep 600");
    tree.mark(builder.environment());
    Process root = builder.start();
    tree.started(List.of(root.toHandle()));
    firstLine(root);
    ProcessTable table = Objects.requireNonNull(ProcessTable.system());
    String mark = Objects.requireNonNull(builder.environment().get("HEDDLE_TREE")).replaceAll(".*:", "");
    await(() -> count(table, mark) == 51);

    assertThat(tree.end(Duration.ofSeconds(30))).isFalse();

    assertThat(count(table, mark)).isZero();
    assertThat(tree.isUnsure()).isFalse();
  }

  private static int count(ProcessTable table, String mark) {
    try {
      int count = 0;
      for (long pid : table.marked(mark).pids()) {
        count += table.startOf(pid) == null ? 0 : 1;
      }
      return count;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A program whose file descriptors are used up can neither list processes nor, in the JDK's way, kill one. */
  @Test
  void end_withoutFileDescriptors_killsAllTheSame() throws Exception {
    assumeLinux();
    Process outer = new ProcessBuilder("sh", "-c", "ulimit -n 64; exec \"$0\" \"$@\"",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
        "-XX:TieredStopAtLevel=1", NoDescriptors.class.getName()).redirectErrorStream(true).start();
    String output = new String(outer.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(output).endsWith("ended true, unsure false\n");
  }

  /** Run in a JVM of its own. */
  static final class NoDescriptors {
    private NoDescriptors() {}

    public static void main(String[] args) throws Exception {
      ProcessTree tree = new ProcessTree();
      ProcessBuilder builder = new ProcessBuilder("sleep", "600");
      tree.mark(builder.environment());
      Process root = builder.start();
      tree.started(List.of(root.toHandle()));
      List<Closeable> open = new ArrayList<>();
      try {
        while (true) {
          open.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException noMore) {
        tree.end(Duration.ZERO);
      }
      for (Closeable each : open) {
        each.close();
      }
      root.waitFor(10, TimeUnit.SECONDS);
      System.out.println("ended " + !root.isAlive() + ", unsure " + tree.isUnsure());
    }
  }

  private static void assumeLinux() {
    assumeTrue(Files.isReadable(Path.of("/proc/self/environ")), "no /proc here: orphans cannot be found");
  }

  private static ProcessHandle handle(String pid) {
    return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
  }

  private static String firstLine(Process process) throws IOException {
    try (BufferedReader reader = process.inputReader()) {
      return reader.readLine();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(5); // the system tells no other way; the test's time-out bounds it
    }
  }
}
