package dev.heddle.asyncio.io.pipe;

import dev.heddle.asyncio.diagnostics.LoopLog;
import dev.heddle.asyncio.loop.Scheduler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes to a blocking stream: a thread writes one piece at a time, and the next is accepted when that is done. */
final class OutputTransport extends OneWayTransport {
  private static final int PIECE = 64 * 1024;

  /** A call on the stream, which blocks. */
  @FunctionalInterface
  private interface Call {
    void run() throws IOException;
  }

  private final Scheduler scheduler;
  private final OutputStream out;
  private final PumpThread pump = new PumpThread("heddle-stream-writer");
  /** The number of bytes that the other thread is writing. */
  private int held;
  private boolean busy;
  private boolean wanted;
  private boolean ended;
  private @Nullable IOException failure;

  OutputTransport(Scheduler scheduler, OutputStream out) {
    super("StreamWriter");
    this.scheduler = scheduler;
    this.out = out;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    throw new IOException("this stream is write only");
  }

  @Override
  public long write(ByteBuffer[] from, int count) throws IOException {
    check();
    if (busy) {
      return 0;
    }
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    for (int i = 0; i < count && piece.hasRemaining(); i++) {
      int length = Math.min(from[i].remaining(), piece.remaining());
      piece.put(piece.position(), from[i], from[i].position(), length);
      piece.position(piece.position() + length);
      from[i].position(from[i].position() + length);
    }
    held = piece.position();
    call(
        () -> {
          out.write(piece.array(), 0, piece.position());
          out.flush();
        });
    return held;
  }

  private void check() throws IOException {
    if (failure != null) {
      throw new IOException("writing to " + out + " failed: " + failure.getMessage(), failure);
    }
  }

  private void call(Call call) {
    busy = true;
    scheduler.external().workBegins();
    pump.submit(
        () -> {
          IOException error = null;
          try {
            call.run();
          } catch (IOException e) {
            error = e;
          } catch (Throwable t) {
            error = new IOException(t.toString(), t);
          }
          IOException thrown = error;
          scheduler.post(() -> done(thrown)); // refused if the loop has ended, which has waited for it or reported it
        });
  }

  private void done(@Nullable IOException error) {
    busy = false;
    held = 0;
    failure = error == null ? failure : error;
    scheduler.external().workEnds();
    if (wanted) {
      tell(false, true);
    }
  }

  @Override
  public boolean flush() throws IOException {
    check();
    return !busy;
  }

  @Override
  public long held() {
    return held;
  }

  @Override
  public boolean endOutput() throws IOException {
    if (busy) {
      return false;
    }
    check();
    if (!ended) {
      ended = true;
      if (!(out instanceof PrintStream)) {
        call(out::close);
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean finish() throws IOException {
    return endOutput();
  }

  @Override
  public void interest(boolean read, boolean write) {
    wanted = write;
  }

  @Override
  public void close() {
    if (!ended && !(out instanceof PrintStream)) { // its writing has failed, or it was aborted
      ended = true;
      Thread.ofVirtual().name("heddle-stream-closer").start(this::closeTarget);
    }
    pump.end();
  }

  private void closeTarget() {
    try {
      out.close();
    } catch (IOException e) {
      if (failure == null) {
        LoopLog.warning("closing " + out + " failed", e);
      }
    }
  }
}
