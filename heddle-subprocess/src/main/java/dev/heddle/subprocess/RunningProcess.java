package dev.heddle.subprocess;

import dev.heddle.futures.Future;
import dev.heddle.iter.Iter;
import dev.heddle.subprocess.run.StartedProcess;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;

/**
 * A process that was started, with all its descendants.
 *
 * <p>Its outputs are read as they come, whether or not they are read here, so that the process never waits for a reader,
 * except with {@link Output#stream}. On a thread that must not block, such as that of an event loop, waits for the end and
 * for output throw {@link IllegalStateException}; await {@link #future()} there. Writes to {@link #stdin()}, {@link #kill()}
 * and {@link #close()} may wait too and are not refused: do them on another thread, in an event loop through {@code
 * toThread}.
 *
 * <p><b>Thread-safe</b>; each of its streams is for one thread at a time. What the process wrote happens-before {@link
 * #result()} returns it. Interrupting a thread that waits here ends the wait, not the process.
 *
 * <p>Origin: Python's {@code subprocess.Popen}.
 */
public sealed interface RunningProcess extends AutoCloseable permits StartedProcess {

  /** Returns the process id. */
  long pid();

  /** Returns the exit code, or empty while the process runs; does not wait. Origin: {@code Popen.poll}. */
  OptionalInt poll();

  /**
   * Waits for the end of the process, at most for a time; a time-out is no error, and the process goes on.
   *
   * @param timeout the longest wait; zero looks without waiting
   * @return whether the process and its output have ended
   * @throws InterruptedException if the calling thread is interrupted
   */
  boolean waitFor(Duration timeout) throws InterruptedException;

  /**
   * Waits for the end of the process.
   *
   * @throws SubprocessException as {@link Subprocess#run(Command)} says
   * @throws CancellationException if {@link #future()} was cancelled
   * @throws InterruptedException if the calling thread is interrupted; the process goes on
   */
  CompletedProcess result() throws InterruptedException;

  /**
   * Returns the end of the process as a future, with the result or the exception of {@link #result()}. Cancelling it ends
   * the process with all its descendants, in the background. {@link Future#toCompletableFuture} converts it to a stage,
   * which an event loop can await.
   */
  Future<CompletedProcess> future();

  /**
   * Returns the stream that the process reads; closing it is the end of the input. A write waits while the pipe is full, and
   * fails when the process reads no more; an interrupted write closes the stream. A write on a thread that must not block
   * is not refused: if that thread also has to read the process's output, both wait for ever. In an event loop write
   * through {@code toThread}.
   *
   * @throws IllegalStateException if the command's input is not {@link Input#pipe}
   */
  OutputStream stdin();

  /**
   * Returns the standard output of the process, from the beginning; a read waits for more, until the end. For a captured
   * output each call returns a stream of its own; for {@link Output#stream} all calls share one buffer. Interrupting a
   * reader leaves the stream open.
   *
   * @throws IllegalStateException if the output is neither captured nor streamed
   */
  InputStream stdout();

  /** Returns the standard error of the process; as {@link #stdout()}. */
  InputStream stderr();

  /**
   * Returns the lines of {@link #stdout()}, each as soon as it is complete: for a captured output from the beginning with
   * each call, for {@link Output#stream} always the same iterator. {@code next} waits for a line, and throws {@link
   * java.io.UncheckedIOException} when interrupted. Closing it leaves the process alone, or, if its output is an {@link
   * Output#stream}, makes its next write fail.
   */
  Iter<String> lines();

  /**
   * Sends a signal to the process, and to none of its descendants; does nothing if it has ended. Runs the shell's {@code
   * kill}, which takes about a millisecond. Origin: {@code Popen.send_signal}.
   *
   * @param signal a name, such as {@code "USR1"} or {@code "SIGUSR1"}, or a number from 1 to 64
   * @throws IllegalArgumentException if it is neither
   * @throws SubprocessException if the system does not know the signal, or does not allow it
   */
  void sendSignal(String signal);

  /** Asks the process and all its descendants to end (SIGTERM), without waiting. Origin: {@code Popen.terminate}. */
  void terminate();

  /**
   * Kills the process and all its descendants (SIGKILL), and returns when they have ended, also on a thread that must not
   * block. Origin: {@code Popen.kill}.
   *
   * @throws SubprocessException if they are not known to have ended after five seconds, for example because there are no
   *     free file descriptors to look with; they are killed again in the background then
   */
  void kill();

  /**
   * Ends the process with all its descendants, if it has not ended: asks them to end, waits for the command's {@code grace},
   * and kills those that are left. Returns when they have ended, at most some seconds after the grace period. An interrupt
   * shortens the grace period. Descendants of a process that has ended by itself are left alone.
   */
  @Override
  void close();
}
