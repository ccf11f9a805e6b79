package dev.heddle.process.worker;

import dev.heddle.codec.ClassSource;
import dev.heddle.process.wire.Frame;
import dev.heddle.process.wire.FrameReader;
import dev.heddle.process.wire.FrameWriter;
import dev.heddle.process.wire.Outbox;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A worker's end of the socket. Thread-safe: one thread takes tasks, any may send, and any may ask for a class while it
 * loads one.
 *
 * <p>The socket does not block, for an interrupt would close it in the middle of a blocking call, and tasks may interrupt
 * themselves.
 */
final class Connection implements ClassSource {
  private static final long SPIN_NANOS = 50_000; // how long to look for the next task before sleeping
  private static final int LOOKS_PER_YIELD = 32;
  private static final long CLASS_LOOK_MILLIS = 1;

  private final SocketChannel socket;
  private final Selector readable = Selector.open();
  private final Selector writable = Selector.open();
  private final FrameReader reader = FrameReader.ofWorker();
  private final FrameWriter writer;
  private final HeldBack heldBack = new HeldBack(this::flushHeldBack);
  private final ReentrantLock reading = new ReentrantLock();
  private final ReentrantLock sending = new ReentrantLock();
  private final ArrayDeque<Frame> tasks = new ArrayDeque<>(); // came while a class was waited for; under 'reading'
  private final Map<Integer, Frame> classes = new HashMap<>(); // answers, by the request's number; under its own monitor
  private int requests; // under the monitor of 'classes'

  Connection(SocketChannel socket, Outbox outbox) throws IOException {
    this.socket = socket;
    this.writer = new FrameWriter(outbox);
    socket.configureBlocking(false);
    socket.register(readable, SelectionKey.OP_READ);
    socket.register(writable, SelectionKey.OP_WRITE);
  }

  // ---- receiving ----

  /** The next frame that is not an answer, waiting for one once what was held back is sent; for one thread. */
  @SuppressWarnings("ThreadPriorityCheck") // looking without yielding starves the parent it waits for, if cores are few
  Frame next() throws IOException {
    reading.lock();
    try {
      Frame here = atHand();
      if (here != null) {
        return here;
      }
      flush();
      heldBack.none(); // also if another thread has sent it just now; only this one holds anything back
      long until = System.nanoTime() + SPIN_NANOS;
      for (int looks = 1;; looks++) {
        Frame frame = received();
        if (frame != null) {
          return frame;
        }
        if (System.nanoTime() - until > 0) {
          Thread.interrupted(); // it would keep the selector from sleeping
          readable.select();
          readable.selectedKeys().clear();
          until = System.nanoTime() + SPIN_NANOS;
        } else if (looks % LOOKS_PER_YIELD == 0) {
          Thread.yield();
        }
      }
    } finally {
      reading.unlock();
    }
  }

  /** What is next of that which was read before; under the lock. */
  private @Nullable Frame atHand() throws IOException {
    Frame frame = tasks.poll();
    if (frame == null) {
      frame = reader.next();
    }
    while (frame != null && frame.type() == Frame.CLASS) {
      answer(frame);
      frame = reader.next();
    }
    return frame;
  }

  /** What is next, if anything is there; under the lock. */
  private @Nullable Frame received() throws IOException {
    Frame frame = readOne();
    while (frame != null && frame.type() == Frame.CLASS) {
      answer(frame);
      frame = readOne();
    }
    return frame;
  }

  private @Nullable Frame readOne() throws IOException {
    Frame frame = reader.next();
    while (frame == null) {
      int come = reader.fill(socket);
      if (come < 0) {
        throw new EOFException("the parent has closed the connection");
      }
      if (come == 0) {
        return null;
      }
      frame = reader.next();
    }
    return frame;
  }

  private void answer(Frame frame) {
    synchronized (classes) {
      classes.put(frame.id(), frame);
      classes.notifyAll();
    }
  }

  // ---- sending ----

  /** Sends a frame, stamped with the time, waiting until the parent has room for it and all that was held back before it. */
  void send(byte type, int id, long value, byte[] body) throws IOException {
    sending.lock();
    try {
      writer.put(type, id, value, System.nanoTime(), body);
      flush();
    } finally {
      sending.unlock();
    }
  }

  /**
   * Gives a frame away, which is sent with others: at the latest when no task is {@linkplain #next at hand}, or after about
   * a millisecond. It outlives this process.
   *
   * @param time when it happened
   * @param now whether it is not to wait for others
   */
  void post(byte type, int id, long value, long time, byte[] body, boolean now) throws IOException {
    // Another thread may be reading while it waits for a class; then this is a guess, and as good as any.
    if (!writer.put(type, id, value, time, body) || now || !reader.hasMore()) {
      flush();
    } else {
      heldBack.more();
    }
  }

  /** Sends what was held back. */
  private void flush() throws IOException {
    if (writer.isEmpty()) {
      return;
    }
    sending.lock();
    try {
      heldBack.none();
      while (!writer.flush(socket)) {
        boolean interrupted = Thread.interrupted();
        writable.select();
        writable.selectedKeys().clear();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    } finally {
      sending.unlock();
    }
  }

  private void flushHeldBack() {
    try {
      flush();
    } catch (IOException e) {
      // the connection is lost, as the thread that takes tasks will find out
    }
  }

  /** How long something has been held back, in nanoseconds; 0 if nothing is. */
  long heldBackFor(long now) {
    return heldBack.age(now);
  }

  // ---- classes ----

  @Override
  public byte @Nullable [] answer(String asked) throws IOException {
    byte[] text = asked.getBytes(StandardCharsets.UTF_8);
    if (text.length > Frame.LONGEST_REQUEST) {
      return null; // there is no such name
    }
    int request;
    synchronized (classes) {
      request = ++requests;
    }
    send(Frame.NEED_CLASS, request, 0, text);
    boolean interrupted = false;
    try {
      while (true) {
        Frame answer = answered(request);
        if (answer != null) {
          return answer.value() == 1 ? answer.body() : null;
        }
        interrupted |= Thread.interrupted();
        if (reading.tryLock()) {
          try {
            receiveForOthers();
          } finally {
            reading.unlock();
          }
        } else { // the main thread reads, and passes answers on
          synchronized (classes) {
            if (!classes.containsKey(request)) {
              try {
                classes.wait(CLASS_LOOK_MILLIS);
              } catch (InterruptedException e) {
                interrupted = true; // which must not make a class or a resource a missing one
              }
            }
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private @Nullable Frame answered(int request) {
    synchronized (classes) {
      return classes.remove(request);
    }
  }

  private void receiveForOthers() throws IOException {
    readable.select(CLASS_LOOK_MILLIS);
    readable.selectedKeys().clear();
    for (Frame frame = readOne(); frame != null; frame = readOne()) {
      if (frame.type() == Frame.CLASS) {
        answer(frame);
      } else {
        tasks.add(frame);
      }
    }
  }
}
