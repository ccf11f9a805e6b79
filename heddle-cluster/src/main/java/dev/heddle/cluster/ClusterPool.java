package dev.heddle.cluster;

import dev.heddle.base.Check;
import dev.heddle.cluster.pool.DriverConnection;
import dev.heddle.cluster.pool.Embedded;

/**
 * Executors whose tasks run on the members of a cluster: several machines, behind the same contract as threads and worker
 * processes.
 *
 * <pre>{@code
 * try (ClusterExecutor pool = ClusterPool.connect(ClusterSecret.ofFile(file), "10.0.0.7:5701")) {
 *   pool.map(Sums::upTo, List.of(100_000L, 1_000_000L)).forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Members are nodes ({@link ClusterNode}, or {@code ./heddle node}). They may join and leave at any time; those that join get
 * tasks at once. The program takes part in the cluster as a member without slots, until the pool is closed.
 */
public final class ClusterPool {
  private static final int SLOTS = 2;

  private ClusterPool() {}

  /**
   * A pool over the cluster that these members belong to.
   *
   * @param secret the secret of the cluster
   * @param members one or more of its members, as {@code host:port}
   * @throws NoMemberException if none that runs tasks was found in 30 s; its message says what was found
   */
  public static ClusterExecutor connect(ClusterSecret secret, String... members) {
    if (Check.notNull(members, "members").length == 0) {
      throw new IllegalArgumentException("members must not be empty; name one or more, as 10.0.0.7:5701");
    }
    return connect(DriverOptions.of(ClusterOptions.of(secret).withMembers(members)));
  }

  /**
   * A pool over a cluster.
   *
   * @throws NoMemberException if no member that runs tasks was found within {@link DriverOptions#patience}
   */
  public static ClusterExecutor connect(DriverOptions options) {
    return DriverConnection.open(Check.notNull(options, "options"), () -> {}).root();
  }

  /**
   * A cluster within this program, for tests and first steps: as many members with two slots each, on the loopback address, with a
   * secret of their own. Takes a second or two; closing the pool ends them.
   */
  public static ClusterExecutor embedded(int members) {
    return embedded(members, SLOTS);
  }

  /** A cluster within this program, whose members have as many slots each. */
  public static ClusterExecutor embedded(int members, int slots) {
    ClusterOptions cluster = ClusterOptions.of(ClusterSecret.random());
    return embedded(members, NodeOptions.of(cluster).withSlots(slots), DriverOptions.of(cluster).withSharedClasses());
  }

  /**
   * A cluster within this program.
   *
   * @param node the options of each member, whose cluster is that of the driver
   */
  public static ClusterExecutor embedded(int members, NodeOptions node, DriverOptions driver) {
    Check.positive(members, "members", "a cluster has at least one that runs tasks");
    return Embedded.open(members, Check.notNull(node, "node"), Check.notNull(driver, "driver"));
  }
}
