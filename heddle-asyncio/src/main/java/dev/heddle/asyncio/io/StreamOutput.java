package dev.heddle.asyncio.io;

import dev.heddle.asyncio.diagnostics.LoopLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The write side of a stream: what is unsent, whether its end was requested, and who waits for it. */
final class StreamOutput {
  private final LoopStream stream;
  private final Transport transport;
  private final WriteBuffer buffer = new WriteBuffer();
  private final Set<StreamDrain> drains = new LinkedHashSet<>(2);
  /** Whether the end of the output was requested; it is sent once everything before it is. */
  private boolean ends;
  private boolean ended;
  /** Why writing has failed; thrown by the next drain or write. */
  private @Nullable IOException broken;

  StreamOutput(LoopStream stream, Transport transport) {
    this.stream = stream;
    this.transport = transport;
  }

  void add(ByteBuffer bytes) {
    buffer.add(bytes);
  }

  long unsent() {
    return buffer.size() + transport.held();
  }

  boolean ends() {
    return ends;
  }

  void end() throws IOException {
    transport.checkHalfClose();
    ends = true;
  }

  /** Sends what can be sent now; returns whether nothing is left to send, which is so if it cannot be sent any more. */
  boolean flush(boolean closing) {
    try {
      return broken != null || (buffer.flush(transport) && transport.flush() && isEndSent(closing));
    } catch (Throwable e) { // also an OutOfMemoryError for the channel's copy
      fail(e instanceof IOException io ? io : new IOException("writing failed: " + e, e));
      return true;
    }
  }

  private boolean isEndSent(boolean closing) throws IOException {
    if (closing) {
      return transport.finish();
    }
    if (ends && !ended) {
      ended = transport.endOutput();
      return ended;
    }
    return true;
  }

  void fail(IOException error) {
    if (broken == null) {
      broken = error;
    }
    buffer.clear();
  }

  /** Drops what is unsent; the peer is to see a failure. */
  void abort() {
    if (unsent() > 0) {
      fail(new IOException(unsent() + " bytes that were written had not been sent when it was aborted"));
    }
    try {
      transport.reset();
    } catch (IOException e) {
      LoopLog.warning("resetting " + stream + " failed; it is closed without a reset", e);
    }
  }

  boolean isBroken() {
    return broken != null;
  }

  void checkUnbroken() throws IOException {
    if (broken != null) {
      throw new IOException("the connection to " + stream + " is broken: " + broken.getMessage(), broken);
    }
  }

  void waits(StreamDrain drain) {
    drains.add(drain);
  }

  void stops(StreamDrain drain) {
    drains.remove(drain);
  }

  /** Ends the waits for what is sent now. */
  void proceed() {
    if (!drains.isEmpty()) {
      List.copyOf(drains).forEach(StreamDrain::proceed);
    }
  }
}
