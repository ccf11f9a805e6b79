package dev.heddle.asyncio.io;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.ByteStream;
import dev.heddle.asyncio.CancelPolicy;
import dev.heddle.asyncio.Task;
import dev.heddle.asyncio.TcpStream;
import dev.heddle.asyncio.Waited;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.base.Check;
import dev.heddle.futures.ReturnWhen;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens a connection to a host by name: tries its addresses in turn, alternating between the address families, and starts
 * the next attempt when one fails or after a quarter of a second. The first connection is used; the other attempts are
 * cancelled.
 *
 * <p>Origin: Happy Eyeballs (RFC 8305).
 */
public final class Connector {
  /** RFC 8305 recommends 250 ms between two attempts. */
  private static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);

  private Connector() {}

  /** See {@link TcpStream#connect}. */
  public static Async<TcpStream> connect(String host, int port) {
    Check.notNull(host, "host");
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 1 to 65535, but was " + port);
    }
    return Async.of(
        OwnLookup.HERE,
        a -> {
          InetAddress literal = literal(host);
          if (literal != null) {
            return a.await(SocketStream.open(new InetSocketAddress(literal, port)));
          }
          // the system's look-up cannot be interrupted, and a time-out must not wait for it
          InetAddress[] found = a.await(Asyncio.toThread(CancelPolicy.ABANDON, () -> InetAddress.getAllByName(host)));
          if (found.length == 1) {
            return a.await(SocketStream.open(new InetSocketAddress(found[0], port)));
          }
          return a.await(race(host, port, alternating(List.of(found))));
        });
  }

  /** See {@link ByteStream#connectUnix}. */
  public static Async<ByteStream> connectUnix(Path path) {
    Check.notNull(path, "path");
    return Async.of(OwnLookup.HERE, a -> a.await(SocketStream.openUnix(path)));
  }

  private static @Nullable InetAddress literal(String host) {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return null; // a name
    }
  }

  /** The addresses in their order, but of the two families in turn as long as there are both. */
  static List<InetAddress> alternating(List<InetAddress> addresses) {
    Class<?> family = addresses.getFirst().getClass();
    List<InetAddress> first = new ArrayList<>(addresses.stream().filter(each -> each.getClass() == family).toList());
    List<InetAddress> second = new ArrayList<>(addresses.stream().filter(each -> each.getClass() != family).toList());
    List<InetAddress> all = new ArrayList<>();
    while (!first.isEmpty() || !second.isEmpty()) {
      if (!first.isEmpty()) {
        all.add(first.removeFirst());
      }
      if (!second.isEmpty()) {
        all.add(second.removeFirst());
      }
    }
    return all;
  }

  /** Aborts a connection that was made although it is not needed any more. */
  private static void discard(Task<SocketStream> attempt) {
    if (!attempt.isCancelled() && attempt.exception() == null) {
      attempt.result().abort();
    }
  }

  private static Async<SocketStream> race(String host, int port, List<InetAddress> addresses) {
    return Async.of(
        OwnLookup.HERE,
        a -> {
          List<Task<SocketStream>> attempts = new ArrayList<>();
          List<Throwable> failures = new ArrayList<>();
          SocketStream connected = null;
          int next = 0;
          try {
            while (connected == null && (next < addresses.size() || !attempts.isEmpty())) {
              if (next < addresses.size()) {
                InetAddress address = addresses.get(next++);
                attempts.add(
                    Asyncio.createTask("connect-" + address.getHostAddress(),
                        SocketStream.open(new InetSocketAddress(address, port))));
              }
              Waited<SocketStream> ended = a.await(
                  next < addresses.size()
                      ? Asyncio.wait(attempts, ReturnWhen.FIRST_COMPLETED, ATTEMPT_DELAY)
                      : Asyncio.wait(attempts, ReturnWhen.FIRST_COMPLETED));
              for (Task<SocketStream> each : ended.done()) {
                Throwable failure = each.exception();
                if (failure == null && connected == null) {
                  connected = each.result();
                  attempts.remove(each);
                } else if (failure != null) {
                  failures.add(failure);
                  attempts.remove(each);
                }
              }
            }
          } finally {
            for (Task<SocketStream> each : attempts) {
              each.cancel("another address was faster");
              each.addDoneCallback(Connector::discard);
            }
          }
          if (connected == null) {
            ConnectException none = new ConnectException(
                "no address of " + host + " accepts a connection to port " + port + "; tried " + addresses);
            failures.forEach(none::addSuppressed);
            throw none;
          }
          return connected;
        });
  }
}
