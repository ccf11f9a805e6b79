package dev.heddle.asyncio.io;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.TcpStream;
import dev.heddle.asyncio.task.AsyncCoroutine;
import dev.heddle.asyncio.task.CompletedOperation;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.asyncio.task.TaskHost;
import dev.heddle.base.Check;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A TCP connection; Unix domain connections are plain streams over the same transport. */
public final class SocketStream extends LoopStream implements TcpStream {
  private final SocketTransport socket;

  private SocketStream(TaskHost host, SocketTransport transport) {
    super(host, transport);
    this.socket = transport;
  }

  @Override
  public <T> TcpStream setOption(SocketOption<T> option, T value) throws IOException {
    socket.channel().setOption(Check.<SocketOption<T>>notNull(option, "option"), value);
    return this;
  }

  @Override
  public <T extends @Nullable Object> T getOption(SocketOption<T> option) throws IOException {
    return socket.channel().getOption(Check.<SocketOption<T>>notNull(option, "option"));
  }

  /** A stream over an accepted connection: of this class for TCP. */
  public static LoopStream accepted(TaskHost host, SocketChannel channel) throws IOException {
    return channel.getLocalAddress() instanceof UnixDomainSocketAddress
        ? new LoopStream(host, new SocketTransport(host, channel, "UnixStream"))
        : new SocketStream(host, new SocketTransport(host, channel, "TcpStream"));
  }

  /** Opens a TCP connection to one address. */
  static AsyncCoroutine<SocketStream> open(InetSocketAddress address) {
    return AsyncCoroutine.of(
        OwnLookup.HERE,
        a -> {
          TaskHost host = TaskHost.require();
          SocketTransport transport = transport(host, SocketChannel.open(), "TcpStream");
          try {
            SocketStream stream = new SocketStream(host, transport);
            a.await(connected(stream, transport, address));
            return stream;
          } catch (Throwable t) {
            transport.close();
            throw t;
          }
        });
  }

  private static SocketTransport transport(TaskHost host, SocketChannel channel, String kind) throws IOException {
    try {
      return new SocketTransport(host, channel, kind);
    } catch (Throwable t) { // such as of a loop in virtual time
      channel.close();
      throw t;
    }
  }

  /** Opens a Unix domain connection. */
  static AsyncCoroutine<LoopStream> openUnix(Path path) {
    return AsyncCoroutine.of(
        OwnLookup.HERE,
        a -> {
          TaskHost host = TaskHost.require();
          SocketTransport transport = transport(host, SocketChannel.open(StandardProtocolFamily.UNIX), "UnixStream");
          try {
            LoopStream stream = new LoopStream(host, transport);
            a.await(connected(stream, transport, UnixPaths.address(path)));
            return stream;
          } catch (SocketException e) {
            transport.close();
            throw UnixPaths.explained(e, path);
          } catch (Throwable t) {
            transport.close();
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
