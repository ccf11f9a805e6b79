package dev.heddle.subprocess.io;

import dev.heddle.base.Check;
import dev.heddle.base.ClosedEarly;
import dev.heddle.iter.Iter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** An iterator over the lines of an output that is being written. */
public final class LineIter implements Iter<String> {
  private final InputStream stream;
  private final BufferedReader reader;
  private @Nullable String next;
  private boolean ended;

  /** Closed before its end, perhaps by another thread while one waits for a line. */
  private volatile boolean cut;

  /** Creates an iterator over the lines of a stream. */
  public LineIter(InputStream stream, Charset charset) {
    this.stream = stream;
    this.reader = new BufferedReader(new InputStreamReader(stream, charset));
  }

  @Override
  public boolean hasNext() {
    if (cut) {
      throw closedEarly();
    }
    if (next == null && !ended) {
      try {
        next = reader.readLine();
      } catch (IOException e) {
        throw new UncheckedIOException("the next line of the output cannot be read: " + e.getMessage(), e);
      }
      if (cut) {
        throw closedEarly();
      }
      ended = next == null;
    }
    return next != null;
  }

  private static IllegalStateException closedEarly() {
    return ClosedEarly.error("this Iter over the lines of a process");
  }

  @Override
  public String next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the process has written all its lines; ask hasNext() first");
    }
    String line = Check.notNull(next, "next");
    next = null;
    return line;
  }

  @Override
  public void close() {
    cut = !ended;
    try {
      stream.close(); // not the reader, whose lock a thread in hasNext() holds
    } catch (IOException e) {
      throw new UncheckedIOException("closing the output of the process failed", e);
    }
  }
}
