package dev.heddle.subprocess;

import dev.heddle.futures.Future;
import dev.heddle.iter.Iter;
import dev.heddle.subprocess.run.StartedPipeline;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * A pipeline of processes that was started, with all their descendants: what is written to the first can be read from the
 * last while they run.
 *
 * <p>What {@link RunningProcess} says of threads, waits and interrupts holds here, too. <b>Thread-safe</b>; each of its
 * streams is for one thread at a time. What the processes wrote happens-before {@link #result()} returns it.
 */
public sealed interface RunningPipeline extends AutoCloseable permits StartedPipeline {

  /** Returns the process ids, in the order of the commands. */
  List<Long> pids();

  /**
   * Waits for the end of all processes, at most for a time; a time-out is no error, and the processes go on.
   *
   * @param timeout the longest wait; zero looks without waiting
   * @return whether the processes and their outputs have ended
   * @throws InterruptedException if the calling thread is interrupted
   */
  boolean waitFor(Duration timeout) throws InterruptedException;

  /**
   * Waits for the end of all processes.
   *
   * @throws SubprocessException as {@link Subprocess#run(Command)} says
   * @throws CancellationException if {@link #future()} was cancelled
   * @throws InterruptedException if the calling thread is interrupted; the processes go on
   */
  CompletedPipeline result() throws InterruptedException;

  /**
   * Returns the end of the pipeline as a future, with the result or the exception of {@link #result()}. Cancelling it ends
   * the processes with all their descendants, in the background.
   */
  Future<CompletedPipeline> future();

  /**
   * Returns the stream that the first process reads; closing it is the end of the input: see {@link RunningProcess#stdin()}.
   *
   * @throws IllegalStateException if the first command's input is not {@link Input#pipe}
   */
  OutputStream stdin();

  /**
   * Returns the standard output of the last process: see {@link RunningProcess#stdout()}.
   *
   * @throws IllegalStateException if the output is neither captured nor streamed
   */
  InputStream stdout();

  /** Returns the lines of {@link #stdout()}, each as soon as it is complete: see {@link RunningProcess#lines()}. */
  Iter<String> lines();

  /** Asks all processes and their descendants to end (SIGTERM), without waiting. */
  void terminate();

  /**
   * Kills all processes and their descendants (SIGKILL), and returns when they have ended, also on a thread that must not
   * block.
   *
   * @throws SubprocessException if they are not known to have ended after five seconds
   */
  void kill();

  /** Ends all processes with their descendants, if they have not ended: see {@link RunningProcess#close()}. */
  @Override
  void close();
}
