package dev.heddle.asyncio.io;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.TcpStream;
import dev.heddle.asyncio.task.AsyncCoroutine;
import dev.heddle.asyncio.task.CompletedOperation;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.asyncio.task.TaskHost;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A TCP connection; Unix domain connections are plain streams over the same transport. */
public final class SocketStream extends LoopStream implements TcpStream {
  private SocketStream(TaskHost host, SocketTransport transport) {
    super(host, transport);
  }

  /** A stream over an accepted connection: of this class for TCP. */
  public static LoopStream accepted(TaskHost host, SocketChannel channel) throws IOException {
    return channel.getLocalAddress() instanceof UnixDomainSocketAddress
        ? new LoopStream(host, new SocketTransport(host.scheduler().poller(), channel, "UnixStream"))
        : new SocketStream(host, new SocketTransport(host.scheduler().poller(), channel, "TcpStream"));
  }

  /** Opens a TCP connection to one address. */
  static AsyncCoroutine<SocketStream> open(InetSocketAddress address) {
    return AsyncCoroutine.of(
        OwnLookup.HERE,
        a -> {
          SocketChannel channel = SocketChannel.open();
          try {
            TaskHost host = TaskHost.require();
            SocketTransport transport = new SocketTransport(host.scheduler().poller(), channel, "TcpStream");
            SocketStream stream = new SocketStream(host, transport);
            a.await(connected(stream, transport, address));
            return stream;
          } catch (Throwable t) {
            channel.close();
            throw t;
          }
        });
  }

  /** Opens a Unix domain connection. */
  static AsyncCoroutine<LoopStream> openUnix(Path path) {
    return AsyncCoroutine.of(
        OwnLookup.HERE,
        a -> {
          SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
          try {
            TaskHost host = TaskHost.require();
            SocketTransport transport = new SocketTransport(host.scheduler().poller(), channel, "UnixStream");
            LoopStream stream = new LoopStream(host, transport);
            a.await(connected(stream, transport, UnixPaths.address(path)));
            return stream;
          } catch (SocketException e) {
            channel.close();
            throw UnixPaths.explained(e, path);
          } catch (Throwable t) {
            channel.close();
            throw t;
          }
        });
  }

  private static Awaitable<@Nullable Void> connected(LoopStream stream, SocketTransport transport, SocketAddress address)
      throws IOException {
    if (transport.connect(address)) {
      return new CompletedOperation<@Nullable Void>(null);
    }
    return new StreamRead<@Nullable Void>(stream, "connecting to " + address) {
      @Override
      protected @Nullable Object attempt() throws IOException {
        try {
          return transport.finishConnect() ? null : PENDING;
        } catch (ConnectException e) {
          ConnectException named = new ConnectException(e.getMessage() + ": " + address);
          named.initCause(e);
          throw named;
        }
      }
    };
  }
}
