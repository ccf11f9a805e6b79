package dev.heddle.benchmarks.cluster;

import dev.heddle.cluster.ClusterNode;
import dev.heddle.cluster.ClusterOptions;
import dev.heddle.cluster.ClusterSecret;
import dev.heddle.cluster.NodeOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM with one or more nodes and, if wanted, a raw member of Hazelcast; it ends with its standard input. */
record BenchNode(Process process, String address, String raw) implements AutoCloseable {
  static final String SECRET = "the secret of the benchmarks, which is none";

  /** The options of its cluster. */
  static ClusterOptions options(String cluster) {
    return ClusterOptions.of(ClusterSecret.of(SECRET.getBytes(StandardCharsets.UTF_8))).withName(cluster);
  }

  /**
   * Runs in the new JVM.
   *
   * @param args the cluster, the slots, how many nodes, the member to join or '-', the raw member to join, '-', or 'none'
   */
  public static void main(String[] args) throws IOException {
    String join = args[3];
    String first = "";
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      ClusterOptions options = join.equals("-") ? options(args[0]) : options(args[0]).withMembers(join);
      ClusterNode node = ClusterNode.start(NodeOptions.of(options).withSlots(Integer.parseInt(args[1])));
      first = first.isEmpty() ? node.address() : first;
      join = first;
    }
    String raw = args[4].equals("none")
        ? "none"
        : RawHazelcast.address(RawHazelcast.start(args[0] + "-raw", args[4].equals("-") ? "" : args[4], false));
    System.out.println("bench " + first + " " + raw);
    while (System.in.read() >= 0) {
      // only its end counts
    }
    Runtime.getRuntime().halt(0);
  }

  /** Starts such a JVM. */
  static BenchNode start(String cluster, int slots, int nodes, String join, String raw) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
        "--sun-misc-unsafe-memory-access=allow",
        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=4", "-cp", System.getProperty("java.class.path"),
        BenchNode.class.getName(), cluster, String.valueOf(slots), String.valueOf(nodes), join, raw));
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.startsWith("bench ")) {
      line = out.readLine();
    }
    if (line == null) {
      process.destroyForcibly();
      throw new IOException("a node of the benchmark did not start");
    }
    String[] words = line.split(" ");
    return new BenchNode(process, words[1], words[2]);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
