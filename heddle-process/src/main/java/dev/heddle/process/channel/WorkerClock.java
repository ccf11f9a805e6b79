package dev.heddle.process.channel;

/**
 * The clock of a worker, whose times it converts to this JVM's {@link System#nanoTime}. For one thread at a time.
 *
 * <p>On Linux, macOS and Windows the JVMs of a machine share that clock, but the JDK does not promise it: the first time
 * that a worker sends shows whether it does.
 */
final class WorkerClock {
  private final long created = System.nanoTime();
  private long offset;

  /** Compares the clocks: a time of the worker's that is neither before its start nor after now is of the same clock. */
  void compare(long time) {
    long now = System.nanoTime();
    boolean same = time - created >= 0 && now - time >= 0;
    offset = same ? 0 : now - time;
  }

  /** Converts a time of the worker's; one that lies in the future, which a hostile worker may send, becomes now. */
  long toOwn(long time) {
    long now = System.nanoTime();
    long own = time + offset;
    return now - own < 0 ? now : own;
  }
}
