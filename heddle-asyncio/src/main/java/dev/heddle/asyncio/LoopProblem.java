package dev.heddle.asyncio;

import dev.heddle.base.Check;
import org.jspecify.annotations.Nullable;

/**
 * A problem on a loop that no coroutine gets as an exception.
 *
 * @param kind the kind of problem
 * @param message what has happened, and to which task
 * @param error the exception, if there is one
 */
public record LoopProblem(Kind kind, String message, @Nullable Throwable error) {

  /** The kinds of problems. */
  public enum Kind {
    /** A task failed and was neither awaited nor asked for its exception. */
    UNOBSERVED_FAILURE,
    /** The peer of a server's connection did not speak TLS as it must, or was too slow; at most one a minute is reported. */
    PEER_FAILURE,
    /** A callback threw. */
    CALLBACK_FAILURE,
    /** Debug mode: a task or callback has kept the loop's thread for too long; the error's stack shows where it is. */
    SLOW_CALLBACK,
    /**
     * An operation or coroutine is made and never awaited: its result is discarded by the code, which is found when the
     * class with that code is first used on a loop; or, in debug mode, a coroutine was made and not awaited before the end
     * of the run.
     */
    NEVER_AWAITED,
    /**
     * A task was still alive when the main coroutine had ended, and was cancelled; or data was not sent, and was dropped;
     * or, in debug mode, a connection was not closed.
     */
    LEFT_OVER,
    /**
     * Debug mode, in real time: every task has waited for five seconds, and nothing of this loop can wake one. The message
     * shows what each waits for. In virtual time it is a {@link LoopDeadlockException}.
     */
    STALLED
  }

  /** Checks the components. */
  public LoopProblem {
    Check.notNull(kind, "kind");
    Check.notNull(message, "message");
  }
}
