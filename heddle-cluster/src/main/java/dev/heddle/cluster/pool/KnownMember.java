package dev.heddle.cluster.pool;

import dev.heddle.cluster.Placement;
import dev.heddle.cluster.spi.ClusterEngine;
import dev.heddle.cluster.wire.Description;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A member that runs tasks, as the driver knows it. Thread-safe. */
final class KnownMember {
  private final ClusterEngine.Peer peer;
  private final Description description;
  private final Set<String> labels;
  private final Set<Integer> defined = ConcurrentHashMap.newKeySet(); // the sites that it has for certain
  private volatile boolean draining;

  KnownMember(ClusterEngine.Peer peer, Description description) {
    this.peer = peer;
    this.description = description;
    this.labels = Set.copyOf(description.labels());
    this.draining = description.draining();
  }

  ClusterEngine.Peer peer() {
    return peer;
  }

  Description description() {
    return description;
  }

  Set<String> labels() {
    return labels;
  }

  boolean isDraining() {
    return draining;
  }

  void drain() {
    draining = true;
  }

  boolean knows(int site) {
    return defined.contains(site);
  }

  void hasLearnt(int site) {
    defined.add(site);
  }

  /** How many tasks of such a placement it can run at once; 0 if none. */
  int seats(Placement placement) {
    return draining || !labels.containsAll(placement.labels()) ? 0 : description.slots() / placement.slots();
  }

  @Override
  public String toString() {
    return peer.address();
  }
}
