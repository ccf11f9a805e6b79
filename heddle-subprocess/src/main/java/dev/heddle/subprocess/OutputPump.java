package dev.heddle.subprocess;

import dev.heddle.base.Check;
import dev.heddle.subprocess.CompletedProcess.Captured;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One output of a child on its way: the pipe, the thread that empties it, and the sink. */
final class OutputPump implements Runnable {
  private static final int CHUNK = 32 * 1024;
  private static final long SHORTEST_LINGER_NANOS = 200_000_000; // what is in the pipe already is read in any case
  private static final int LONGEST_LINGERS = 10; // of somebody who never falls silent
  private static final int MOST_IN_PIPE = 1 << 20; // that a user may ask of Linux: more is from somebody else
  private static final long CALM_SECONDS = 1;
  private static final long INTERRUPTED_SECONDS = 4;
  private static final long BUSY = 0;

  private final Sink sink;
  private final Consumer<Throwable> onFailure;
  private final CountDownLatch done = new CountDownLatch(1);
  private final @Nullable Path fifo;
  private final @Nullable FileChannel keeper; // until the child has it open, or reading would find the end at once
  private volatile @Nullable ReadableByteChannel channel;
  private boolean begun; // whether some thread empties the pipe
  private boolean here; // whether it is the thread that awaits the child
  private boolean hurried;
  private @Nullable Thread worker; // which empties the pipe, if it is one of this module's; an interrupt is for it then
  private volatile long waitingSince = BUSY;
  private volatile long exited = BUSY;
  private final AtomicLong waited = new AtomicLong(); // since the child's end, in completed reads
  private final AtomicLong taken = new AtomicLong(); // since the child's end
  private volatile boolean cut;
  private volatile boolean interrupted; // by cut()

  OutputPump(Sink sink, Consumer<Throwable> onFailure) throws IOException {
    this.sink = sink;
    this.onFailure = onFailure;
    this.fifo = Fifos.shared().take();
    if (fifo == null) {
      keeper = null;
    } else {
      keeper = Fifos.keep(fifo);
      channel = Fifos.open(fifo, StandardOpenOption.READ, keeper);
    }
  }

  Sink sink() {
    return sink;
  }

  Redirect redirect() {
    return fifo == null ? Redirect.PIPE : Redirect.to(fifo.toFile());
  }

  /** The child has been started. What it writes stays in the pipe until {@link #pump()} or {@link #takeHere()}. */
  void begin(InputStream jdkPipe) throws IOException {
    if (keeper == null) {
      channel = Channels.newChannel(jdkPipe);
      pump(); // only a thread of its own may be caught in the JDK's pipe
    } else {
      keeper.close();
    }
  }

  /** Empties the pipe on a thread of its own, unless that is being done. */
  synchronized void pump() {
    if (!begun) {
      Workers.execute(this);
      begun = true; // not before: a pipe that nobody empties is not awaited
    }
  }

  /**
   * Empties the pipe of a child that has ended on this thread, which is quicker than to wake another: nearly always the end
   * is there. If somebody else holds the pipe, {@link #hurry()} frees this thread, and another one waits in its place.
   */
  void takeHere() throws InterruptedException {
    ReadableByteChannel pipe;
    synchronized (this) {
      if (begun || hurried) {
        pump();
        return;
      }
      begun = true;
      here = true;
      pipe = Check.notNull(channel, "channel");
    }
    run(pipe);
    synchronized (this) {
      here = false;
    }
    if (done.getCount() > 0) {
      Workers.execute(this); // also if interrupted: somebody must own the pipe
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while taking in the output");
    }
  }

  /**
   * Frees the thread that is in {@link #takeHere()}, by putting another channel in the place of the one that it reads. The
   * pipe is never without a reader, for that would kill its writers.
   */
  synchronized void hurry() {
    hurried = true;
    if (fifo == null || !here || done.getCount() == 0) {
      return;
    }
    ReadableByteChannel blocked = Check.notNull(channel, "channel");
    try (FileChannel _ = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel = FileChannel.open(fifo, StandardOpenOption.READ); // would wait for a writer, were there not that one
    } catch (IOException e) {
      cut = true; // what is read so far is all then
      Log.ignored("opening a pipe again", e);
    }
    close(blocked);
  }

  /** The child could not be started, or has been killed since something else failed. */
  synchronized void abandon() throws IOException {
    cut = true;
    ReadableByteChannel pipe = channel;
    if (pipe != null) {
      close(pipe);
    }
    if (fifo != null && keeper != null) {
      keeper.close();
      Fifos.drop(fifo);
    }
  }

  @Override
  public void run() {
    synchronized (this) {
      worker = Thread.currentThread();
    }
    try {
      run(Check.notNull(channel, "channel"));
    } finally {
      synchronized (this) {
        worker = null;
        boolean _ = Thread.interrupted(); // it was for this pump, not for what the thread does next
      }
    }
  }

  private synchronized boolean isHere() {
    return here;
  }

  private void run(ReadableByteChannel pipe) {
    boolean atEnd = false;
    boolean failed = false;
    try (pipe) {
      atEnd = pump(pipe);
    } catch (ClosedChannelException e) {
      if (channel != pipe) {
        return; // hurry() has put another in its place
      }
      if (!cut && !isHere()) { // else it was meant, or takeHere() tells of the interrupt
        failed = true;
        fail(e);
      }
    } catch (Throwable e) {
      failed = true;
      fail(e);
    }
    end(atEnd, failed);
  }

  private void end(boolean atEnd, boolean failed) {
    try {
      if (!failed) {
        sink.end();
      }
    } catch (Throwable e) {
      fail(e); // the last line may be one too many
    } finally {
      release(atEnd);
    }
  }

  private void fail(Throwable error) {
    sink.fail(error);
    if (interrupted) {
      Log.ignored("taking the rest of an output, which was interrupted,", error);
    } else {
      onFailure.accept(error);
    }
  }

  private synchronized void release(boolean atEnd) {
    close(Check.notNull(channel, "channel"));
    if (fifo != null && atEnd) {
      Fifos.shared().giveBack(fifo);
    } else if (fifo != null) {
      Fifos.drop(fifo);
    }
    done.countDown();
  }

  private static void close(ReadableByteChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      Log.ignored("closing the output of a process", e);
    }
  }

  /** Whether the end was reached: no process has the pipe open any more. */
  private boolean pump(ReadableByteChannel pipe) throws IOException {
    byte[] bytes = new byte[CHUNK];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (true) {
      buffer.clear();
      waitingSince = now();
      int count = pipe.read(buffer);
      note(count);
      waitingSince = BUSY;
      if (count < 0) {
        return true;
      }
      if (!sink.accept(bytes, count)) {
        return false;
      }
      if (!isHere()) {
        boolean _ = Thread.interrupted(); // an action may leave it set, which would close the pipe
      }
    }
  }

  private void note(int count) {
    long end = exited;
    if (end != BUSY) {
      long now = System.nanoTime();
      waited.addAndGet(Math.min(now - waitingSince, now - end));
      taken.addAndGet(Math.max(0, count));
    }
  }

  private static long now() {
    long now = System.nanoTime();
    return now == BUSY ? 1 : now;
  }

  /**
   * Waits until the output has ended, or has been silent for a while because somebody else holds it open: then it is cut.
   * It is cut as well if somebody else goes on writing for ten times as long. A slow sink is no reason to cut what the child
   * itself has written.
   *
   * @param exitedAt when the child ended, on {@link System#nanoTime}
   * @return false if the deadline came first
   */
  boolean awaitEnd(long deadline, long lingerNanos, long exitedAt) throws InterruptedException {
    long linger = Math.max(lingerNanos, SHORTEST_LINGER_NANOS);
    if (exited == BUSY) {
      exited = exitedAt == BUSY ? 1 : exitedAt;
    }
    while (true) {
      long now = System.nanoTime();
      long since = waitingSince;
      long silent = since == BUSY ? 0 : Math.min(now - since, now - exited);
      if (silent >= linger || isHeldTooLong(now, linger)) {
        cut();
        return true;
      }
      if (deadline - now <= 0) {
        return done.getCount() == 0;
      }
      if (done.await(Math.min(deadline - now, linger - Math.max(0, silent)), TimeUnit.NANOSECONDS)) {
        return true;
      }
    }
  }

  private boolean isHeldTooLong(long now, long linger) {
    long longest = linger > Long.MAX_VALUE / LONGEST_LINGERS ? Long.MAX_VALUE : LONGEST_LINGERS * linger;
    long since = waitingSince;
    long waiting = waited.get() + (since == BUSY ? 0 : Math.min(now - since, now - exited));
    return waiting >= longest || (taken.get() > MOST_IN_PIPE && now - exited >= longest);
  }

  /**
   * Reads no more, whoever may still write, and returns when the sink is left in peace. An action that goes on for a second
   * is interrupted; one that takes no notice for some seconds more is left alone.
   */
  void cut() throws InterruptedException {
    if (done.getCount() == 0) {
      return;
    }
    cut = true;
    sink.stop();
    synchronized (this) {
      if (!begun) {
        begun = true;
        release(false);
        return;
      }
      close(Check.notNull(channel, "channel"));
    }
    try {
      // a thread in the JDK's pipe is not woken by this: it ends when nobody holds that pipe any more
      if (fifo != null && !done.await(CALM_SECONDS, TimeUnit.SECONDS)) {
        interruptWorker();
        if (!done.await(INTERRUPTED_SECONDS, TimeUnit.SECONDS)) {
          System.getLogger("dev.heddle.subprocess").log(System.Logger.Level.WARNING,
              "what takes an output was interrupted and goes on; it is given no more, and no longer waited for");
        }
      }
    } finally {
      if (done.getCount() > 0) {
        sink.leave();
      }
    }
  }

  private synchronized void interruptWorker() {
    interrupted = true;
    if (worker != null) {
      worker.interrupt();
    }
  }

  boolean wasCut() {
    return cut;
  }

  Captured captured() {
    return sink.captured();
  }
}
