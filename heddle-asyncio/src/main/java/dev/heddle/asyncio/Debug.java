package dev.heddle.asyncio;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Debug mode: the coroutines that a loop's code has made and that nothing has taken yet, with where they were made. */
final class Debug {
  /** How many loops are in debug mode; while it is none, debug mode costs the others a read of this field. */
  private static final AtomicInteger LOOPS = new AtomicInteger();

  /** Untaken coroutines; of the loop's thread alone. */
  final IdentityHashMap<Async<?>, String> made = new IdentityHashMap<>();

  private Debug() {}

  static @Nullable Debug of(LoopOptions options) {
    if (!options.debug()) {
      return null;
    }
    LOOPS.incrementAndGet();
    return new Debug();
  }

  static void close(EventLoop loop) {
    if (loop.debug != null) {
      LOOPS.decrementAndGet();
    }
  }

  static boolean isOn() {
    return LOOPS.getPlain() > 0;
  }

  private static @Nullable Debug current() {
    EventLoop loop = EventLoop.CURRENT.get();
    return loop == null ? null : loop.debug;
  }

  static void made(Async<?> coroutine) {
    Debug debug = current();
    if (debug != null) {
      debug.made.put(coroutine, site());
    }
  }

  static void taken(Async<?> coroutine) {
    Debug debug = current();
    if (debug != null) {
      debug.made.remove(coroutine);
    }
  }

  /** Where a coroutine was made, for messages; empty if that is not known. */
  static String origin(Async<?> coroutine) {
    Debug debug = current();
    String site = debug == null ? null : debug.made.get(coroutine);
    return site == null ? "" : ", made at " + site;
  }

  private static String site() {
    return StackWalker.getInstance()
        .walk(
            frames -> frames
                .filter(frame -> !frame.getClassName().startsWith("dev.heddle.asyncio.Async")
                    && !frame.getClassName().equals(Debug.class.getName()))
                .findFirst()
                .map(frame -> frame.toStackTraceElement().toString())
                .orElse("an unknown place"));
  }

  static void reportNeverAwaited(EventLoop loop) {
    if (loop.debug == null) {
      return;
    }
    for (String site : List.copyOf(loop.debug.made.values())) {
      loop.report(
          LoopProblem.Kind.NEVER_AWAITED,
          "a coroutine was made at " + site + " and never awaited, so its code never ran; await it, or close it",
          null);
    }
  }
}
