package dev.heddle.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;

/** A node in a JVM of its own, for tests: it ends with its standard input. */
final class NodeMain {
  private NodeMain() {}

  /**
   * Runs it.
   *
   * @param args the secret, the name of the cluster, the slots, the heartbeat in seconds, and perhaps a member to join
   */
  public static void main(String[] args) throws Exception {
    ClusterOptions cluster = ClusterOptions.of(ClusterSecret.of(args[0].getBytes(StandardCharsets.UTF_8)))
        .withName(args[1])
        .withHost(System.getProperty("node.host", "127.0.0.1"))
        .withPort(Integer.getInteger("node.port", 0))
        .withHeartbeat(Duration.ofSeconds(Long.parseLong(args[3])))
        .withMembers(Stream.of(args).skip(4).toArray(String[]::new));
    try (ClusterNode node = ClusterNode.start(NodeOptions.of(cluster).withSlots(Integer.parseInt(args[2])))) {
      System.out.println("listens at " + node.address());
      while (System.in.read() >= 0) {
        // until the test has ended, however it has
      }
    }
    System.exit(0);
  }
}
