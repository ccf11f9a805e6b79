package dev.heddle.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Nodes in JVMs of their own on the loopback address, over Hazelcast; closing it ends them. */
final class Nodes implements AutoCloseable {
  static final String SECRET = "a secret of the tests " + UUID.randomUUID();

  final String name = "test-" + UUID.randomUUID();
  final int heartbeat;
  private final List<Node> all = new ArrayList<>();

  Nodes(int heartbeat) {
    this.heartbeat = heartbeat;
  }

  record Node(Process process, String address) {
    /** SIGKILL. */
    void kill() {
      process.destroyForcibly();
    }

    void signal(String signal) throws IOException, InterruptedException {
      int code = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
      if (code != 0) {
        throw new IOException("kill -" + signal + " failed with " + code);
      }
    }
  }

  Node start(int slots, String... jvmOptions) throws IOException {
    return start(SECRET, slots, jvmOptions);
  }

  Node start(String secret, int slots, String... jvmOptions) throws IOException {
    return start(secret, System.getProperty("java.class.path"), slots, jvmOptions);
  }

  /** A node whose class path is another than that of the tests; it needs {@link NodeMain}. */
  Node start(String secret, String classPath, int slots, String... jvmOptions) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-cp", classPath, NodeMain.class.getName(), secret, name,
        String.valueOf(slots), String.valueOf(heartbeat)));
    all.stream().filter(each -> each.process().isAlive()).limit(1).forEach(each -> command.add(each.address()));
    Node node = launch(command);
    all.add(node);
    return node;
  }

  /** Starts {@link NodeMain} by a command, and waits until it says where it listens. */
  static Node launch(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.startsWith("listens at ")) {
      process.destroyForcibly();
      throw new IOException("the node did not start: " + line);
    }
    return new Node(process, line.substring("listens at ".length()));
  }

  ClusterOptions options() {
    String[] members = all.stream().filter(each -> each.process().isAlive()).map(Node::address).toArray(String[]::new);
    return ClusterOptions.of(ClusterSecret.of(SECRET.getBytes(StandardCharsets.UTF_8))).withName(name)
        .withHeartbeat(Duration.ofSeconds(heartbeat)).withMembers(members);
  }

  ClusterExecutor driver() {
    return ClusterPool.connect(DriverOptions.of(options()).withPatience(Duration.ofSeconds(60)));
  }

  @Override
  public void close() {
    all.forEach(each -> each.process().destroyForcibly());
    all.forEach(each -> each.process().onExit().orTimeout(10, TimeUnit.SECONDS).join());
  }
}
