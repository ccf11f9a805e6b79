package dev.heddle.asyncio.io.tls;

import dev.heddle.asyncio.loop.Scheduler;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Runs the delegated tasks of an engine on another thread. */
final class TlsComputing {
  private TlsComputing() {}

  /**
   * Starts them; the loop gets what one of them has thrown, or null. Failures of the handshake are thrown by the engine's
   * next call.
   */
  static void start(SSLEngine engine, Scheduler scheduler, Consumer<@Nullable Throwable> then) {
    Thread.ofVirtual().name("heddle-tls-handshake").inheritInheritableThreadLocals(false)
        .start(
            () -> {
              Throwable failure = run(engine);
              scheduler.post(() -> then.accept(failure)); // refused if the loop has ended, and with it the connection
            });
  }

  private static @Nullable Throwable run(SSLEngine engine) {
    try {
      for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
        task.run();
      }
      return null;
    } catch (Throwable t) { // also an OutOfMemoryError: else the connection would wait for ever
      return t;
    }
  }
}
