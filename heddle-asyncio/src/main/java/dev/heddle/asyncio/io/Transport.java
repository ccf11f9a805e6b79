package dev.heddle.asyncio.io;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A source and destination of a stream's bytes: moves bytes without waiting, and reports when it can move more.
 *
 * <p>Confined to the loop's thread.
 */
public abstract class Transport {
  /** The stream above. */
  public interface Listener {
    /** Called when it may be possible again to read, or to write. */
    void ready(boolean readable, boolean writable);
  }

  private @Nullable Listener listener;

  /** A transport without a listener. */
  protected Transport() {}

  /** Sets the stream above; an upgrade replaces it. */
  public final void listen(Listener above) {
    listener = above;
  }

  /** Tells the stream above. */
  protected final void tell(boolean readable, boolean writable) {
    Listener above = listener;
    if (above != null) {
      above.ready(readable, writable);
    }
  }

  /** Reads what is there; returns the number of bytes, 0 if there is nothing yet, or -1 at the end. */
  public abstract int read(ByteBuffer into) throws IOException;

  /** Writes as much of the first {@code count} buffers as is accepted now; returns the number of bytes. */
  public abstract long write(ByteBuffer[] from, int count) throws IOException;

  /** Sends what was accepted and is held back; returns whether nothing is left. */
  public boolean flush() throws IOException {
    return true;
  }

  /** The number of bytes that were accepted and are held back. */
  public long held() {
    return 0;
  }

  /** Checks that the output can end while the input goes on. */
  public void checkHalfClose() throws IOException {}

  /** Ends the output, after everything was written; returns whether that was sent, else it is to be called again. */
  public abstract boolean endOutput() throws IOException;

  /**
   * Does what an orderly close needs before {@link #close}; returns whether that was sent, else it is to be called again.
   */
  public boolean finish() throws IOException {
    return true;
  }

  /** Sets of what it tells the stream above: while something is wanted and possible, it tells that again and again. */
  public abstract void interest(boolean read, boolean write);

  /** Whether a part of a record was received, which is not data until the rest comes. */
  public boolean isInRecord() {
    return false;
  }

  /** A description for messages. */
  final String describe(boolean closed, boolean closing) {
    try {
      SocketAddress peer = closed ? null : remoteAddress();
      return "<" + kind() + " " + (peer == null ? closing ? "closed" : "not connected" : peer) + ">";
    } catch (IOException e) {
      return "<" + kind() + " closed>";
    }
  }

  /** Closes it. */
  public abstract void close() throws IOException;

  /** Makes {@link #close} look like a failure to the peer, which then cannot take it for the end of the data. */
  public abstract void reset() throws IOException;

  /** The address of this side; the transport is open. */
  public abstract SocketAddress localAddress() throws IOException;

  /** The address of the peer; null if it is closed or not connected. */
  public abstract @Nullable SocketAddress remoteAddress() throws IOException;

  /** The kind of stream, for messages. */
  public abstract String kind();
}
