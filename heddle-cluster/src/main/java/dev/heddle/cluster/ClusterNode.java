package dev.heddle.cluster;

import dev.heddle.base.Check;
import dev.heddle.cluster.node.NodeService;
import java.time.Duration;
import java.util.List;

/**
 * A member of a cluster that runs tasks of the drivers that know the secret.
 *
 * <p>Each task runs on a thread of its own, as many at once as the node has slots; several drivers take turns. A task is
 * interrupted when it is cancelled, when its time is over, and when its driver has left the cluster or is lost. Thread-safe.
 */
public final class ClusterNode implements AutoCloseable {
  private final NodeService service;

  private ClusterNode(NodeService service) {
    this.service = service;
  }

  /**
   * Joins a cluster, or begins one; blocks until this node is a member, some seconds at the most.
   *
   * @throws ClusterException if the address cannot be used, or the cluster refuses this member
   */
  public static ClusterNode start(NodeOptions options) {
    return new ClusterNode(NodeService.start(Check.notNull(options, "options")));
  }

  /** Returns where it listens, as {@code host:port}: what other members join. */
  public String address() {
    return service.address();
  }

  /** Returns where the other members listen that it sees now, drivers among them. */
  public List<String> peers() {
    return service.peers();
  }

  /**
   * Takes no more tasks, and waits until those it has are done: before the node is replaced by a newer one, say. Drivers send
   * what comes to other members.
   *
   * @return whether all were done in that time
   */
  public boolean drain(Duration timeout) throws InterruptedException {
    return service.drain(Check.timeout(timeout));
  }

  /** Leaves the cluster at once; tasks that run are interrupted, and lost for their drivers. Idempotent. */
  @Override
  public void close() {
    service.close();
  }

  @Override
  public String toString() {
    return "node at " + address();
  }
}
