package dev.heddle.asyncio.task;

import org.jspecify.annotations.Nullable;

/**
 * The host whose code a thread runs: set on the loop's own thread and on the threads of coroutines on the fallback engine.
 */
public final class CurrentHost {
  static final ThreadLocal<@Nullable TaskHost> HOST = new ThreadLocal<>();

  private CurrentHost() {}

  /** Sets the host of the calling thread. */
  public static void set(TaskHost host) {
    HOST.set(host);
  }

  /** Clears the host of the calling thread. */
  public static void clear() {
    HOST.remove();
  }
}
