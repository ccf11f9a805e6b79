package dev.heddle.process.channel;

import dev.heddle.codec.EncodedTask;
import dev.heddle.codec.SiteDefinition;
import dev.heddle.process.wire.Claims;
import dev.heddle.process.wire.Frame;
import dev.heddle.process.wire.FrameWriter;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The writer of messages to a worker process. The sending thread writes to the socket itself; what does not fit is left to
 * the channel's thread.
 *
 * <p>Lack of memory or stack in the middle of a message makes the stream unusable: nothing more is written then, and the
 * channel's thread ends the worker ({@link #hasFailed}). Thread-safe; nothing blocks. {@link #send} is called under the
 * dispatcher's lock.
 */
final class ChannelOutput {
  private static final long MOST_CLASS_BYTES = 256L << 20; // that may wait to be read by the worker

  private final FrameWriter writer = new FrameWriter();
  private final Runnable wakeThread;
  private final BitSet defined = new BitSet(); // sites, under the dispatcher's lock
  private final AtomicLong classBytes = new AtomicLong(); // sent since the worker last had read everything
  private volatile @Nullable Claims claims;
  private volatile @Nullable SocketChannel socket;
  private volatile boolean stuck; // there was no room; else what has not left waits for more to go with it
  private volatile boolean broken;
  private volatile boolean failed; // a message was cut short

  /**
   * Creates a writer without a connection.
   *
   * @param wakeThread makes the thread that reads look again
   */
  ChannelOutput(Runnable wakeThread) {
    this.wakeThread = wakeThread;
  }

  /** The page where the worker will claim its tasks. */
  void announceIn(Claims page) {
    claims = page;
  }

  /** What was put leaves from now on. */
  void connect(SocketChannel connected) {
    socket = connected;
  }

  boolean send(int id, EncodedTask task) {
    Claims page = claims;
    if (page == null || !checked(page.announce(id))) {
      return false;
    }
    boolean whole = false;
    try {
      SiteDefinition site = task.site();
      if (!defined.get(site.id())) {
        defined.set(site.id());
        writer.put(Frame.DEFINE, site.id(), 0, site.definition());
      }
      writer.put(Frame.TASK, id, site.id(), task.payload());
      whole = true;
    } finally {
      failed |= !whole; // calls nothing: there may be no stack
    }
    return true;
  }

  /** Whether a message was cut short by lack of memory or stack. */
  boolean hasFailed() {
    Claims page = claims;
    return failed || (page != null && page.isTorn());
  }

  /** Returns what the worker has done to the page of its claims; null if nothing. */
  @Nullable
  String problem() {
    Claims page = claims;
    return page == null ? null : page.problem();
  }

  private boolean checked(boolean answer) {
    if (problem() != null || hasFailed()) {
      wakeThread.run(); // it ends the worker
    }
    return answer;
  }

  /** Sends what was put, or lets the channel's thread do it when there is room. */
  void flush() {
    if (!tryFlush()) {
      wakeThread.run();
    }
  }

  private boolean tryFlush() {
    SocketChannel connected = socket;
    if (connected == null || broken || failed) {
      return true;
    }
    boolean whole = false;
    try {
      synchronized (writer) { // which flushing takes anyhow: two that flush must not overwrite each other's finding
        stuck = !writer.flush(connected);
      }
      whole = true;
    } catch (IOException e) {
      stuck = false;
      broken = true; // the reading thread finds the end of the connection, after what the worker has sent before
      whole = true;
    } finally {
      failed |= !whole; // calls nothing: there may be no stack
    }
    return !stuck && !broken;
  }

  /** Whether something waits for room in the socket. */
  boolean isStuck() {
    return stuck;
  }

  /** Tries again to send what had no room. */
  void flushIfStuck() {
    if (stuck) {
      tryFlush();
    }
  }

  boolean takeBack(int id) {
    Claims page = claims;
    return page != null && checked(page.takeBack(id));
  }

  boolean isUnclaimed(int id) {
    Claims page = claims;
    return page != null && !stuck && checked(page.isUnclaimed(id));
  }

  boolean isPassed(int id) {
    Claims page = claims;
    return page != null && checked(page.isPassed(id));
  }

  /** Sends what the worker runs before its first task. */
  void prepare(@Nullable EncodedTask initializer) {
    if (initializer == null) {
      writer.put(Frame.PREPARE, 0, -1, Frame.EMPTY);
    } else {
      writer.put(Frame.DEFINE, initializer.site().id(), 0, initializer.site().definition());
      writer.put(Frame.PREPARE, 0, initializer.site().id(), initializer.payload());
    }
    flush();
  }

  /** Answers a worker that lacks a class; false if it asks without reading the answers. */
  boolean supply(int request, byte @Nullable [] bytes) {
    if (writer.isEmpty()) {
      classBytes.set(0);
    }
    if (classBytes.addAndGet(bytes == null ? 1 : bytes.length) > MOST_CLASS_BYTES) {
      return false;
    }
    writer.put(Frame.CLASS, request, bytes == null ? 0 : 1, bytes == null ? Frame.EMPTY : bytes);
    flush();
    return true;
  }

  void quit() {
    writer.put(Frame.QUIT, 0, 0, Frame.EMPTY);
    flush();
  }
}
