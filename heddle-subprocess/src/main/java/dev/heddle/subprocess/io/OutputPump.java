package dev.heddle.subprocess.io;

import dev.heddle.base.Check;
import dev.heddle.base.ModuleLog;
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

/** Empties one output of a child: the pipe, the thread that reads it, and the sink. */
public final class OutputPump implements Runnable {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.subprocess");
  private static final int CHUNK = 32 * 1024;
  private static final long SHORTEST_LINGER_NANOS = 200_000_000; // the content of the pipe is read in any case
  private static final int LONGEST_LINGERS = 10; // for a process that never falls silent
  private static final int MOST_IN_PIPE = 1 << 20; // the largest pipe of a Linux user: more bytes come from another process
  private static final long CALM_SECONDS = 1;
  private static final long INTERRUPTED_SECONDS = 4;
  private static final long BUSY = 0;

  private final OutputSink sink;
  private final Consumer<Throwable> onFailure;
  private final CountDownLatch done = new CountDownLatch(1);
  private final @Nullable Path fifo;
  private final @Nullable FileChannel keeper; // open until the child has opened the pipe, or a read would find the end at once
  private volatile @Nullable ReadableByteChannel channel;
  private boolean begun; // whether a thread empties the pipe
  private boolean here; // whether that is the thread that waits for the child
  private boolean hurried;
  private @Nullable Thread worker; // the pump thread that empties the pipe, if it is one
  private volatile long waitingSince = BUSY;
  private volatile long exited = BUSY;
  private final AtomicLong waited = new AtomicLong(); // since the child's end, in completed reads
  private final AtomicLong taken = new AtomicLong(); // since the child's end
  private volatile boolean cut;
  private volatile boolean interrupted; // by cut()

  /** Creates a pump; {@code onFailure} receives the failure of the sink or of reading. */
  public OutputPump(OutputSink sink, Consumer<Throwable> onFailure) throws IOException {
    this.sink = sink;
    this.onFailure = onFailure;
    this.fifo = NamedPipes.shared().take();
    if (fifo == null) {
      keeper = null;
    } else {
      keeper = NamedPipes.keep(fifo);
      channel = NamedPipes.open(fifo, StandardOpenOption.READ, keeper);
    }
  }

  /** Returns the sink. */
  public OutputSink sink() {
    return sink;
  }

  /** Returns the redirection of the child's output. */
  public Redirect redirect() {
    return fifo == null ? Redirect.PIPE : Redirect.to(fifo.toFile());
  }

  /** Called when the child has been started. Its output stays in the pipe until {@link #pump()} or {@link #takeHere()}. */
  public void begin(InputStream jdkPipe) throws IOException {
    if (keeper == null) {
      channel = Channels.newChannel(jdkPipe);
      pump(); // a thread can be blocked in the JDK's pipe for long
    } else {
      keeper.close();
    }
  }

  /** Empties the pipe on a pump thread, unless it is being emptied. */
  public synchronized void pump() {
    if (!begun) {
      PumpThreads.execute(this);
      begun = true; // not before: a pipe that no thread empties is not waited for
    }
  }

  /**
   * Empties the pipe of a child that has ended on the calling thread, which is faster than waking another one: nearly always
   * the end is there. If another process has the pipe open, {@link #hurry()} frees this thread, and a pump thread takes
   * over.
   */
  public void takeHere() throws InterruptedException {
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
      PumpThreads.execute(this); // also if interrupted: the pipe must be emptied
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while reading the output");
    }
  }

  /**
   * Frees the thread that is in {@link #takeHere()}, by replacing and closing the channel that it reads. The pipe is never
   * without a reader, for that would kill its writers.
   */
  public synchronized void hurry() {
    hurried = true;
    if (fifo == null || !here || done.getCount() == 0) {
      return;
    }
    ReadableByteChannel blocked = Check.notNull(channel, "channel");
    try (FileChannel _ = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel = FileChannel.open(fifo, StandardOpenOption.READ); // would wait for a writer without the channel above
    } catch (IOException e) {
      cut = true; // the output ends here
      LOG.ignored("opening a pipe again", e);
    }
    close(blocked);
  }

  /** Called when the child could not be started, or was killed because of another failure. */
  public synchronized void abandon() throws IOException {
    cut = true;
    ReadableByteChannel pipe = channel;
    if (pipe != null) {
      close(pipe);
    }
    if (fifo != null && keeper != null) {
      keeper.close();
      NamedPipes.drop(fifo);
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
        boolean _ = Thread.interrupted(); // an interrupt was for this pump, not for the next task of the thread
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
        return; // hurry() has replaced it
      }
      if (!cut && !isHere()) { // otherwise it is intended, or takeHere() throws InterruptedException
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
      fail(e); // the action may throw for the last line
    } finally {
      release(atEnd);
    }
  }

  private void fail(Throwable error) {
    sink.fail(error);
    if (interrupted) {
      LOG.ignored("processing the rest of an output, which was interrupted,", error);
    } else {
      onFailure.accept(error);
    }
  }

  private synchronized void release(boolean atEnd) {
    close(Check.notNull(channel, "channel"));
    if (fifo != null && atEnd) {
      NamedPipes.shared().giveBack(fifo);
    } else if (fifo != null) {
      NamedPipes.drop(fifo);
    }
    done.countDown();
  }

  private static void close(ReadableByteChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.ignored("closing the output of a process", e);
    }
  }

  /** Reads the pipe; returns whether the end was reached, where no process has the pipe open. */
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
        boolean _ = Thread.interrupted(); // an action may leave the status set, which would close the pipe
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
   * Waits until the output has ended, or has been silent for {@code linger} because another process has it open: then it is
   * cut. It is also cut if another process goes on writing for ten times as long. The output of the child itself is never
   * cut because of a slow sink.
   *
   * @param exitedAt the time of the child's end, by {@link System#nanoTime}
   * @return false if the deadline came first
   */
  public boolean awaitEnd(long deadline, long lingerNanos, long exitedAt) throws InterruptedException {
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
   * Ends the reading, whether or not there are writers, and returns when the sink is no longer called. An action that runs
   * for a second is interrupted; one that ignores the interrupt for some seconds more is abandoned.
   */
  public void cut() throws InterruptedException {
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
      // a thread in the JDK's pipe is not woken by this: it ends when no process has that pipe open
      if (fifo != null && !done.await(CALM_SECONDS, TimeUnit.SECONDS)) {
        interruptWorker();
        if (!done.await(INTERRUPTED_SECONDS, TimeUnit.SECONDS)) {
          LOG.warning(
              "the action of an output was interrupted and goes on; it is not called again, and no longer waited for");
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

  /** Returns whether the reading was ended before the end of the output. */
  public boolean wasCut() {
    return cut;
  }

  /** Returns the kept part of the output. */
  public CapturedOutput captured() {
    return sink.captured();
  }
}
