package dev.heddle.asyncio.io.server;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.ByteStream;
import dev.heddle.asyncio.ListenOptions;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.TcpServer;
import dev.heddle.asyncio.TcpStream;
import dev.heddle.asyncio.task.TaskHost;
import dev.heddle.base.Check;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.function.Function;

/** A server at one TCP address. */
public final class TcpLoopServer extends LoopServer implements TcpServer {
  private TcpLoopServer(TaskHost host, ListenOptions options, Function<? super TcpStream, ? extends Async<?>> handler) {
    super(host, options, stream -> handler.apply((TcpStream) stream));
  }

  /** See {@link TcpServer#listen}. */
  public static TcpLoopServer listen(InetSocketAddress address, Function<? super TcpStream, ? extends Async<?>> handler)
      throws IOException {
    Check.notNull(address, "address");
    TcpLoopServer server = new TcpLoopServer(TaskHost.require(), ListenOptions.at(address),
        Check.notNull(handler, "handler"));
    server.listen();
    return server;
  }

  @Override
  public ByteStream connectInMemory() {
    throw new LoopStateException(
        "the handler of a TcpServer takes TCP streams only; use StreamServer.listen, whose handler takes any ByteStream");
  }

  @Override
  public int port() throws IOException {
    if (addresses().isEmpty()) {
      throw new ClosedChannelException();
    }
    return ((InetSocketAddress) addresses().getFirst()).getPort();
  }

  @Override
  public List<TcpStream> connections() {
    return super.connections().stream().map(TcpStream.class::cast).toList();
  }
}
