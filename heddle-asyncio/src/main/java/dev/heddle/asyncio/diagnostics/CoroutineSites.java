package dev.heddle.asyncio.diagnostics;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.LoopOptions;
import dev.heddle.asyncio.LoopProblem;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The coroutines that were made on a loop's threads and not taken yet, with the places where they were made; for debug mode.
 *
 * <p>Confined to the loop's thread.
 */
public final class CoroutineSites {
  /** The number of loops in debug mode; while it is 0, debug mode costs other loops one read of this field. */
  private static final AtomicInteger LOOPS = new AtomicInteger();

  private final IdentityHashMap<Async<?>, String> made = new IdentityHashMap<>();

  private CoroutineSites() {}

  /** Returns the sites of a new loop; null unless it is in debug mode. */
  public static @Nullable CoroutineSites of(LoopOptions options) {
    if (!options.debug()) {
      return null;
    }
    LOOPS.incrementAndGet();
    return new CoroutineSites();
  }

  /** Whether any loop is in debug mode. */
  public static boolean isOn() {
    return LOOPS.getPlain() > 0;
  }

  /** Ends debug mode for this loop. */
  public void close() {
    LOOPS.decrementAndGet();
  }

  /** Remembers where a coroutine is made. */
  public void made(Async<?> coroutine) {
    made.put(coroutine, site());
  }

  /** Forgets a coroutine that is awaited, made a task or closed. */
  public void taken(Async<?> coroutine) {
    made.remove(coroutine);
  }

  /** Returns where a coroutine was made, for messages; empty if that is not known. */
  public String origin(Async<?> coroutine) {
    String site = made.get(coroutine);
    return site == null ? "" : ", made at " + site;
  }

  private static String site() {
    return StackWalker.getInstance()
        .walk(
            frames -> frames
                .filter(frame -> !frame.getClassName().startsWith("dev.heddle.asyncio.Async")
                    && !frame.getClassName().startsWith("dev.heddle.asyncio.task.Async")
                    && !frame.getClassName().equals(CoroutineSites.class.getName()))
                .findFirst()
                .map(frame -> frame.toStackTraceElement().toString())
                .orElse("an unknown place"));
  }

  /** Reports the coroutines that were never taken. */
  public void reportNeverAwaited(ProblemReporter problems) {
    for (String site : List.copyOf(made.values())) {
      problems.report(
          LoopProblem.Kind.NEVER_AWAITED,
          "a coroutine was made at " + site + " and never awaited, so its code never ran; await it, or close it",
          null);
    }
  }
}
