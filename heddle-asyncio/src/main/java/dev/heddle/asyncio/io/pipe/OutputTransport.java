package dev.heddle.asyncio.io.pipe;

import dev.heddle.asyncio.diagnostics.LoopLog;
import dev.heddle.asyncio.loop.Scheduler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Writes to a blocking stream: a thread writes one piece at a time, and the next is accepted when that is done. */
final class OutputTransport extends OneWayTransport {
  private static final int PIECE = 64 * 1024;

  private final Scheduler scheduler;
  private final OutputStream out;
  private final PumpThread pump;
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
    this.pump = new PumpThread(scheduler, "heddle-stream-writer");
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
          return null;
        });
    return held;
  }

  private void check() throws IOException {
    if (failure != null) {
      throw new IOException("writing to " + out + " failed: " + failure.getMessage(), failure);
    }
  }

  private void call(Callable<@Nullable Void> call) {
    busy = true;
    scheduler.external().workBegins();
    pump.call(call, this::done);
  }

  private void done(@Nullable Void nothing, @Nullable IOException error) {
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
        call(
            () -> {
              out.close();
              return null;
            });
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
