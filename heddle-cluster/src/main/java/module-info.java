/** The cluster pool: tasks on several machines behind the executor contract. Optional: it brings Hazelcast along. */
@SuppressWarnings("requires-automatic") // Hazelcast's jar has a name for the module path, and no descriptor
module dev.heddle.cluster {
  requires static transitive org.jspecify;
  requires com.hazelcast.core;
  requires dev.heddle.base;
  requires dev.heddle.codec;
  requires dev.heddle.dispatch;
  requires transitive dev.heddle.futures;
  requires transitive dev.heddle.timeline;
  requires java.logging; // Hazelcast's one warning about missing options is kept off a user's screen
  requires jdk.jfr;

  exports dev.heddle.cluster;
  exports dev.heddle.cluster.spi;

  opens dev.heddle.cluster to
      dev.heddle.codec; // handles that tasks capture
  opens dev.heddle.cluster.pool to
      dev.heddle.codec; // the lambda that keeps a result
}
