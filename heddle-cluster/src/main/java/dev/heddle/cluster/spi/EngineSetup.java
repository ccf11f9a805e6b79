package dev.heddle.cluster.spi;

import dev.heddle.base.Check;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an engine. Immutable.
 *
 * @param cluster the cluster's name; members of others are not found
 * @param worker whether this member runs tasks; drivers do not
 * @param host the address to listen at
 * @param port the port to listen at; 0 for a free one
 * @param members where other members may listen, as {@code host:port}
 * @param config a configuration of the engine's own, for what is not said here, such as discovery; null for none
 * @param maxMessage the limit of a message, in bytes
 * @param maxCalls how many tasks may be under way in this member, the waiting ones included
 * @param heartbeat after how long a member that does not answer is taken for lost
 */
public record EngineSetup(
    String cluster,
    boolean worker,
    String host,
    int port,
    List<String> members,
    @Nullable Path config,
    int maxMessage,
    int maxCalls,
    Duration heartbeat) {

  /** Checks the values. */
  public EngineSetup {
    Check.notBlank(cluster, "cluster", "members find each other by it");
    Check.notBlank(host, "host", "127.0.0.1 is this machine alone");
    members = Check.copy(members, "members");
  }
}
