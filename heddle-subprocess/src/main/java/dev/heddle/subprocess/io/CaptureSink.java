package dev.heddle.subprocess.io;

import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.Output;
import dev.heddle.subprocess.Output.Overflow;
import dev.heddle.subprocess.OutputLimitException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A sink that keeps an output in memory, up to a limit; it can be read while it grows. Thread-safe. */
public final class CaptureSink extends ReadableSink {
  private static final int FIRST_SIZE = 512;

  private final Command command;
  private final int limit;
  private final Overflow overflow;
  private byte[] kept = new byte[0];
  private int size;
  private boolean truncated;

  private final @Nullable StreamCopy copy;

  /** Creates a sink for an output of a command, which is copied besides if {@code copy} is not null. */
  public CaptureSink(Command command, Output.Capture output, @Nullable StreamCopy copy) {
    this.command = command;
    this.copy = copy;
    this.limit = (int) output.limit();
    this.overflow = output.overflow();
  }

  @Override
  public boolean accept(byte[] bytes, int length) {
    keep(bytes, length);
    if (copy != null) {
      boolean _ = copy.accept(bytes, length); // without the lock, for a stream may block
    }
    return true; // also for what is not kept: the child may go on
  }

  private void keep(byte[] bytes, int length) {
    lock.lock();
    try {
      if (overflow == Overflow.KEEP_LAST) {
        keepLast(bytes, length);
      } else {
        int space = Math.min(length, limit - size);
        append(bytes, 0, space);
        if (space < length) {
          truncated = true;
          if (overflow == Overflow.FAIL) {
            throw new OutputLimitException(command.described(), limit);
          }
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the largest size of the buffer: twice the limit if the last bytes are kept, so that shifting is rare. */
  private int most() {
    return overflow == Overflow.KEEP_LAST ? (int) Math.min(2L * limit, Integer.MAX_VALUE - 16) : limit;
  }

  private void keepLast(byte[] bytes, int length) {
    int from = Math.max(0, length - limit);
    if ((long) size + length - from > most()) {
      int keep = Math.max(0, limit - (length - from));
      System.arraycopy(kept, size - keep, kept, 0, keep);
      size = keep;
      truncated = true;
    }
    append(bytes, from, length - from);
    truncated |= from > 0 || size > limit;
  }

  private void append(byte[] bytes, int from, int length) {
    if (size + length > kept.length) {
      long wanted = Math.max(Math.max(FIRST_SIZE, 2L * kept.length), (long) size + length);
      kept = Arrays.copyOf(kept, (int) Math.min(wanted, most()));
    }
    System.arraycopy(bytes, from, kept, size, length);
    size += length;
  }

  @Override
  public boolean isLive() {
    return copy != null;
  }

  @Override
  public void leave() {
    if (copy != null) {
      copy.leave();
    }
  }

  @Override
  public CapturedOutput captured() {
    lock.lock();
    try {
      int from = overflow == Overflow.KEEP_LAST ? Math.max(0, size - limit) : 0;
      return new CapturedOutput(Arrays.copyOfRange(kept, from, size), truncated);
    } finally {
      lock.unlock();
    }
  }

  /** Returns a stream that reads the output from the beginning while it grows. */
  public InputStream view() {
    if (overflow == Overflow.KEEP_LAST) {
      throw new IllegalStateException("an output whose end only is kept cannot be read from its beginning; use"
          + " Output.stream() or Output.lines(action)");
    }
    return new Reader(command.described()) {
      private int position;

      @Override
      int ready() {
        return size - position;
      }

      @Override
      int take(byte[] bytes, int offset, int length) {
        int count = Math.min(length, size - position);
        System.arraycopy(kept, position, bytes, offset, count);
        position += count;
        return count;
      }
    };
  }
}
