package dev.heddle.asyncio;

import dev.heddle.base.Check;
import org.jspecify.annotations.Nullable;

/**
 * Something that went wrong on a loop and that no coroutine was told of.
 *
 * @param kind what sort of problem
 * @param message what has happened, and to whom
 * @param error the exception, if there is one
 */
public record LoopProblem(Kind kind, String message, @Nullable Throwable error) {

  /** The sorts of problems. */
  public enum Kind {
    /** A task failed, and nobody has asked for its result. */
    UNOBSERVED_FAILURE,
    /** A callback threw. */
    CALLBACK_FAILURE,
    /** Debug mode: a task or callback has kept the loop's thread for too long; the error's stack shows where it is. */
    SLOW_CALLBACK,
    /** Debug mode: a coroutine was made and never awaited. */
    NEVER_AWAITED,
    /** A task was still alive when the main coroutine had ended; it was cancelled. Or data had not gone out; it was dropped. */
    LEFT_OVER
  }

  /** Checks the components. */
  public LoopProblem {
    Check.notNull(kind, "kind");
    Check.notNull(message, "message");
  }
}
