package dev.heddle.asyncio.io;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.TcpStream;
import dev.heddle.asyncio.diagnostics.LoopLog;
import dev.heddle.asyncio.loop.PendingOutput;
import dev.heddle.asyncio.loop.Scheduler;
import dev.heddle.asyncio.sync.Flag;
import dev.heddle.asyncio.task.AsyncCoroutine;
import dev.heddle.asyncio.task.CompletedOperation;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.asyncio.task.TaskHost;
import dev.heddle.base.Check;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A TCP connection: a non-blocking channel with a read and a write buffer. */
public final class SocketStream implements TcpStream, PendingOutput {
  private static final long HIGH_WATER = 64 * 1024;
  private static final long LOW_WATER = 16 * 1024;

  private final TaskHost host;
  private final Scheduler scheduler;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ReadBuffer in = new ReadBuffer();
  private final WriteBuffer out = new WriteBuffer();
  @Nullable
  SocketTransfer<?> reading;
  @Nullable
  SocketTransfer<?> writing;
  private final Flag closed = new Flag();
  private boolean closing;

  /** Whether the end of the output was requested, and sent once everything before it is. */
  private boolean outputEnds;

  /** Why writing has failed; thrown by the next drain or write. */
  private @Nullable IOException broken;

  SocketStream(TaskHost host, SocketChannel channel) throws IOException {
    this.host = host;
    this.scheduler = host.scheduler();
    this.channel = channel;
    this.key = scheduler.poller().register(channel, this::ready);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Opens a connection to one address. */
  static AsyncCoroutine<SocketStream> open(InetSocketAddress address) {
    return AsyncCoroutine.of(
        OwnLookup.HERE,
        a -> {
          SocketChannel channel = SocketChannel.open();
          try {
            SocketStream stream = new SocketStream(TaskHost.require(), channel);
            a.await(stream.connected(address));
            return stream;
          } catch (Throwable t) {
            channel.close();
            throw t;
          }
        });
  }

  private Awaitable<@Nullable Void> connected(SocketAddress address) throws IOException {
    if (channel.connect(address)) {
      return new CompletedOperation<@Nullable Void>(null);
    }
    return new SocketTransfer<@Nullable Void>(this, SelectionKey.OP_CONNECT, "connecting to " + address) {
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

  @Override
  public Awaitable<@Nullable String> readLine() {
    return readLine(MAX_LINE);
  }

  @Override
  public Awaitable<@Nullable String> readLine(int longest) {
    Check.positive(longest, "longest", "it bounds the bytes of one line");
    return new LineRead(this, in, longest);
  }

  @Override
  public Awaitable<byte[]> readExactly(int count) {
    Check.notNegative(count, "count", "it is the number of bytes to wait for");
    return new SocketTransfer<byte[]>(this, SelectionKey.OP_READ, "reading " + count + " bytes") {
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

  @Override
  public Awaitable<byte[]> read(int most) {
    Check.positive(most, "most", "it bounds the bytes of one read");
    return new SocketTransfer<byte[]>(this, SelectionKey.OP_READ, "reading") {
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

  @Override
  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    scheduler.checkInside("TcpStream.write");
    if (closing) {
      throw new ClosedChannelException();
    }
    checkUnbroken();
    if (outputEnds) {
      throw new IOException("the output of " + this + " was ended by writeEof(); write before it");
    }
    out.add(ByteBuffer.wrap(bytes));
    flush();
    continueDrain();
    checkUnbroken();
  }

  /** Continues a drain: the flush may have completed it, or have failed, after which the channel reports nothing. */
  private void continueDrain() {
    SocketTransfer<?> drainer = writing;
    if (drainer != null) {
      drainer.proceed();
    }
  }

  @Override
  public Awaitable<@Nullable Void> drain() {
    return new SocketTransfer<@Nullable Void>(this, SelectionKey.OP_WRITE, "draining") {
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
    } catch (Throwable e) { // also an OutOfMemoryError for the channel's copy
      fail(e instanceof IOException io ? io : new IOException("writing failed: " + e, e));
    }
    scheduler.poller().pending(this, !out.isEmpty());
    if (closing && out.isEmpty()) {
      closeNow();
    } else {
      if (outputEnds && out.isEmpty() && broken == null) {
        shutdownOutput();
      }
      interest(SelectionKey.OP_WRITE, !out.isEmpty());
    }
  }

  @Override
  public void writeEof() throws IOException {
    scheduler.checkInside("TcpStream.writeEof");
    if (closing) {
      throw new ClosedChannelException();
    }
    checkUnbroken();
    if (!outputEnds) {
      outputEnds = true;
      flush();
      checkUnbroken();
    }
  }

  private void shutdownOutput() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException error) {
    if (broken == null) {
      broken = error;
    }
    out.clear();
  }

  @Override
  public void close() {
    scheduler.checkInside("TcpStream.close");
    if (!closing) {
      end();
    }
  }

  private void end() {
    closing = true;
    SocketTransfer<?> reader = reading;
    if (reader != null) {
      reader.fail(new ClosedChannelException());
    }
    flush();
    continueDrain();
  }

  @Override
  public Async<@Nullable Void> closed() {
    return Async.action(
        OwnLookup.HERE,
        a -> {
          a.await(closed.await());
          checkUnbroken();
        });
  }

  @Override
  public void abort() {
    scheduler.checkInside("TcpStream.abort");
    if (!out.isEmpty()) {
      fail(new IOException(out.size() + " bytes that were written had not been sent when it was aborted"));
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0); // a reset, which the peer cannot take for the end of the data
      } catch (IOException e) {
        LoopLog.warning("resetting " + this + " failed; it is closed without a reset", e);
      }
    }
    end();
  }

  @Override
  public long unsent() {
    return out.size();
  }

  @Override
  public SocketAddress remoteAddress() throws IOException {
    SocketAddress address = channel.getRemoteAddress();
    if (address == null) {
      throw new ClosedChannelException();
    }
    return address;
  }

  @Override
  public SocketAddress localAddress() throws IOException {
    return channel.getLocalAddress();
  }

  private void closeNow() {
    try {
      channel.close();
    } catch (IOException e) {
      LoopLog.warning("closing " + this + " failed", e);
    }
    closed.set();
  }

  @Override
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

  SocketChannel channel() {
    return channel;
  }

  TaskHost host() {
    return host;
  }

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
