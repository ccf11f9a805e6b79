package dev.heddle.asyncio;

import dev.heddle.base.Check;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection whose reads and writes are awaited.
 *
 * <pre>{@code
 * try (TcpStream stream = a.await(TcpStream.connect("localhost", 7))) {
 *   stream.write("hello\n");
 *   String echo = a.await(stream.readLine());
 * }
 * }</pre>
 *
 * <p>One task at a time reads, and one at a time drains. A read that is cancelled has taken nothing. What is written goes out at
 * once as far as the network takes it, and later by itself; await {@link #drain()} after large or many writes, so that what has
 * not gone out does not pile up in memory. {@link #close()} does not wait either; await {@link #closed()} to know that all has
 * gone out. At the end of a run the loop waits for what has not, at the most {@link LoopOptions#shutdownTimeout}.
 *
 * <p>Confined to the loop's thread. Origin: {@code StreamReader} and {@code StreamWriter} of Python's {@code asyncio}.
 */
public final class TcpStream implements AutoCloseable {
  /** A line may be that long, in bytes. */
  public static final int MAX_LINE = 64 * 1024;

  private static final long HIGH_WATER = 64 * 1024;
  private static final long LOW_WATER = 16 * 1024;

  final EventLoop loop;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ReadBuffer in = new ReadBuffer();
  private final WriteBuffer out = new WriteBuffer();
  @Nullable
  Transfer<?> reading;
  @Nullable
  Transfer<?> writing;
  private final Event closed = new Event();
  private boolean closing;

  /** Why writing has failed; told at the next drain or write. */
  private @Nullable IOException broken;

  TcpStream(EventLoop loop, SocketChannel channel) throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.key = loop.poller().register(channel, this::ready);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /**
   * Opens a connection. A host name is looked up on another thread.
   *
   * @param port 1 to 65535
   * @return throws an {@link IOException} if there is no such host or nobody listens
   */
  public static Async<TcpStream> connect(String host, int port) {
    Check.notNull(host, "host");
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 1 to 65535, but was " + port);
    }
    return Async.of(
        Lookups.HERE,
        a -> {
          InetAddress address = literal(host);
          if (address == null) {
            // the system's look-up cannot be interrupted, and a time-out must not wait for it
            address = a.await(Asyncio.toThread(CancelPolicy.ABANDON, () -> InetAddress.getByName(host)));
          }
          SocketChannel channel = SocketChannel.open();
          try {
            TcpStream stream = new TcpStream(EventLoop.current(), channel);
            a.await(stream.connected(new InetSocketAddress(address, port)));
            return stream;
          } catch (Throwable t) {
            channel.close();
            throw t;
          }
        });
  }

  private static @Nullable InetAddress literal(String host) {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return null; // a name
    }
  }

  private Awaitable<@Nullable Void> connected(SocketAddress address) throws IOException {
    if (channel.connect(address)) {
      return new Ready<@Nullable Void>(null);
    }
    return new Transfer<@Nullable Void>(this, SelectionKey.OP_CONNECT, "connecting to " + address) {
      @Override
      @Nullable
      Object attempt() throws IOException {
        try {
          return channel.finishConnect() ? null : PENDING;
        } catch (ConnectException e) {
          ConnectException named = new ConnectException(e.getMessage() + ": " + address);
          named.initCause(e);
          throw named;
        }
      }
    };
  }

  // ---- reading ----

  /**
   * Waits for a line, and returns it without its end, {@code \n} or {@code \r\n}; null at the end of the stream.
   *
   * @return throws an {@link IOException} if the line is longer than {@link #MAX_LINE} bytes of UTF-8
   */
  public Awaitable<@Nullable String> readLine() {
    return new Transfer<@Nullable String>(this, SelectionKey.OP_READ, "reading a line") {
      private int searched;

      @Override
      @Nullable
      Object begin(Task<?> task) throws IOException {
        searched = 0; // another read may have taken something since it was awaited before
        return super.begin(task);
      }

      @Override
      @Nullable
      Object attempt() throws IOException {
        while (true) {
          int end = in.find((byte) '\n', searched);
          if (end > MAX_LINE || (end < 0 && in.size() > MAX_LINE)) {
            throw new IOException("a line is longer than " + MAX_LINE + " bytes; use readExactly for data without lines");
          }
          if (end >= 0) {
            return line(end, 1);
          }
          searched = in.size();
          int read = in.hasEnded() ? -1 : in.fill(channel);
          if (read == 0) {
            return PENDING;
          }
          if (read < 0) {
            return in.size() == 0 ? null : line(in.size(), 0);
          }
        }
      }
    };
  }

  private String line(int length, int terminator) {
    byte[] bytes = in.take(length + terminator);
    int end = terminator == 1 && length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  /**
   * Waits for a number of bytes.
   *
   * @param count zero or more
   * @return throws {@link EOFException} if the stream ends before
   */
  public Awaitable<byte[]> readExactly(int count) {
    Check.notNegative(count, "count", "it is the number of bytes to wait for");
    return new Transfer<byte[]>(this, SelectionKey.OP_READ, "reading " + count + " bytes") {
      @Override
      Object attempt() throws IOException {
        while (in.size() < count) {
          int read = in.hasEnded() ? -1 : in.fill(channel);
          if (read == 0) {
            return PENDING;
          }
          if (read < 0) {
            throw new EOFException("the stream has ended after " + in.size() + " of " + count + " bytes");
          }
        }
        return in.take(count);
      }
    };
  }

  /**
   * Waits until there is something, and returns what there is; an empty array at the end of the stream.
   *
   * @param most at the most so many bytes; at least 1
   */
  public Awaitable<byte[]> read(int most) {
    Check.positive(most, "most", "it bounds the bytes of one read");
    return new Transfer<byte[]>(this, SelectionKey.OP_READ, "reading") {
      @Override
      Object attempt() throws IOException {
        while (in.size() == 0 && !in.hasEnded()) {
          if (in.fill(channel) == 0) {
            return PENDING;
          }
        }
        return in.take(Math.min(most, in.size()));
      }
    };
  }

  // ---- writing ----

  /**
   * Writes text in UTF-8.
   *
   * @throws IOException if the stream is closed or broken
   */
  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes bytes; the array is not copied and must stay as it is until they have gone out.
   *
   * @throws IOException if the stream is closed or broken
   */
  public void write(byte[] bytes) throws IOException {
    loop.checkInside("TcpStream.write");
    if (closing) {
      throw new ClosedChannelException();
    }
    checkUnbroken();
    out.add(ByteBuffer.wrap(bytes));
    flush();
    tellDrainer();
    checkUnbroken();
  }

  /** The flush may have done what the drainer waits for, or failed, and the channel then tells nothing any more. */
  private void tellDrainer() {
    Transfer<?> drainer = writing;
    if (drainer != null) {
      drainer.proceed();
    }
  }

  /** Waits until most of what was written has gone out; does not wait while that is less than 64 KiB. */
  public Awaitable<@Nullable Void> drain() {
    return new Transfer<@Nullable Void>(this, SelectionKey.OP_WRITE, "draining") {
      private boolean paused;

      @Override
      @Nullable
      Object attempt() throws IOException {
        flush();
        checkUnbroken();
        paused |= out.size() > HIGH_WATER;
        return out.size() > (paused ? LOW_WATER : HIGH_WATER) ? PENDING : null;
      }
    };
  }

  private void checkUnbroken() throws IOException {
    if (broken != null) {
      throw new IOException("the connection to " + this + " is broken: " + broken.getMessage(), broken);
    }
  }

  private void flush() {
    try {
      out.flush(channel);
    } catch (Throwable e) { // also of memory for the channel's copy
      fail(e instanceof IOException io ? io : new IOException("writing failed: " + e, e));
    }
    loop.poller().unsent(this, !out.isEmpty());
    if (closing && out.isEmpty()) {
      closeNow();
    } else {
      interest(SelectionKey.OP_WRITE, !out.isEmpty());
    }
  }

  private void fail(IOException error) {
    if (broken == null) {
      broken = error;
    }
    out.clear();
  }

  /**
   * Closes it, once what was written has gone out; does not wait for that, which {@link #closed()} does. A task that reads
   * meanwhile fails. Nothing the second time.
   */
  @Override
  public void close() {
    loop.checkInside("TcpStream.close");
    if (!closing) {
      end();
    }
  }

  private void end() {
    closing = true;
    Transfer<?> reader = reading;
    if (reader != null) {
      reader.fail(new ClosedChannelException());
    }
    flush();
    tellDrainer();
  }

  /**
   * Waits until it is closed and all that was written has gone out to the network.
   *
   * <p>Origin: {@code StreamWriter.wait_closed}.
   *
   * @return throws an {@link IOException} if the connection broke before, or was aborted with data left
   */
  public Async<@Nullable Void> closed() {
    return Async.action(
        Lookups.HERE,
        a -> {
          a.await(closed.await());
          checkUnbroken();
        });
  }

  /**
   * Closes it at once and drops what has not gone out; the peer learns that the connection was cut. Tasks that read, drain or
   * wait for {@link #closed()} fail if something was dropped. Nothing if all has gone out and it is closed.
   *
   * <p>Origin: {@code WriteTransport.abort}.
   */
  public void abort() {
    loop.checkInside("TcpStream.abort");
    if (!out.isEmpty()) {
      fail(new IOException(out.size() + " bytes that were written had not gone out when it was aborted"));
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0); // a reset, which nobody takes for the end of the data
      } catch (IOException e) {
        Log.warning("resetting " + this + " failed; it is closed in order", e);
      }
    }
    end();
  }

  /** How many bytes that were written have not gone out. */
  long unsent() {
    return out.size();
  }

  private void closeNow() {
    try {
      channel.close();
    } catch (IOException e) {
      Log.warning("closing " + this + " failed", e);
    }
    closed.set();
  }

  /** Whether it was closed on this side. */
  public boolean isClosed() {
    return closing;
  }

  @Override
  public String toString() {
    try {
      SocketAddress peer = channel.getRemoteAddress();
      return peer == null ? "<TcpStream not connected>" : "<TcpStream " + peer + ">";
    } catch (IOException e) {
      return "<TcpStream closed>";
    }
  }

  // ---- readiness ----

  void interest(int operation, boolean wanted) {
    if (key.isValid()) {
      key.interestOps(wanted ? key.interestOps() | operation : key.interestOps() & ~operation);
    }
  }

  private void ready(SelectionKey ready) {
    int operations = ready.readyOps();
    if (reading != null && (operations & (SelectionKey.OP_READ | SelectionKey.OP_CONNECT)) != 0) {
      reading.proceed();
    }
    if ((operations & SelectionKey.OP_WRITE) != 0) {
      if (writing != null) {
        writing.proceed();
      } else {
        flush();
      }
    }
  }
}
