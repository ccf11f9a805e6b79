package dev.heddle.subprocess;

import dev.heddle.base.Check;
import dev.heddle.futures.Future;
import dev.heddle.futures.spi.NonBlocking;
import dev.heddle.iter.Iter;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A process that was started, with all its descendants.
 *
 * <p>Its outputs are taken in as they come, whether or not they are read here, so that the process never waits for a reader
 * (unless {@link Output#stream} was asked for). On a thread that must not block, as that of an event loop, waits for the end and
 * for output throw {@link IllegalStateException}; await {@link #future()} there. Writes to {@link #stdin()}, {@link
 * #kill()} and {@link #close()} may wait too and are not refused: do them on another thread, in an event loop through {@code
 * toThread}. {@link #close()} ends it with all its descendants, if it has not ended.
 *
 * <p><b>Thread-safe</b>; each of its streams is for one thread at a time. What the process wrote happens-before {@link
 * #result()} returns it. Interrupting a thread that waits here ends the wait, not the process.
 *
 * <p>Origin: Python's {@code subprocess.Popen}.
 */
public final class RunningProcess implements AutoCloseable {
  private final Job job;
  private final Command command;
  private final Process process;
  private final CompletableFuture<CompletedProcess> end = new CompletableFuture<>();
  private final Future<CompletedProcess> future;
  private volatile boolean asked;

  RunningProcess(Command command) {
    this.command = command;
    this.job = new Job(List.of(command), command.timeout(), true);
    this.process = job.first();
    Thread.ofVirtual().name("heddle-subprocess-" + process.pid()).start(this::await);
    this.future = Future.from(end);
    end.whenComplete((result, error) -> endIfCancelled());
  }

  private void await() {
    try {
      CompletedProcess result = job.await().getFirst();
      end.complete(command.check() ? result.orThrow() : result);
    } catch (Throwable e) {
      end.completeExceptionally(e);
    }
  }

  private void endIfCancelled() {
    if (end.isCancelled()) {
      Workers.execute(() -> {
        job.end(job.grace());
        job.stopTaking();
      });
    }
  }

  /** The system's number of the process. */
  public long pid() {
    return process.pid();
  }

  /** The exit code, or empty while it runs; does not wait. Origin: {@code Popen.poll}. */
  public OptionalInt poll() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /**
   * Waits for its end, but not for ever; running out of time is no error, and the process goes on.
   *
   * @param timeout zero looks without waiting
   * @return whether it and its output have ended
   * @throws InterruptedException if the calling thread is interrupted
   */
  public boolean waitFor(Duration timeout) throws InterruptedException {
    if (!timeout.isZero()) {
      refuseToBlock();
    }
    try {
      end.get(Check.nanos(Check.timeout(timeout)), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException | CancellationException e) {
      return !process.isAlive(); // it has ended, though not well: result() says how
    }
    return true;
  }

  /**
   * Waits for its end.
   *
   * @throws SubprocessException as {@link Subprocess#run(Command)} says
   * @throws CancellationException if {@link #future()} was cancelled
   * @throws InterruptedException if the calling thread is interrupted; the process goes on
   */
  public CompletedProcess result() throws InterruptedException {
    refuseToBlock();
    try {
      return end.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SubprocessException failure) {
        throw failure;
      }
      throw new SubprocessException("waiting for '" + command.described() + "' failed", e.getCause());
    }
  }

  private void refuseToBlock() {
    if (!end.isDone()) {
      NonBlocking.check("waiting for the end of '" + command.described() + "'");
    }
  }

  /**
   * Its end, as a future: with what {@link #result()} returns, or what it throws. Cancelling it ends the process with all
   * its descendants, in the background. {@link Future#toCompletableFuture} makes a stage of it, which an event loop can
   * await.
   */
  public Future<CompletedProcess> future() {
    return future;
  }

  /**
   * What the process reads; closing it tells the process that there is no more. A write waits while the pipe is full, and
   * fails when the process reads no more; an interrupted write closes the stream. A thread that must not block is not
   * refused: when it is the one that has to read the process's output, both wait for ever. In an event loop write through
   * {@code toThread}.
   *
   * @throws IllegalStateException if the command's input is not {@link Input#pipe}
   */
  public OutputStream stdin() {
    return job.input().stream();
  }

  /**
   * What the process writes, from the beginning; a read waits for more, until the end. Of a captured output each call
   * returns a stream of its own; of {@link Output#stream} all share what is there. Interrupting a reader leaves the stream
   * open.
   *
   * @throws IllegalStateException if the output is neither captured nor streamed
   */
  public InputStream stdout() {
    return stream(job.stdout(), "stdout");
  }

  /** What the process writes to standard error; as {@link #stdout()}. */
  public InputStream stderr() {
    return stream(job.stderr(), "stderr");
  }

  private static InputStream stream(@Nullable OutputPump pump, String name) {
    return switch (pump == null ? null : pump.sink()) {
      case CaptureSink capture -> capture.view();
      case StreamSink stream -> stream.reader();
      case null, default -> throw new IllegalStateException(
          name + " goes elsewhere; start the command with Output.capture() or Output.stream() to read it");
    };
  }

  /**
   * The lines of {@link #stdout()}, each as soon as it is there. {@code next} waits for a line, and throws {@link
   * java.io.UncheckedIOException} when interrupted. Closing it leaves the process alone, or, if its output is an {@link
   * Output#stream}, makes its next write fail.
   */
  public Iter<String> lines() {
    return new LineIter(stdout(), command.charset());
  }

  /** Asks the process and all its descendants to end (SIGTERM), without waiting. Origin: {@code Popen.terminate}. */
  public void terminate() {
    if (!end.isDone()) {
      asked = true;
      job.terminate();
    }
  }

  /**
   * Kills the process and all its descendants (SIGKILL), and returns when they are gone, also on a thread that must not
   * block. Origin: {@code Popen.kill}.
   */
  public void kill() {
    if (!end.isDone()) {
      job.end(Duration.ZERO);
    }
  }

  /**
   * Ends the process with all its descendants, if it has not ended: asks them to, waits for the command's {@code grace}, and
   * kills those that are left. Returns when they are gone, at the latest some seconds after the grace. An interrupt shortens
   * the grace. Descendants of a process that has ended by itself are left alone.
   */
  @Override
  public void close() {
    if (end.isDone() && !end.isCancelled()) {
      return;
    }
    if (asked || process.isAlive() || end.isCancelled()) {
      job.end(job.grace());
    }
    job.stopTaking();
    boolean interrupted = Thread.interrupted();
    try {
      end.get(10, TimeUnit.SECONDS); // all is dead: only the rest of the output is to be taken in
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (ExecutionException | CancellationException e) {
      // result() tells it to whoever wants to know
    } catch (TimeoutException e) {
      Log.ignored("taking in the output of '" + command.described() + "' after its end", e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "RunningProcess[" + pid() + " " + command.described() + (process.isAlive() ? " runs]" : " has ended]");
  }
}
