package dev.heddle.process.channel;

import dev.heddle.base.ModuleLog;
import dev.heddle.dispatch.DeferredMessages;
import dev.heddle.dispatch.WorkerChannel;
import dev.heddle.process.OutputListener;
import dev.heddle.process.launch.Tail;
import dev.heddle.process.wire.Frame;
import dev.heddle.process.wire.FrameReader;
import dev.heddle.process.wire.MalformedFrameException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The reader of a worker process's messages. They are read by one thread at a time, whichever that is, and acted upon.
 *
 * <p>Lack of memory or stack while reading ends the worker: part of a message is lost then, so nothing after it can be
 * understood. Thread-safe. It blocks only where a listener of the user's does, or user code that decodes a result.
 */
final class ChannelInput {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.process");
  private static final int MOST_FILLS = 16; // of 64 KiB, until what was read is acted upon

  private final ProcessChannel channel;
  private final ChannelSetup setup;
  private final WorkerChannel.Listener listener;
  private final int greeting; // how many bytes were read before
  private final ReentrantLock reading = new ReentrantLock();
  private final FrameReader reader; // under that lock, as is the next
  private final WorkerClock clock = new WorkerClock();
  private boolean orderly; // the worker's JVM said that it exits
  private volatile boolean ready;
  private volatile boolean over; // nothing more comes
  private volatile boolean malformed; // nothing more is believed
  private volatile boolean failed; // reading was cut short by lack of memory or stack
  private final Tail errors = new Tail(); // under the lock
  private final DeferredMessages deferred;

  /**
   * Creates a reader that has read nothing.
   *
   * @param greeting how many bytes were read before: those by which the worker showed that it is the one that was started
   */
  ChannelInput(ProcessChannel channel, ChannelSetup setup, WorkerChannel.Listener listener, int greeting) {
    this.channel = channel;
    this.setup = setup;
    this.listener = listener;
    this.greeting = greeting;
    this.reader = FrameReader.ofParent(setup.options().maxMessage());
    this.deferred = new DeferredMessages(channel::wakeThread);
  }

  /** Whether the worker has said how its preparation ended. */
  boolean isReady() {
    return ready;
  }

  /** Whether its connection has ended. */
  boolean isOver() {
    return over;
  }

  /** Whether its JVM said that it exits; once nothing more comes. */
  boolean isOrderly() {
    return orderly;
  }

  /** How many bytes have come; once nothing more comes. Negative if they cannot be continued. */
  long received() {
    return malformed ? -1 : greeting + reader.received();
  }

  /** Whether reading was cut short by lack of memory or stack. */
  boolean hasFailed() {
    return failed;
  }

  /** The end of what came by the worker's {@code System.err}; once nothing more comes. */
  Tail errors() {
    return errors;
  }

  /** Reads no more. */
  void close() {
    over = true;
  }

  /**
   * Reads what is left; for the channel's thread. It waits for a thread that reads already, and so finds all that this one
   * leaves to it.
   */
  void readAll(ReadableByteChannel from) {
    boolean some;
    do {
      Parsed parsed = new Parsed();
      reading.lock();
      some = readLocked(parsed, from, WorkerChannel.Share.ALL);
    } while (some && !over);
  }

  /** Goes on with what was found elsewhere; for the channel's thread. */
  void readOn(byte[] rest) {
    if (rest.length > 0) {
      reading.lock(); // or another thread would find the end of the socket once more, and end this, too
      try {
        over = false;
        readAll(Channels.newChannel(new ByteArrayInputStream(rest)));
      } finally {
        over = true;
        reading.unlock();
      }
    }
  }

  /**
   * Reads until nothing is there, and acts on it.
   *
   * @param share which of the actions are for the calling thread; the rest is left to the channel's thread
   * @return whether something was there
   */
  boolean read(ReadableByteChannel from, WorkerChannel.Share share) {
    if (over || reading.isHeldByCurrentThread() || (share != WorkerChannel.Share.ALL && deferred.isBehind())) {
      return false;
    }
    Parsed parsed = new Parsed(); // before the lock is taken, for there may be no memory
    return reading.tryLock() && readLocked(parsed, from, share);
  }

  /** Reads, and gives the lock back. */
  private boolean readLocked(Parsed parsed, ReadableByteChannel from, WorkerChannel.Share share) {
    try {
      if (!over) {
        parsed.read(from);
      }
    } catch (MalformedFrameException e) {
      malformed = true;
      lost();
      channel.kill("it sent a malformed message: " + e.getMessage());
    } catch (IOException e) {
      lost();
    } catch (VirtualMachineError e) {
      unreadable(e);
    } finally {
      try {
        parsed.book();
      } catch (VirtualMachineError e) { // what was booked is done, and the rest fails with its worker
        unreadable(e);
      } finally {
        try {
          parsed.leave(share);
        } finally {
          reading.unlock();
        }
      }
    }
    parsed.actUpon(share);
    return parsed.some;
  }

  /** Out of memory, or of stack: the reading thread may be deep in a recursion of the user's. */
  private void unreadable(VirtualMachineError e) {
    failed = true; // first what calls nothing: there may be no stack for more
    malformed = true;
    over = true;
    reader.clear();
    channel.wakeThread();
    channel.kill(
        e instanceof OutOfMemoryError
            ? "its message did not fit into this program's memory; lower maxMessage or raise this program's -Xmx"
            : "its message could not be read here: " + e);
  }

  /** Runs what helping threads have left to the channel's thread, which calls this. */
  void runDeferred() {
    deferred.run();
  }

  private void lost() {
    over = true;
    channel.wakeThread();
  }

  /** The messages and the end that one read found. */
  private final class Parsed {
    private boolean some;
    private @Nullable List<WorkerChannel.TaskEnd> ends;
    private DeferredMessages.@Nullable Batch batch; // most readings bring nothing

    /** Reads; the lock is held. */
    void read(ReadableByteChannel from) throws IOException {
      int come;
      int fills = 0;
      do {
        come = reader.fill(from);
        for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
          take(frame);
        }
        some |= come > 0;
      } while (come > 0 && reader.isFull() && ++fills < MOST_FILLS);
      if (come < 0) {
        lost();
      }
    }

    /** Books the tasks that have ended, all at once; the lock is held. */
    void book() {
      if (ends != null) {
        listener.ended(channel, ends, batch().actions());
      }
    }

    /**
     * Leaves to the channel's thread what is not for this one; the lock is held. Once it is free, the channel's thread may
     * report the worker's end, and must know of everything that is left then.
     */
    void leave(WorkerChannel.Share share) {
      if (batch != null) {
        batch.leave(share);
      }
    }

    /** Runs what is for this thread; the lock is free. */
    void actUpon(WorkerChannel.Share share) {
      if (batch != null) {
        batch.act(share);
      }
    }

    private DeferredMessages.Batch batch() {
      DeferredMessages.Batch its = batch;
      if (its == null) {
        its = deferred.new Batch();
        batch = its;
      }
      return its;
    }

    private void later(Runnable one) {
      batch().actions().add(one);
    }

    private void ended(WorkerChannel.TaskEnd end) {
      if (ends == null) {
        ends = new ArrayList<>();
      }
      ends.add(end);
    }

    private void printed(Frame frame) {
      boolean error = frame.value() == 2;
      String text = new String(frame.body(), StandardCharsets.UTF_8);
      if (error) {
        errors.add(text);
      }
      String task = listener.taskName(channel, frame.id());
      OutputListener.StandardStream stream = error ? OutputListener.StandardStream.ERR : OutputListener.StandardStream.OUT;
      batch().print(() -> handOver(new OutputListener.Printed(channel.pid(), task, stream, text)));
    }

    private void take(Frame frame) throws MalformedFrameException {
      checkLength(frame);
      switch (frame.type()) {
        case Frame.READY -> {
          prepareOnce(frame);
          clock.compare(frame.time());
          later(() -> listener.ready(channel));
        }
        case Frame.UNPREPARED -> {
          prepareOnce(frame);
          later(() -> listener.unprepared(channel, setup.failures().from(channel.number()).decode(frame.body())));
        }
        case Frame.RESULT, Frame.FAILURE ->
          ended(new WorkerChannel.TaskEnd(
              frame.id(), frame.type() == Frame.RESULT, frame.value(), clock.toOwn(frame.time()), frame.body()));
        case Frame.OUTPUT -> printed(frame);
        case Frame.NEED_CLASS -> later(() -> supply(frame.id(), new String(frame.body(), StandardCharsets.UTF_8)));
        case Frame.EXITING -> {
          orderly = true;
          channel.process().exits();
        }
        default -> throw new MalformedFrameException("a frame of type " + frame.type() + ", which has no place there");
      }
    }
  }

  /** A task that gets access to the socket must not be able to break the pool by it. */
  private void prepareOnce(Frame frame) throws MalformedFrameException {
    if (ready) {
      throw new MalformedFrameException("a second frame that says how its preparation ended, of type " + frame.type());
    }
    ready = true;
    channel.process().serves();
  }

  private static void checkLength(Frame frame) throws MalformedFrameException {
    int longest = switch (frame.type()) {
      case Frame.READY, Frame.EXITING -> 0;
      case Frame.NEED_CLASS -> Frame.LONGEST_REQUEST;
      default -> Integer.MAX_VALUE; // what the reader allows
    };
    if (frame.body().length > longest) {
      throw new MalformedFrameException(
          "a frame of type " + frame.type() + " with " + frame.body().length + " bytes; at the most " + longest
              + " belong there");
    }
  }

  private void handOver(OutputListener.Printed printed) {
    try {
      setup.options().output().printed(printed);
    } catch (Throwable e) {
      LOG.ignored("the output listener of executor '" + setup.name() + "'", e);
    }
  }

  private void supply(int request, String name) {
    try {
      if (!channel.output().supply(request, setup.classes().answer(name))) {
        channel.kill("it asked for classes again and again without reading the answers");
      }
    } catch (Throwable e) { // a task would wait for the answer for ever
      if (e instanceof VirtualMachineError error && !channel.isOnItsThread()) {
        throw error; // this thread may be deep in a recursion: the channel's own tries again
      }
      channel.kill("its request for '" + name + "' could not be answered: " + e);
    }
  }
}
