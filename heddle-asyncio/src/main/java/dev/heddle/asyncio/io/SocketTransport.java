package dev.heddle.asyncio.io;

import dev.heddle.asyncio.diagnostics.OpenStreams;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.TaskHost;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A TCP or Unix domain socket on the loop's selector. */
final class SocketTransport extends Transport {
  private final SocketChannel channel;
  private final SelectionKey key;
  private final String kind;

  /** Where it is known as open; null unless in debug mode. */
  private final @Nullable OpenStreams open;

  /** Whether the connection is still being made: then the wish to read waits for that. */
  private boolean connecting;

  /**
   * Whether the last read has taken all that was there. Then the selector tells when there is more, and no call of the
   * system is spent on asking.
   */
  private boolean drained;

  SocketTransport(TaskHost host, SocketChannel channel, String kind) throws IOException {
    this.channel = channel;
    this.kind = kind;
    this.key = host.scheduler().poller().register(channel, this::ready);
    this.open = host.openStreams();
    if (open != null) {
      LoopTask<?> task = host.currentTask();
      open.opened(this, task == null ? "(none)" : task.name());
    }
    if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
  }

  private void ready(SelectionKey ready) {
    int operations = ready.readyOps();
    boolean readable = (operations & (SelectionKey.OP_READ | SelectionKey.OP_CONNECT)) != 0;
    if (readable) {
      drained = false;
    }
    tell(
        readable,
        (operations & SelectionKey.OP_WRITE) != 0);
  }

  SocketChannel channel() {
    return channel;
  }

  /** Begins to connect; returns whether it is connected already. */
  boolean connect(SocketAddress address) throws IOException {
    connecting = !channel.connect(address);
    return !connecting;
  }

  /** Ends connecting if that is possible now; returns whether it is connected. */
  boolean finishConnect() throws IOException {
    if (!channel.finishConnect()) {
      return false;
    }
    connecting = false;
    return true;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (drained) {
      return 0;
    }
    int room = into.remaining();
    int read = channel.read(into);
    drained = read >= 0 && read < room;
    return read;
  }

  @Override
  public long write(ByteBuffer[] from, int count) throws IOException {
    return count == 1 ? channel.write(from[0]) : channel.write(from, 0, count);
  }

  @Override
  public boolean endOutput() throws IOException {
    channel.shutdownOutput();
    return true;
  }

  @Override
  public void interest(boolean read, boolean write) {
    if (key.isValid()) {
      int wanted = (read ? (connecting ? SelectionKey.OP_CONNECT : SelectionKey.OP_READ) : 0)
          | (write ? SelectionKey.OP_WRITE : 0);
      if (key.interestOps() != wanted) {
        key.interestOps(wanted);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.closed(this);
    }
    channel.close();
  }

  @Override
  public void reset() throws IOException {
    if (channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
  }

  @Override
  public SocketAddress localAddress() throws IOException {
    return channel.getLocalAddress();
  }

  @Override
  public @Nullable SocketAddress remoteAddress() throws IOException {
    try {
      return channel.getRemoteAddress();
    } catch (ClosedChannelException e) {
      return null;
    }
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public String toString() {
    return describe(!channel.isOpen(), false);
  }
}
