package dev.heddle.subprocess;

import dev.heddle.subprocess.CompletedProcess.Captured;

/** What takes the bytes of an output, from one pump. */
interface Sink {

  /**
   * Takes bytes; it may block to slow the child.
   *
   * @return whether it wants more
   * @throws RuntimeException if the process tree is to be ended for it
   */
  boolean accept(byte[] bytes, int length);

  /** Told once by the pump, last: there is no more. */
  void end();

  /** Told by the pump instead of {@link #end}: what is missing is not known. Whoever reads what was kept learns of it. */
  default void fail(Throwable error) {
    stop();
  }

  /** Told by any thread: the run is over though the pump is not, so nothing may be given to the user any more. */
  default void leave() {}

  /** Told by any thread: nobody will take more, so {@link #accept} is not to block (any longer). */
  default void stop() {}

  /** Whether somebody wants the bytes while the child runs. */
  default boolean isLive() {
    return true;
  }

  /** What was kept. */
  default Captured captured() {
    return Captured.NOTHING;
  }
}
