package dev.heddle.asyncio.diagnostics;

import dev.heddle.asyncio.LoopStateException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A task as a node of the wait-for graph: what it is doing, and for which other tasks it waits.
 *
 * <p>A wait is <em>binding</em> if it lasts until the other tasks have ended, even if the waiting task is cancelled.
 */
public interface WaitNode {

  /** Its name. */
  String name();

  /** Whether it has ended. */
  boolean isDone();

  /** Whether it has ended with an exception; false for a cancellation. */
  boolean isFailed();

  /** Whether it was cancelled, and has ended. */
  boolean isCancelled();

  /** What it is doing, for a developer, such as "sleeping". */
  String doing();

  /** Where in the program it waits; null if it does not, or that is not known. */
  @Nullable
  StackTraceElement place();

  /** How it has ended, for a developer. */
  String ending();

  /** The tasks for whose end it waits, in any kind of wait. */
  Stream<? extends WaitNode> needs();

  /** The one task that it awaits directly; null if it waits for something else or not at all. */
  @Nullable
  WaitNode awaitedTask();

  /** Whether its wait is binding. */
  boolean isBound();

  /** Whether its wait is binding and {@link #breakOff} can end it. */
  boolean canBreakOff();

  /** Whether another task or observer waits for its end. */
  boolean hasObservers();

  /** Ends its wait with an exception. */
  void breakOff(LoopStateException error);
}
