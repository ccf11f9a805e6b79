package dev.heddle.subprocess;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that pump. They are platform threads, for they block in the system, where a virtual thread would hold its
 * carrier; they are daemons, and end after a second without work.
 */
final class Workers {
  private static final ExecutorService POOL = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS,
      new SynchronousQueue<>(), Thread.ofPlatform().daemon().name("heddle-subprocess-", 1).factory());

  private Workers() {}

  static void execute(Runnable task) {
    POOL.execute(task);
  }
}
