package dev.heddle.asyncio.io.pipe;

import dev.heddle.asyncio.diagnostics.LoopLog;
import dev.heddle.asyncio.loop.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a blocking stream: a thread reads one piece ahead, and waits until it is taken. So what a child process prints is bounded by
 * what is read.
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
  private @Nullable PumpThread pump;

  InputTransport(Scheduler scheduler, InputStream in) {
    super("StreamReader");
    this.scheduler = scheduler;
    this.in = in;
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
    pump().submit(
        () -> {
          byte[] bytes = new byte[PIECE];
          int count = -1;
          IOException error = null;
          try {
            count = in.read(bytes);
          } catch (IOException e) {
            error = e;
          } catch (Throwable t) {
            error = new IOException(t.toString(), t);
          }
          int got = count;
          IOException thrown = error;
          scheduler.post(() -> fetched(bytes, got, thrown)); // refused if the loop has ended, and with it the stream
        });
  }

  private PumpThread pump() {
    PumpThread thread = pump;
    if (thread == null) {
      thread = new PumpThread("heddle-stream-reader");
      pump = thread;
    }
    return thread;
  }

  private void fetched(byte[] bytes, int count, @Nullable IOException error) {
    reading = false;
    count();
    if (error != null) {
      failure = error;
    } else if (count < 0) {
      ended = true;
    } else {
      piece = ByteBuffer.wrap(bytes, 0, count);
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
    if (pump != null) {
      pump.end();
    }
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
