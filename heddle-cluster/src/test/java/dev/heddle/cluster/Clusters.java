package dev.heddle.cluster;

import java.time.Duration;

/** Clusters over a {@link LocalNetwork}, for tests. */
final class Clusters implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(60);

  final LocalNetwork network = new LocalNetwork();
  final ClusterOptions options;

  Clusters() {
    this(ClusterSecret.random());
  }

  Clusters(ClusterSecret secret) {
    options = ClusterOptions.of(secret).withEngine(network);
  }

  ClusterNode node(int slots, String... labels) {
    return ClusterNode.start(NodeOptions.of(options).withSlots(slots).withLabels(labels));
  }

  ClusterExecutor driver() {
    return ClusterPool.connect(driverOptions());
  }

  DriverOptions driverOptions() {
    return DriverOptions.of(options).withPatience(Duration.ofSeconds(20));
  }

  /** Ends what a test has left. */
  @Override
  public void close() {
    network.members.values().forEach(LocalNetwork.Member::close);
  }
}
