package dev.heddle.cluster.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.spi.ClusterEngine;
import dev.heddle.cluster.spi.EngineSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Makes Hazelcast's configuration from an engine's settings. */
final class MemberConfig {
  private static final int CONTROL_THREADS = 16;
  private static final int CONTROL_QUEUE = 10_000;
  private static final int MESSAGE_OVERHEAD = 1 << 10;

  /** What is not a matter of taste: other values break promises of docs/cluster.md. */
  private static final Map<String, String> FIXED = Map.of(
      "hazelcast.phone.home.enabled", "false",
      "hazelcast.shutdownhook.enabled", "false", // who closes the pool or node decides on the order
      "hazelcast.rest.enabled", "false",
      "hazelcast.memcache.enabled", "false",
      "hazelcast.socket.bind.any", "false"); // else it listens at every address, whatever is configured

  /** What a user's configuration may say otherwise: short waits to join and to notice a loss, and few threads. */
  private static final Map<String, String> DEFAULTS = Map.ofEntries(
      Map.entry("hazelcast.logging.type", "none"), // its warnings are the daily life of a cluster; Heddle tells what concerns users
      Map.entry("hazelcast.wait.seconds.before.join", "0"),
      Map.entry("hazelcast.initial.wait.seconds", "0"),
      Map.entry("hazelcast.max.wait.seconds.before.join", "2"),
      Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
      Map.entry("hazelcast.merge.first.run.delay.seconds", "10"),
      Map.entry("hazelcast.merge.next.run.delay.seconds", "10"),
      Map.entry("hazelcast.partition.count", "3"), // nothing is partitioned here
      Map.entry("hazelcast.partition.operation.thread.count", "2"),
      Map.entry("hazelcast.operation.generic.thread.count", "2"),
      Map.entry("hazelcast.io.thread.count", "2"),
      Map.entry("hazelcast.operation.response.thread.count", "0"), // the thread that reads an answer tells it, without a wake-up more
      Map.entry("hazelcast.event.thread.count", "1"),
      Map.entry("hazelcast.client.engine.thread.count", "1"),
      Map.entry("hazelcast.client.engine.query.thread.count", "1"),
      Map.entry("hazelcast.client.engine.blocking.thread.count", "1"));

  private MemberConfig() {}

  static Config of(EngineSetup setup) {
    Path file = setup.config();
    Config config = file == null ? new Config() : read(file);
    config.setClusterName(setup.cluster());
    config.setLiteMember(!setup.worker());
    DEFAULTS.forEach((key, value) -> setIfAbsent(config, key, value));
    setIfAbsent(config, "hazelcast.max.no.heartbeat.seconds", String.valueOf(Math.max(1, setup.heartbeat().toSeconds())));
    FIXED.forEach(config::setProperty);
    listen(config, setup, file == null);
    close(config, setup.maxMessage());
    config.addExecutorConfig(executor(ClusterEngine.Lane.TASK, setup.maxCalls(), setup.maxCalls()));
    config.addExecutorConfig(executor(ClusterEngine.Lane.CONTROL, CONTROL_THREADS, CONTROL_QUEUE));
    return config;
  }

  private static Config read(Path file) {
    try {
      return Config.loadFromFile(file.toFile());
    } catch (IOException | RuntimeException e) {
      throw new ClusterException(
          "the configuration of Hazelcast in '" + file + "' cannot be used: " + e.getMessage()
              + "; it must be a readable YAML or XML file as Hazelcast 5.7 documents it",
          e);
    }
  }

  private static void setIfAbsent(Config config, String key, String value) {
    if (config.getProperty(key) == null && System.getProperty(key) == null) {
      config.setProperty(key, value);
    }
  }

  private static void listen(Config config, EngineSetup setup, boolean joinsByList) {
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(setup.port()).setPortAutoIncrement(false).setReuseAddress(true);
    network.getInterfaces().clear().setEnabled(true).addInterface(setup.host());
    JoinConfig join = network.getJoin();
    join.getMulticastConfig().setEnabled(false);
    if (joinsByList || !setup.members().isEmpty()) {
      join.getAutoDetectionConfig().setEnabled(false);
      join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(2);
      setup.members().forEach(join.getTcpIpConfig()::addMember);
    }
  }

  /** Closes Java serialization for all classes, so that only envelopes are read; and what else a stranger could use. */
  private static void close(Config config, int maxMessage) {
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig().setDefaultsDisabled(true);
    filter.getBlacklist().addPrefixes("");
    config.getSerializationConfig()
        .setJavaSerializationFilterConfig(filter)
        .setCheckClassDefErrors(true)
        .addDataSerializableFactory(Envelope.FACTORY, id -> {
          if (id != Envelope.ID) {
            throw new IllegalArgumentException("there is no type " + id + " in this cluster");
          }
          return new Envelope(maxMessage + MESSAGE_OVERHEAD);
        });
    config.getJetConfig().setEnabled(false);
    config.getMetricsConfig().setEnabled(false);
  }

  private static ExecutorConfig executor(ClusterEngine.Lane lane, int threads, int queue) {
    return new ExecutorConfig(name(lane)).setPoolSize(threads).setQueueCapacity(queue).setStatisticsEnabled(false);
  }

  /** The name of the executor of a lane. */
  static String name(ClusterEngine.Lane lane) {
    return "heddle-" + lane.name().toLowerCase(Locale.ROOT);
  }
}
