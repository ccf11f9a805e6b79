package dev.heddle.asyncio.io.pipe;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A daemon thread that makes the blocking calls of one stream, in order. A platform thread: a virtual one would keep a carrier thread
 * for as long as the call lasts.
 */
final class PumpThread {
  /** Ends the thread. */
  private static final class End implements Runnable {
    @Override
    public void run() {}
  }

  private final BlockingQueue<Runnable> calls = new LinkedBlockingQueue<>();

  PumpThread(String name) {
    Thread.ofPlatform().daemon(true).name(name).inheritInheritableThreadLocals(false).start(this::run);
  }

  void submit(Runnable call) {
    calls.add(call);
  }

  /** Ends the thread after the calls that were submitted. */
  void end() {
    calls.add(new End());
  }

  private void run() {
    try {
      for (Runnable call = calls.take(); !(call instanceof End); call = calls.take()) {
        call.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // no code has this thread, so nothing interrupts it
    }
  }
}
