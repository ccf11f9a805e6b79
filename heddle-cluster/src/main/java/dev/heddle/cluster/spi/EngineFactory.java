package dev.heddle.cluster.spi;

/** Makes members of a cluster by some engine; the one that comes with this module is that of ClusterOptions.of. */
@FunctionalInterface
public interface EngineFactory {

  /**
   * Joins a cluster, or begins one; blocks until this member has joined.
   *
   * @param handler is called from threads of the engine, perhaps before this method has returned
   * @throws RuntimeException if the address cannot be used or the cluster refuses this member
   */
  ClusterEngine open(EngineSetup setup, ClusterEngine.Handler handler);
}
