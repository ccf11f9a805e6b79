package dev.heddle.subprocess.io;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A sink that writes an output to a stream. For one thread, except {@link #leave}. */
public final class StreamCopy implements OutputSink {
  private final OutputStream stream;
  private volatile boolean left;

  /** Creates a sink; the stream is not closed. */
  public StreamCopy(OutputStream stream) {
    this.stream = stream;
  }

  @Override
  public boolean accept(byte[] bytes, int length) {
    if (left) {
      return false;
    }
    try {
      stream.write(bytes, 0, length);
      stream.flush(); // the output of the child is to be seen as it comes
    } catch (IOException e) {
      throw new UncheckedIOException("the stream that an output is copied to cannot be written: " + e.getMessage(), e);
    }
    return true;
  }

  @Override
  public void leave() {
    left = true;
  }

  @Override
  public void end() {
    // the stream is its owner's to close
  }
}
