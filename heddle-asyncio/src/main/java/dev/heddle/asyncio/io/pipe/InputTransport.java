package dev.heddle.asyncio.io.pipe;

import dev.heddle.asyncio.diagnostics.LoopLog;
import dev.heddle.asyncio.loop.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a blocking stream: a thread reads one piece ahead, and waits until it is taken. So what a child process prints is
 * bounded by what is read.
 */
final class InputTransport extends OneWayTransport {
  private static final int PIECE = 64 * 1024;

  private final Scheduler scheduler;
  private final InputStream in;
  private ByteBuffer piece = ByteBuffer.allocate(0);
  private boolean ended;
  private @Nullable IOException failure;
  /** Whether a read is under way on the other thread. */
  private boolean reading;
  private boolean wanted;
  /** Whether the read under way is counted as the loop's external work. */
  private boolean counted;
  private boolean closed;
  private final PumpThread pump;

  InputTransport(Scheduler scheduler, InputStream in) {
    super("StreamReader");
    this.scheduler = scheduler;
    this.in = in;
    this.pump = new PumpThread(scheduler, "heddle-stream-reader");
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!piece.hasRemaining()) {
      if (failure != null) {
        throw new IOException("reading " + in + " failed: " + failure.getMessage(), failure);
      }
      if (!ended) {
        fetch();
      }
      return ended ? -1 : 0;
    }
    int count = Math.min(piece.remaining(), into.remaining());
    into.put(into.position(), piece, piece.position(), count);
    into.position(into.position() + count);
    piece.position(piece.position() + count);
    return count;
  }

  private void fetch() {
    if (reading || closed) {
      return;
    }
    reading = true;
    count();
    pump.call(this::nextPiece, this::fetched);
  }

  /** Returns the next piece; null at the end. */
  private @Nullable ByteBuffer nextPiece() throws IOException {
    byte[] bytes = new byte[PIECE];
    int count = in.read(bytes);
    return count < 0 ? null : ByteBuffer.wrap(bytes, 0, count);
  }

  private void fetched(@Nullable ByteBuffer next, @Nullable IOException error) {
    reading = false;
    count();
    if (next != null) {
      piece = next;
    } else {
      failure = error;
      ended = error == null;
      pump.end(); // nothing more is read, whether the stream is closed or not
    }
    if (wanted) {
      tell(true, false);
    }
  }

  @Override
  public long write(ByteBuffer[] from, int count) throws IOException {
    throw new IOException("this stream is read only");
  }

  @Override
  public boolean endOutput() {
    return true;
  }

  @Override
  public void interest(boolean read, boolean write) {
    wanted = read;
    count();
  }

  /** Tells the loop, whose virtual time stands still meanwhile, whether a task waits for the other thread. */
  private void count() {
    boolean now = reading && wanted && !closed;
    if (now != counted) {
      counted = now;
      if (now) {
        scheduler.external().workBegins();
      } else {
        scheduler.external().workEnds();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    pump.end();
    count();
    if (in != System.in) {
      Thread.ofVirtual().name("heddle-stream-closer").start(this::closeSource); // closing may wait for the read that is under way
    }
  }

  private void closeSource() {
    try {
      in.close();
    } catch (IOException e) {
      LoopLog.warning("closing " + in + " failed", e);
    }
  }
}
