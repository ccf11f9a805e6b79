package dev.heddle.cluster;

import dev.heddle.futures.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A driver in a network namespace of its own, for tests; the link to the namespace 'far' is taken down and up again. It prints what
 * it sees.
 */
final class PartitionMain {
  private static final String NEAR = "10.77.0.1";
  private static final String FAR = "10.77.0.2";
  private static final int HEARTBEAT = 3;
  private static final Duration LONG = Duration.ofSeconds(90);

  private PartitionMain() {}

  /**
   * Runs it.
   *
   * @param args 'beside' for a driver with a node on its side of the cut, 'alone' for one whose nodes are all on the other
   */
  public static void main(String[] args) throws Exception {
    List<Process> nodes = new ArrayList<>();
    boolean alone = args[0].equals("alone");
    try {
      nodes.add(node(true, FAR, 5701, ""));
      nodes.add(alone ? node(true, FAR, 5702, FAR + ":5701") : node(false, NEAR, 5701, FAR + ":5701"));
      ClusterOptions options = options().withHost(NEAR).withMembers(FAR + ":5701");
      try (ClusterExecutor pool = ClusterPool.connect(DriverOptions.of(options).withPatience(LONG))) {
        cutAndHeal(pool);
      }
    } finally {
      nodes.forEach(Process::destroyForcibly);
    }
    System.exit(0);
  }

  static ClusterOptions options() {
    return ClusterOptions.of(ClusterSecret.of("a secret of the partition".getBytes(StandardCharsets.UTF_8))).withName("cut")
        .withHeartbeat(Duration.ofSeconds(HEARTBEAT));
  }

  private static void cutAndHeal(ClusterExecutor pool) throws Exception {
    awaitMembers(pool, 2);
    MemberStats far = pool.members().stream().filter(each -> each.address().equals(FAR + ":5701")).findFirst().orElseThrow();
    Future<@Nullable Void> lost = pool.on(new Placement(Set.of(), 1, 1, far.id())).submit(() -> Thread.sleep(3_600_000));
    while (pool.members().stream().noneMatch(each -> each.id().equals(far.id()) && each.running() > 0)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    long cut = System.nanoTime();
    run("ip", "link", "set", "near", "down");
    Throwable failure = lost.exception(LONG);
    System.out.println("lost: " + (failure instanceof WorkerLostException) + ", after " + millisSince(cut) + " ms");
    int nodes = pool.members().size();
    System.out.println("nodes on this side: " + nodes);
    List<Future<Integer>> meanwhile = IntStream.range(0, 100).mapToObj(i -> pool.submit(() -> i)).toList();
    if (nodes > 0) {
      System.out.println("done meanwhile: " + meanwhile.stream().map(each -> each.result(LONG)).toList().size());
    }
    run("ip", "link", "set", "near", "up");
    long healed = System.nanoTime();
    awaitMembers(pool, 2);
    System.out.println("healed after " + millisSince(healed) + " ms");
    System.out.println("done after all: " + meanwhile.stream().map(each -> each.result(LONG)).toList().size());
    System.out.println("done on both sides: " + new java.util.HashSet<>(
        pool.map(_ -> pid(), IntStream.range(0, 40).boxed().toList()).toList()).size());
  }

  private static long pid() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(50);
    return ProcessHandle.current().pid();
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private static void awaitMembers(ClusterExecutor pool, int count) throws InterruptedException {
    long end = System.nanoTime() + LONG.toNanos();
    while (pool.members().size() != count) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("there are " + pool.members() + " in place of " + count);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static Process node(boolean far, String host, int port, String join) throws IOException {
    List<String> command = new ArrayList<>(far ? List.of("ip", "netns", "exec", "far") : List.of());
    command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow", "-Dnode.host=" + host,
        "-Dnode.port=" + port, "-cp", System.getProperty("java.class.path"), NodeMain.class.getName(),
        "a secret of the partition", "cut", "2", String.valueOf(HEARTBEAT)));
    if (!join.isEmpty()) {
      command.add(join);
    }
    return Nodes.launch(command).process();
  }

  private static void run(String... command) throws Exception {
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException(String.join(" ", command) + " failed with " + code);
    }
  }
}
