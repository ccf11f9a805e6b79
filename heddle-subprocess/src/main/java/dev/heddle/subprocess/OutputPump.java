package dev.heddle.subprocess;

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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One output of a child on its way: the pipe, the thread that empties it, and the sink. */
final class OutputPump implements Runnable {
  private static final int CHUNK = 32 * 1024;
  private static final long SHORTEST_LINGER_NANOS = 20_000_000; // what is in the pipe already is read in any case
  private static final long BUSY = 0;

  private final Sink sink;
  private final Consumer<Throwable> onFailure;
  private final CountDownLatch done = new CountDownLatch(1);
  private final @Nullable Path fifo;
  private final @Nullable FileChannel keeper; // until the child has it open, or reading would find the end at once
  private @Nullable ReadableByteChannel channel;
  private volatile long waitingSince = BUSY;
  private volatile boolean cut;

  OutputPump(Sink sink, Consumer<Throwable> onFailure) throws IOException {
    this.sink = sink;
    this.onFailure = onFailure;
    this.fifo = Fifos.shared().take();
    if (fifo == null) {
      keeper = null;
    } else {
      keeper = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE);
      channel = FileChannel.open(fifo, StandardOpenOption.READ);
    }
  }

  Sink sink() {
    return sink;
  }

  Redirect redirect() {
    return fifo == null ? Redirect.PIPE : Redirect.to(fifo.toFile());
  }

  /** The child has been started. */
  void begin(InputStream jdkPipe) throws IOException {
    if (keeper == null) {
      channel = Channels.newChannel(jdkPipe);
    } else {
      keeper.close();
    }
    Workers.execute(this);
  }

  /** The child could not be started. */
  void abandon() throws IOException {
    if (fifo != null && keeper != null && channel != null) {
      keeper.close();
      channel.close();
      Fifos.drop(fifo);
    }
  }

  @Override
  public void run() {
    ReadableByteChannel pipe = Check.notNull(channel, "channel");
    boolean atEnd = false;
    try (pipe) {
      atEnd = pump(pipe);
      sink.end();
    } catch (ClosedChannelException e) {
      sink.end();
    } catch (Throwable e) {
      sink.stop();
      onFailure.accept(e);
    } finally {
      if (fifo != null) {
        if (atEnd) {
          Fifos.shared().giveBack(fifo);
        } else {
          Fifos.drop(fifo);
        }
      }
      done.countDown();
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
      waitingSince = BUSY;
      if (count < 0) {
        return true;
      }
      if (!sink.accept(bytes, count)) {
        return false;
      }
    }
  }

  private static long now() {
    long now = System.nanoTime();
    return now == BUSY ? 1 : now;
  }

  /**
   * Waits until the output has ended, or has been silent for a while because somebody else holds it open: then it is cut.
   *
   * @param exited when the child ended, on {@link System#nanoTime}
   * @return false if the deadline came first
   */
  boolean awaitEnd(long deadline, long lingerNanos, long exited) throws InterruptedException {
    long linger = Math.max(lingerNanos, SHORTEST_LINGER_NANOS);
    while (true) {
      long now = System.nanoTime();
      long since = waitingSince;
      long silent = since == BUSY ? 0 : Math.min(now - since, now - exited);
      if (silent >= linger) {
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

  /** Reads no more, whoever may still write. */
  void cut() throws InterruptedException {
    if (done.getCount() == 0) {
      return;
    }
    cut = true;
    sink.stop();
    try {
      Check.notNull(channel, "channel").close();
    } catch (IOException e) {
      Log.ignored("closing the output of a process", e);
    }
    if (fifo != null) { // a thread in the JDK's pipe is not woken by this: it ends when nobody holds that pipe any more
      done.await();
    }
  }

  boolean wasCut() {
    return cut;
  }

  Captured captured() {
    return sink.captured();
  }
}
