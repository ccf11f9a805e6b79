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
import java.util.Arrays;
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
  /** Whether a line that has not begun is the end of the stream. */
  private boolean inputEnds;
  /** Whether the latest wait was one for a new line, in vain, and nothing was written since. */
  boolean leftBeforeLine;
  private final ClosingLimit closingLimit;
  /** The stream that has taken over the transport. */
  private @Nullable LoopStream upgraded;

  /** A stream over a transport that is connected, or about to be. */
  public LoopStream(TaskHost host, Transport transport) {
    this.host = host;
    this.scheduler = host.scheduler();
    this.transport = transport;
    this.out = new StreamOutput(this, transport);
    this.closingLimit = new ClosingLimit(this, scheduler);
    transport.listen(this);
  }

  // ---- reading ----

  @Override
  public Awaitable<@Nullable String> readLine() {
    return new LineRead(this, in, MAX_LINE);
  }

  @Override
  public Awaitable<@Nullable String> readLine(int longest) {
    return new LineRead(this, in, LineRead.checkLongest(longest));
  }

  @Override
  public AsyncIterator<String> lines() {
    return new StreamLines(this, MAX_LINE);
  }

  @Override
  public AsyncIterator<String> lines(int longest) {
    return new StreamLines(this, LineRead.checkLongest(longest));
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
    return in.hasEnded() ? -1 : in.fill(transport);
  }

  /** Whether a line that has not begun is not waited for; the input has ended then. */
  final boolean endsBeforeLine() {
    if (inputEnds && isBeforeLine()) {
      in.end();
    }
    return in.hasEnded();
  }

  /** Whether everything that was received is taken, and nothing of a line that is being dropped is to come. */
  final boolean isBeforeLine() {
    return in.size() == 0 && !in.isSkipping() && !transport.isInRecord();
  }

  /** Ends the input where a line would begin: so a message that is under way is read to its end, and no other begins. */
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
    for (ByteBuffer each : Check.copy(Arrays.asList(Check.notNull(buffers, "buffers")), "buffers")) {
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
    leftBeforeLine = false;
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
      if (!closed.isSet()) {
        closingLimit.begin();
      }
    }
  }

  /**
   * Closes it after a failure of its handler: without an end of the data, which the peer could take for a complete answer,
   * unless it was closed before or the handler was waiting for a new line.
   */
  public final void closeFailed() {
    if (upgraded != null) {
      upgraded.closeFailed();
    } else if (closing || (reading == null ? leftBeforeLine : reading.isBeforeMessage())) {
      close();
    } else {
      abort();
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
    out.abort();
    if (!closing) {
      beginToClose();
    }
    scheduler.pending(this, false);
    closeNow();
    out.proceed();
  }

  private void closeNow() {
    closingLimit.end();
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
  public final <S extends LoopStream> S upgrade(StreamUpgrade<S> above) throws IOException {
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
    if (inputEnds) {
      stream.endInput();
    }
    return stream;
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
    return transport.describe(closed.isSet(), closing);
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
