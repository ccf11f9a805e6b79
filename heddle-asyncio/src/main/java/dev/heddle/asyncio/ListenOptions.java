package dev.heddle.asyncio;

import dev.heddle.base.Check;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of a server. Immutable. The defaults bound what silent, slow and too many peers can cost.
 *
 * @param addresses where to listen: TCP and Unix domain addresses; none for a server that is only connected to in memory
 * @param tls the connections speak TLS with these options; null means that they do not
 * @param backlog how many connections the system keeps for the server until it accepts them
 * @param reuseAddress whether a TCP port can be taken again at once after a server on it has ended
 * @param replaceStale whether the file of a Unix domain socket that an ended server has left is replaced
 * @param maxConnections how many connections may be open; while there are so many, no other is accepted
 * @param firstRead how long the handler's first read may take in all, by the loop's clock; zero is no limit
 * @param idle how long each later read, and each drain, may take in all; zero is no limit. A line that a peer sends a byte
 *     at a time has to be complete within this time
 */
public record ListenOptions(
    List<SocketAddress> addresses,
    @Nullable TlsOptions tls,
    int backlog,
    boolean reuseAddress,
    boolean replaceStale,
    int maxConnections,
    Duration firstRead,
    Duration idle) {
  private static final ListenOptions DEFAULTS = new ListenOptions(List.of(), null, 1024, true, false, 10_000,
      Duration.ofSeconds(30),
      Duration.ofMinutes(10));

  /** Checks the values. */
  public ListenOptions {
    addresses = Check.copy(addresses, "addresses");
    for (SocketAddress each : addresses) {
      if (!(each instanceof InetSocketAddress || each instanceof UnixDomainSocketAddress)) {
        throw new IllegalArgumentException(
            "addresses must be InetSocketAddress or UnixDomainSocketAddress, but one is " + each);
      }
      if (each instanceof InetSocketAddress inet && inet.isUnresolved()) {
        throw new IllegalArgumentException(
            "the host name of " + each + " is not resolved; make the address of a name that exists, outside the loop or in"
                + " Asyncio.toThread");
      }
    }
    Check.positive(backlog, "backlog", "1024 is usual");
    Check.positive(maxConnections, "maxConnections", "10,000 is the default");
    Check.notNegative(firstRead, "firstRead", "zero is no limit");
    Check.notNegative(idle, "idle", "zero is no limit");
  }

  /** Returns the defaults with addresses: at most 10,000 connections, 30 s for the first read, 10 min for later ones. */
  public static ListenOptions at(SocketAddress... addresses) {
    return new ListenOptions(List.of(addresses), null, DEFAULTS.backlog, DEFAULTS.reuseAddress, DEFAULTS.replaceStale,
        DEFAULTS.maxConnections, DEFAULTS.firstRead, DEFAULTS.idle);
  }

  /** Returns the defaults with a TCP port of all addresses of this machine; port 0 takes any free one. */
  public static ListenOptions at(int port) {
    return at(new InetSocketAddress(port));
  }

  /** Returns the defaults with a Unix domain socket, whose file the server makes and deletes. */
  public static ListenOptions at(Path path) {
    return at(UnixDomainSocketAddress.of(path));
  }

  /** Returns the defaults without an address: {@link StreamServer#connectInMemory} is the only way to connect. */
  public static ListenOptions inMemory() {
    return DEFAULTS;
  }

  /** Returns these options with TLS. */
  public ListenOptions withTls(TlsOptions tls) {
    return new ListenOptions(addresses, Check.notNull(tls, "tls"), backlog, reuseAddress, replaceStale, maxConnections,
        firstRead, idle);
  }

  /** Returns these options with another backlog. */
  public ListenOptions withBacklog(int backlog) {
    return new ListenOptions(addresses, tls, backlog, reuseAddress, replaceStale, maxConnections, firstRead, idle);
  }

  /** Returns these options with or without the reuse of TCP ports. */
  public ListenOptions withReuseAddress(boolean reuseAddress) {
    return new ListenOptions(addresses, tls, backlog, reuseAddress, replaceStale, maxConnections, firstRead, idle);
  }

  /** Returns these options with or without the replacement of Unix domain sockets that ended servers have left. */
  public ListenOptions withReplaceStale(boolean replaceStale) {
    return new ListenOptions(addresses, tls, backlog, reuseAddress, replaceStale, maxConnections, firstRead, idle);
  }

  /** Returns these options with another limit on open connections. */
  public ListenOptions withMaxConnections(int maxConnections) {
    return new ListenOptions(addresses, tls, backlog, reuseAddress, replaceStale, maxConnections, firstRead, idle);
  }

  /** Returns these options with another limit on the first read. */
  public ListenOptions withFirstRead(Duration firstRead) {
    return new ListenOptions(addresses, tls, backlog, reuseAddress, replaceStale, maxConnections, firstRead, idle);
  }

  /** Returns these options with another limit on later reads and on drains. */
  public ListenOptions withIdle(Duration idle) {
    return new ListenOptions(addresses, tls, backlog, reuseAddress, replaceStale, maxConnections, firstRead, idle);
  }
}
