package dev.heddle.asyncio.run;

import dev.heddle.asyncio.EventLoop.SignalHandle;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.loop.Scheduler;
import dev.heddle.base.Check;
import dev.heddle.base.process.HandledSignal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The signals that the program handles on its loop. Thread-safe where signals arrive; the rest is confined to the loop's
 * thread.
 */
final class LoopSignals {
  /** The signals that cancel the main coroutine of a run on the main thread; see {@link ProcessSignals}. */
  private static final Set<String> OF_THE_RUN = Set.of("INT", "TERM");

  private final Scheduler scheduler;
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();

  LoopSignals(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** A callback for a signal, and what restores the signal's effect; null if the run handles it. */
  private final class Handler implements SignalHandle {
    private final String name;
    private final Runnable callback;
    private @Nullable HandledSignal signal;

    Handler(String name, Runnable callback) {
      this.name = name;
      this.callback = callback;
    }

    void arrived() {
      boolean _ = scheduler.post(() -> { // false: the run has ended
        if (handlers.get(name) == this) {
          callback.run();
        }
      });
    }

    @Override
    public void close() {
      scheduler.checkInside("SignalHandle.close");
      if (handlers.remove(name, this)) {
        release();
      }
    }

    void release() {
      scheduler.external().workEnds();
      if (signal != null) {
        signal.close();
      }
    }
  }

  /**
   * Handles a signal from now on; see {@link dev.heddle.asyncio.EventLoop#onSignal}.
   *
   * @param ofRun whether the run handles SIGINT and SIGTERM
   */
  SignalHandle add(String signal, Runnable callback, boolean ofRun) {
    scheduler.checkInside("onSignal");
    String name = Check.notBlank(signal, "signal", "name one, such as HUP");
    name = name.startsWith("SIG") ? name.substring(3) : name;
    if (scheduler.options().virtualTime()) {
      throw new LoopStateException(
          "a loop in virtual time handles no signals, which come in real time; call the callback itself");
    }
    Handler handler = new Handler(name, callback);
    if (handlers.putIfAbsent(name, handler) != null) {
      throw new LoopStateException("this loop handles SIG" + name + " already; close that handle first");
    }
    if (!ofRun || !OF_THE_RUN.contains(name)) {
      HandledSignal handled = HandledSignal.of(name, "the event loop", _ -> handler.arrived());
      String obstacle = handled.obstacle();
      if (obstacle != null) {
        handlers.remove(name);
        throw new LoopStateException(obstacle);
      }
      handler.signal = handled;
    }
    scheduler.external().workBegins();
    return handler;
  }

  /** Passes a signal on to the program's handler, from any thread; returns false if there is none. */
  boolean pass(String name) {
    Handler handler = handlers.get(name);
    if (handler == null) {
      return false;
    }
    handler.arrived();
    return true;
  }

  /** Restores what the signals did before. */
  void close() {
    List.copyOf(handlers.values()).forEach(Handler::release);
    handlers.clear();
  }
}
