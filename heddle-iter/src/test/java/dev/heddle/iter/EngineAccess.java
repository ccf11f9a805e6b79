package dev.heddle.iter;

import dev.heddle.iter.sinks.Sinks;
import java.util.function.Consumer;

/** Lets tests of other packages choose the fallback engine. */
public final class EngineAccess {
  private EngineAccess() {}

  /** A coroutine on the fallback engine, whatever its body. */
  public static <Y, S, R> Coroutine<Y, S, R> onThread(CoroutineBody<Y, S, R> body) {
    return BodyKind.COROUTINE.startThread(body);
  }

  /** Consumes a coroutine in push mode, which must not have started. */
  public static void push(Coroutine<Object, ?, ?> coroutine, Consumer<Object> sink) {
    Sinks.drain(coroutine, sink);
  }
}
