package dev.heddle.cluster;

import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import dev.heddle.cluster.hazelcast.HazelcastEngine;
import dev.heddle.cluster.spi.EngineFactory;
import dev.heddle.cluster.spi.EngineSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a program in a cluster, be it a driver or a node: secret, addresses, limits. Immutable.
 *
 * <pre>{@code
 * ClusterOptions.of(ClusterSecret.ofFile(file)).withMembers("10.0.0.7:5701", "10.0.0.8:5701").withHost("10.0.0.9");
 * }</pre>
 *
 * @param secret what all members share
 * @param name the cluster's name; members of another name are not seen
 * @param host the address to listen at, which other members must reach; a loopback address is this machine alone
 * @param port the port to listen at; 0 for a free one
 * @param members where other members may listen, as {@code host:port}; none for the first member
 * @param hazelcast a configuration of Hazelcast's own, for discovery on Kubernetes, by DNS and the like; null for none. What keeps
 *     the cluster closed is set whatever it says
 * @param maxMessage the limit of one message, a task or a result, in bytes
 * @param heartbeat after how long a member that does not answer any more counts as lost, in whole seconds
 * @param engine what connects the members
 */
public record ClusterOptions(
    ClusterSecret secret,
    String name,
    String host,
    int port,
    List<String> members,
    @Nullable Path hazelcast,
    int maxMessage,
    Duration heartbeat,
    EngineFactory engine) {
  private static final int DEFAULT_MAX_MESSAGE = 64 << 20;
  private static final int MOST_MESSAGE = 1 << 30;
  private static final int MAX_PORT = 65_535;

  /** Checks the values. */
  public ClusterOptions {
    Check.notNull(secret, "secret");
    Check.notBlank(name, "name", "members find each other by it; leave it out for 'heddle'");
    Check.notBlank(host, "host", "127.0.0.1 is this machine alone");
    if (secret.isInsecure() && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "host must be a loopback address without a secret, but was '" + host
              + "': every machine that can reach it could run code here; give a secret (ClusterSecret.ofFile)");
    }
    checkPort(port, "port");
    members = Check.copy(members, "members");
    members.forEach(ClusterOptions::checkMember);
    if (new HashSet<>(members).size() < members.size()) {
      throw new IllegalArgumentException("members must be different, but were " + members + "; name each once");
    }
    Check.positive(maxMessage, "maxMessage", "it is a number of bytes");
    if (maxMessage > MOST_MESSAGE) {
      throw new IllegalArgumentException(
          "maxMessage must be at the most " + MOST_MESSAGE + " bytes, but was " + maxMessage
              + "; send large values in parts");
    }
    if (Check.positive(heartbeat, "heartbeat", "10 s is the default").toSeconds() < 2) {
      throw new IllegalArgumentException(
          "heartbeat must be at least 2 s, but was " + Describe.duration(heartbeat)
              + ": a member in a pause of its collector would count as lost");
    }
    Check.notNull(engine, "engine");
  }

  /** A cluster of the name 'heddle' on this machine, with 64 MiB a message and heartbeats of 10 s. */
  public static ClusterOptions of(ClusterSecret secret) {
    return new ClusterOptions(
        secret, "heddle", "127.0.0.1", 0, List.of(), null, DEFAULT_MAX_MESSAGE, Duration.ofSeconds(10),
        HazelcastEngine::open);
  }

  private static void checkPort(int port, String argument) {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException(argument + " must be from 0 to 65535, but was " + port + "; 0 takes a free one");
    }
  }

  private static void checkMember(String member) {
    int colon = Check.notBlank(member, "members", "each is host:port").lastIndexOf(':');
    try {
      int port = Integer.parseInt(member.substring(colon + 1));
      if (colon > 0 && port > 0 && port <= MAX_PORT) {
        return;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "members must be of the form host:port, but one was '" + member + "'; as 10.0.0.7:5701");
  }

  /** Whether an address is of this machine alone; names but 'localhost' are not looked up. */
  static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
  }

  /** These options with another name of the cluster. */
  public ClusterOptions withName(String name) {
    return new ClusterOptions(secret, name, host, port, members, hazelcast, maxMessage, heartbeat, engine);
  }

  /** These options with an address to listen at. */
  public ClusterOptions withHost(String host) {
    return new ClusterOptions(secret, name, host, port, members, hazelcast, maxMessage, heartbeat, engine);
  }

  /** These options with a port to listen at. */
  public ClusterOptions withPort(int port) {
    return new ClusterOptions(secret, name, host, port, members, hazelcast, maxMessage, heartbeat, engine);
  }

  /** These options with members to join. */
  public ClusterOptions withMembers(String... members) {
    return new ClusterOptions(secret, name, host, port, List.of(members), hazelcast, maxMessage, heartbeat, engine);
  }

  /** These options with a configuration file of Hazelcast. */
  public ClusterOptions withHazelcast(Path file) {
    return new ClusterOptions(
        secret, name, host, port, members, Check.notNull(file, "file"), maxMessage, heartbeat, engine);
  }

  /** These options with another limit of messages, in bytes; it must be the same on all members. */
  public ClusterOptions withMaxMessage(int bytes) {
    return new ClusterOptions(secret, name, host, port, members, hazelcast, bytes, heartbeat, engine);
  }

  /** These options with another time after which a silent member counts as lost. */
  public ClusterOptions withHeartbeat(Duration time) {
    return new ClusterOptions(secret, name, host, port, members, hazelcast, maxMessage, time, engine);
  }

  /** These options with another engine. */
  public ClusterOptions withEngine(EngineFactory factory) {
    return new ClusterOptions(secret, name, host, port, members, hazelcast, maxMessage, heartbeat, factory);
  }

  /**
   * The settings for the engine.
   *
   * @param worker whether this member runs tasks
   * @param maxCalls as {@link EngineSetup#maxCalls}
   */
  public EngineSetup setup(boolean worker, int maxCalls) {
    return new EngineSetup(name, worker, host, port, members, hazelcast, maxMessage, maxCalls, heartbeat);
  }
}
