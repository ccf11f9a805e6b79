package dev.heddle.asyncio.io.pipe;

import dev.heddle.asyncio.loop.Scheduler;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A daemon thread that makes the blocking calls of one stream, in order. It starts with the first call and ends after ten
 * seconds without one, so that a stream which is never closed keeps no thread. A platform thread: a virtual one would keep a
 * carrier thread for as long as the call lasts.
 */
final class PumpThread {
  private static final int IDLE_SECONDS = 10;

  private final Scheduler scheduler;
  private final ThreadPoolExecutor thread;

  PumpThread(Scheduler scheduler, String name) {
    this.scheduler = scheduler;
    this.thread = new ThreadPoolExecutor(
        1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
        Thread.ofPlatform().daemon(true).name(name).inheritInheritableThreadLocals(false).factory());
    thread.allowCoreThreadTimeOut(true);
  }

  /**
   * Makes a call, and hands its result or its failure over on the loop's thread, unless the loop has ended by then.
   *
   * @param then one of its arguments is null, or both if the call returns null
   */
  <T> void call(Callable<? extends @Nullable T> call, BiConsumer<? super @Nullable T, ? super @Nullable IOException> then) {
    thread.execute(
        () -> {
          T result = null;
          IOException failure = null;
          try {
            result = call.call();
          } catch (IOException e) {
            failure = e;
          } catch (Throwable t) {
            failure = new IOException(t.toString(), t);
          }
          T returned = result;
          IOException thrown = failure;
          scheduler.post(() -> then.accept(returned, thrown));
        });
  }

  /** Ends the thread after the calls that were made; no further ones are accepted. */
  void end() {
    thread.shutdown();
  }
}
