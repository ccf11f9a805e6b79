package dev.heddle.asyncio.io;

import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.Datagram;
import dev.heddle.asyncio.DatagramEndpoint;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.task.TaskHost;
import dev.heddle.base.Check;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A UDP socket on the loop's selector, and the operations that wait for it. */
public final class LoopDatagramEndpoint implements DatagramEndpoint {
  /** The most that a UDP packet of IPv4 can carry. */
  static final int MAX_DATA = 65_507;

  final TaskHost host;
  private final DatagramChannel channel;
  private final SelectionKey key;
  private final @Nullable InetSocketAddress remote;
  private final Set<DatagramOperation<?>> senders = new LinkedHashSet<>();
  private @Nullable DatagramOperation<?> receiver;
  private @Nullable ByteBuffer buffer;

  private LoopDatagramEndpoint(TaskHost host, DatagramChannel channel, @Nullable InetSocketAddress remote)
      throws IOException {
    this.host = host;
    this.channel = channel;
    this.remote = remote;
    this.key = host.scheduler().poller().register(channel, this::ready);
  }

  /** See {@link DatagramEndpoint#bind}. */
  public static LoopDatagramEndpoint bind(InetSocketAddress local) throws IOException {
    return open(Check.notNull(local, "local"), null);
  }

  /** See {@link DatagramEndpoint#connect}. */
  public static LoopDatagramEndpoint connect(InetSocketAddress remote) throws IOException {
    return open(null, Check.notNull(remote, "remote"));
  }

  private static LoopDatagramEndpoint open(@Nullable InetSocketAddress local, @Nullable InetSocketAddress remote)
      throws IOException {
    TaskHost host = TaskHost.require();
    host.scheduler().poller(); // refuses virtual time before anything is opened
    DatagramChannel channel = DatagramChannel.open();
    try {
      if (local != null) {
        channel.bind(resolved(local));
      }
      if (remote != null) {
        channel.connect(resolved(remote));
      }
      return new LoopDatagramEndpoint(host, channel, remote);
    } catch (BindException e) {
      channel.close();
      BindException named = new BindException(e.getMessage() + ": " + (local == null ? remote : local));
      named.initCause(e);
      throw named;
    } catch (Throwable t) {
      channel.close();
      throw t;
    }
  }

  /** Checks that an address has been resolved, since the look-up of a name would block the loop. */
  static InetSocketAddress resolved(InetSocketAddress address) throws UnknownHostException {
    if (address.isUnresolved()) {
      throw new UnknownHostException(
          "the address " + address + " is not resolved: its host is unknown, or was not looked up; make the address with"
              + " a.await(Asyncio.toThread(() -> new InetSocketAddress(host, port))), since a look-up blocks");
    }
    return address;
  }

  private void ready(SelectionKey ready) {
    DatagramOperation<?> waiting = receiver;
    if (ready.isReadable() && waiting != null && waiting.proceed()) {
      receiver = null;
    }
    if (ready.isValid() && ready.isWritable()) {
      for (DatagramOperation<?> each : List.copyOf(senders)) {
        if (!each.proceed()) {
          break;
        }
        senders.remove(each);
      }
    }
    updateInterest();
  }

  private void updateInterest() {
    if (key.isValid()) {
      key.interestOps((receiver == null ? 0 : SelectionKey.OP_READ) | (senders.isEmpty() ? 0 : SelectionKey.OP_WRITE));
    }
  }

  @Override
  public Awaitable<Datagram> receive() {
    return new DatagramOperation<Datagram>(this, "receiving a datagram") {
      @Override
      @Nullable
      Object attempt() throws IOException {
        return received();
      }

      @Override
      void checkAlone() {
        if (receiver != null) {
          throw new LoopStateException(
              "another task is receiving on " + LoopDatagramEndpoint.this + "; only one task at a time may");
        }
      }

      @Override
      void waits(boolean waiting) {
        receiver = waiting ? this : null;
        updateInterest();
      }
    };
  }

  private @Nullable Object received() throws IOException {
    ByteBuffer into = buffer;
    if (into == null) {
      into = ByteBuffer.allocateDirect(65_536);
      buffer = into;
    }
    SocketAddress sender = channel.receive(into.clear());
    if (sender == null) {
      return DatagramOperation.PENDING;
    }
    byte[] data = new byte[into.flip().remaining()];
    into.get(data);
    return new Datagram(data, (InetSocketAddress) sender);
  }

  @Override
  public Awaitable<@Nullable Void> send(byte[] data, InetSocketAddress to) {
    Check.notNull(to, "to");
    if (remote != null && !remote.equals(to)) {
      throw new LoopStateException(
          this + " is connected, and cannot send to " + to + "; use an endpoint of DatagramEndpoint.bind");
    }
    return sending(data, to);
  }

  @Override
  public Awaitable<@Nullable Void> send(byte[] data) {
    InetSocketAddress to = remote;
    if (to == null) {
      throw new LoopStateException(this + " is not connected; pass the address to send to, or use DatagramEndpoint.connect");
    }
    return sending(data, to);
  }

  private Awaitable<@Nullable Void> sending(byte[] data, InetSocketAddress to) {
    if (Check.notNull(data, "data").length > MAX_DATA) {
      throw new IllegalArgumentException(
          "data must have at most " + MAX_DATA + " bytes, which is the most that UDP can carry, but had " + data.length
              + "; send it in parts, or use a stream");
    }
    if (data.length == 0 && remote != null) {
      throw new IllegalArgumentException(
          "data must not be empty: the JDK sends no empty message on a connected socket; use an endpoint of DatagramEndpoint.bind");
    }
    ByteBuffer message = ByteBuffer.wrap(data.clone());
    return new DatagramOperation<@Nullable Void>(this, "sending a datagram") {
      @Override
      @Nullable
      Object attempt() throws IOException {
        boolean sent = channel.send(message, resolved(to)) > 0 || message.limit() == 0;
        return sent ? null : PENDING;
      }

      @Override
      void waits(boolean waiting) {
        if (waiting) {
          senders.add(this);
        } else {
          senders.remove(this);
        }
        updateInterest();
      }
    };
  }

  @Override
  public <T> DatagramEndpoint setOption(SocketOption<T> option, T value) throws IOException {
    channel.setOption(Check.<SocketOption<T>>notNull(option, "option"), value);
    return this;
  }

  @Override
  public InetSocketAddress localAddress() throws IOException {
    SocketAddress address = channel.getLocalAddress();
    if (address == null) {
      throw new ClosedChannelException();
    }
    return (InetSocketAddress) address;
  }

  @Override
  public @Nullable InetSocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public void close() {
    if (isClosed()) {
      return;
    }
    host.scheduler().checkInside("DatagramEndpoint.close");
    try {
      channel.close();
      host.scheduler().poller().release();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("closing " + this + " failed", e);
    }
    buffer = null;
    DatagramOperation<?> waiting = receiver;
    receiver = null;
    List<DatagramOperation<?>> sending = List.copyOf(senders);
    senders.clear();
    if (waiting != null) {
      waiting.fail(new ClosedChannelException());
    }
    sending.forEach(each -> each.fail(new ClosedChannelException()));
  }

  @Override
  public String toString() {
    try {
      return "<DatagramEndpoint " + (isClosed() ? "closed" : channel.getLocalAddress()) + ">";
    } catch (IOException e) {
      return "<DatagramEndpoint closed>";
    }
  }
}
