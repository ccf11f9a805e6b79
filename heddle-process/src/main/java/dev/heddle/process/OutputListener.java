package dev.heddle.process;

import dev.heddle.process.channel.ForwardedOutput;

/**
 * A listener that receives what tasks print; see {@link ProcessOptions#withOutput}.
 *
 * <p>What a task prints is handed over before the task ends, piece by piece, in its order. Called by one thread at a time
 * for each worker, but for several workers at once. It must not wait for tasks of the pool. One that throws is logged and
 * harms no task.
 */
@FunctionalInterface
public interface OutputListener {

  /** Receives a piece of output. */
  void printed(Printed output);

  /**
   * A piece of output.
   *
   * @param pid the worker's process id
   * @param task the name of the task that was running, or empty if none was
   * @param stream where it was printed to
   * @param text what was printed, decoded as UTF-8
   */
  record Printed(long pid, String task, StandardStream stream, String text) {}

  /** The stream that a piece of output was printed to. */
  enum StandardStream {
    /** Standard output. */
    OUT,
    /** Standard error. */
    ERR
  }

  /** Passes everything on to this program's standard output and standard error. */
  static OutputListener forwarding() {
    return ForwardedOutput.INSTANCE;
  }

  /** Drops everything. */
  static OutputListener dropping() {
    return output -> {};
  }
}
