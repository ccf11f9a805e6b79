package dev.heddle.asyncio.io;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.AsyncIterator;
import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.ByteStream;
import dev.heddle.asyncio.diagnostics.LoopLog;
import dev.heddle.asyncio.loop.PendingOutput;
import dev.heddle.asyncio.loop.Scheduler;
import dev.heddle.asyncio.sync.Flag;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.asyncio.task.TaskHost;
import dev.heddle.base.Check;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream over a transport: a read and a write buffer, and the tasks that wait.
 *
 * <pre>
 * OPEN ──► CLOSING   close: nothing more is read or written, and what was written is being sent
 *  │          └────► CLOSED
 *  └─────► UPGRADED  its transport belongs to another stream (TLS), which ends when this one is closed
 * </pre>
 */
public non-sealed class LoopStream implements ByteStream, PendingOutput, Transport.Listener {
  private static final long HIGH_WATER = 64 * 1024;
  private static final long LOW_WATER = 16 * 1024;

  private final TaskHost host;
  private final Scheduler scheduler;
  private final Transport transport;
  private final ReadBuffer in = new ReadBuffer();
  private final StreamOutput out;
  private final Flag closed = new Flag();
  @Nullable
  StreamRead<?> reading;
  private ReadLimits limits = ReadLimits.none();
  private boolean closing;
  private boolean writing;
  /** Whether a read that would have to wait finds the end of the stream instead. */
  private boolean inputEnds;
  /** The stream that has taken over the transport. */
  private @Nullable LoopStream upgraded;

  /** A stream over a transport that is connected, or about to be. */
  public LoopStream(TaskHost host, Transport transport) {
    this.host = host;
    this.scheduler = host.scheduler();
    this.transport = transport;
    this.out = new StreamOutput(this, transport);
    transport.listen(this);
  }

  // ---- reading ----

  @Override
  public Awaitable<@Nullable String> readLine() {
    return new LineRead(this, in, MAX_LINE);
  }

  @Override
  public Awaitable<@Nullable String> readLine(int longest) {
    return new LineRead(this, in, checkLongest(longest));
  }

  private static int checkLongest(int longest) {
    return Check.positive(longest, "longest", "it bounds the bytes of one line");
  }

  @Override
  public AsyncIterator<String> lines() {
    return new StreamLines(this, MAX_LINE);
  }

  @Override
  public AsyncIterator<String> lines(int longest) {
    return new StreamLines(this, checkLongest(longest));
  }

  @Override
  public Awaitable<byte[]> readExactly(int count) {
    return StreamReads.exactly(this, count);
  }

  @Override
  public Awaitable<byte[]> read(int most) {
    return StreamReads.some(this, most);
  }

  @Override
  public Awaitable<byte[]> readUntil(byte[] separator, int longest) {
    return StreamReads.until(this, separator, longest);
  }

  @Override
  public Awaitable<byte[]> readAll(int longest) {
    return StreamReads.all(this, longest);
  }

  final ReadBuffer input() {
    return in;
  }

  /** Reads more into the buffer; returns the number of bytes, 0 if there is nothing yet, -1 at the end. */
  final int fill() throws IOException {
    if (in.hasEnded()) {
      return -1;
    }
    int read = in.fill(transport);
    if (read == 0 && inputEnds && in.size() == 0) {
      in.end();
      return -1;
    }
    return read;
  }

  /** Ends the input where nothing of it is buffered: so a peer's request that is under way is read to its end, and no other begins. */
  public final void endInput() {
    LoopStream other = upgraded;
    if (other != null) {
      other.endInput();
      return;
    }
    inputEnds = true;
    if (reading != null) {
      reading.proceed();
    }
  }

  final ReadLimits limits() {
    return limits;
  }

  /** Sets how long the peer may keep a task waiting. */
  public final void limit(ReadLimits limits) {
    this.limits = limits;
  }

  // ---- writing ----

  @Override
  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    checkWritable("write");
    out.add(ByteBuffer.wrap(bytes));
    send();
  }

  @Override
  public void write(ByteBuffer... buffers) throws IOException {
    for (ByteBuffer each : Check.copy(List.of(buffers), "buffers")) {
      checkWritable("write");
      out.add(each.slice());
    }
    send();
  }

  @Override
  public Async<Long> writeFile(Path file) {
    return FileWriting.write(this, file);
  }

  private void checkWritable(String what) throws IOException {
    scheduler.checkInside("stream." + what);
    if (upgraded != null) {
      throw new IOException(this + " was upgraded to TLS; use the TlsStream, or what is written would not be encrypted");
    }
    if (closing) {
      throw new ClosedChannelException();
    }
    out.checkUnbroken();
    if (out.ends() && !what.equals("writeEof")) {
      throw new IOException("the output of " + this + " was ended by writeEof(); write before it");
    }
  }

  private void send() throws IOException {
    flush();
    out.checkUnbroken();
  }

  @Override
  public Awaitable<@Nullable Void> drain() {
    return new StreamDrain(this, HIGH_WATER, LOW_WATER);
  }

  /** Waits until everything that was written is sent. */
  public final Awaitable<@Nullable Void> flushed() {
    return new StreamDrain(this, 0, 0);
  }

  final StreamOutput output() {
    return out;
  }

  final void checkOwn(LoopTask<?> task) throws IOException {
    if (task.host() != host) {
      task.host().checkOwn(host, toString());
    }
    if (upgraded != null && !closing) {
      throw new IOException(this + " was upgraded to TLS; use the TlsStream");
    }
  }

  /** Sends what can be sent now. */
  final void flush() {
    if (upgraded != null || closed.isSet()) {
      return;
    }
    boolean done = out.flush(closing);
    scheduler.pending(this, !done);
    if (closing && done) {
      closeNow();
    } else {
      writing = !done;
      updateInterest();
    }
    out.proceed();
  }

  @Override
  public void writeEof() throws IOException {
    checkWritable("writeEof");
    if (!out.ends()) {
      out.end();
      send();
    }
  }

  // ---- the end ----

  @Override
  public void close() {
    scheduler.checkInside("stream.close");
    if (upgraded != null) {
      upgraded.close();
    } else if (!closing) {
      beginToClose();
      flush();
    }
  }

  private void beginToClose() {
    closing = true;
    StreamRead<?> reader = reading;
    if (reader != null) {
      reader.fail(new ClosedChannelException());
    }
  }

  @Override
  public Async<@Nullable Void> closed() {
    LoopStream other = upgraded;
    if (other != null) {
      return other.closed();
    }
    return Async.action(
        OwnLookup.HERE,
        a -> {
          a.await(closed.await());
          out.checkUnbroken();
        });
  }

  @Override
  public void abort() {
    scheduler.checkInside("stream.abort");
    if (upgraded != null) {
      upgraded.abort();
      return;
    }
    if (closed.isSet()) {
      return;
    }
    if (unsent() > 0) {
      out.fail(new IOException(unsent() + " bytes that were written had not been sent when it was aborted"));
      try {
        transport.reset();
      } catch (IOException e) {
        LoopLog.warning("resetting " + this + " failed; it is closed without a reset", e);
      }
    }
    if (!closing) {
      beginToClose();
    }
    scheduler.pending(this, false);
    closeNow();
    out.proceed();
  }

  private void closeNow() {
    try {
      transport.close();
    } catch (IOException e) {
      LoopLog.warning("closing " + this + " failed", e);
    }
    closed.set();
  }

  @Override
  public long unsent() {
    return out.unsent();
  }

  @Override
  public boolean isClosed() {
    return upgraded != null ? upgraded.isClosed() : closing;
  }

  /**
   * Hands the transport over to another stream, with the bytes that were read from it and not taken.
   *
   * @param above makes the other stream
   */
  public final <S extends LoopStream> S upgrade(Upgrade<S> above) throws IOException {
    checkWritable("upgrade");
    if (reading != null || unsent() > 0) {
      throw new IOException(
          this + " cannot be upgraded while " + (reading == null ? "written data is unsent" : "a task reads from it")
              + "; await both first");
    }
    transport.interest(false, false);
    S stream = above.of(host, transport, in.takeAll());
    stream.limit(limits);
    upgraded = stream;
    return stream;
  }

  /** Makes the stream that takes over a transport. */
  @FunctionalInterface
  public interface Upgrade<S> {
    /** Makes it; the buffer has the bytes that were read already. */
    S of(TaskHost host, Transport transport, ByteBuffer early) throws IOException;
  }

  @Override
  public SocketAddress remoteAddress() throws IOException {
    SocketAddress address = transport.remoteAddress();
    if (address == null) {
      throw new ClosedChannelException();
    }
    return address;
  }

  @Override
  public SocketAddress localAddress() throws IOException {
    return transport.localAddress();
  }

  @Override
  public String toString() {
    try {
      SocketAddress peer = closed.isSet() ? null : transport.remoteAddress();
      return "<" + transport.kind() + " " + (peer == null ? closing ? "closed" : "not connected" : peer) + ">";
    } catch (IOException e) {
      return "<" + transport.kind() + " closed>";
    }
  }

  // ---- readiness ----

  /** Tells the transport what this stream waits for. */
  final void updateInterest() {
    if (upgraded == null && !closed.isSet()) {
      transport.interest(reading != null, writing);
    }
  }

  @Override
  public final void ready(boolean readable, boolean writable) {
    StreamRead<?> reader = reading;
    if (readable && reader != null) {
      reader.proceed();
    }
    if (writable && !closed.isSet()) {
      flush();
    }
  }
}
