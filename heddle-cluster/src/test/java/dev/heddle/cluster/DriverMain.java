package dev.heddle.cluster;

import java.nio.charset.StandardCharsets;

/** A driver in a JVM of its own, for tests: its task sleeps until it is killed. */
final class DriverMain {
  private DriverMain() {}

  /**
   * Runs it.
   *
   * @param args the secret, the name of the cluster, and a member
   */
  public static void main(String[] args) throws Exception {
    ClusterOptions cluster = ClusterOptions.of(ClusterSecret.of(args[0].getBytes(StandardCharsets.UTF_8))).withName(args[1])
        .withMembers(args[2]);
    try (ClusterExecutor pool = ClusterPool.connect(DriverOptions.of(cluster))) {
      var future = pool.submit(() -> Thread.sleep(3_600_000));
      while (pool.members().getFirst().running() == 0) {
        Thread.sleep(20);
      }
      System.out.println("running");
      future.result();
    }
  }
}
