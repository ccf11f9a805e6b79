package dev.heddle.subprocess.io;

/** The consumer of the bytes of an output, which one pump reads. */
public interface OutputSink {

  /**
   * Takes bytes; it may block, which slows the child down.
   *
   * @return whether it wants more
   * @throws RuntimeException if the process tree must be ended
   */
  boolean accept(byte[] bytes, int length);

  /** Called once by the pump, last: the output has ended. */
  void end();

  /** Called by the pump instead of {@link #end}: the output is incomplete. Readers get the error after the kept bytes. */
  default void fail(Throwable error) {
    stop();
  }

  /** Called by any thread: the run is over, and nothing may be passed to the user any more. */
  default void leave() {}

  /** Called by any thread: no more is wanted, and {@link #accept} must not block any longer. */
  default void stop() {}

  /** Returns whether the bytes are wanted while the child runs. */
  default boolean isLive() {
    return true;
  }

  /** Returns the kept part of the output. */
  default CapturedOutput captured() {
    return CapturedOutput.NOTHING;
  }
}
