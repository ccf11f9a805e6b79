package dev.heddle.codec.loader;

import java.io.IOException;
import java.io.InputStream;

/**
 * A stream of a resource that is there but cannot be read: says so when it is read, where null would mean that there is
 * none.
 */
final class FailedStream extends InputStream {
  private final IOException reason;

  FailedStream(IOException reason) {
    this.reason = reason;
  }

  @Override
  public int read() throws IOException {
    throw new IOException(reason.getMessage(), reason);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    throw new IOException(reason.getMessage(), reason);
  }
}
