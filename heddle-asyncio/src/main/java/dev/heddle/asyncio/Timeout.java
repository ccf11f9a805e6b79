package dev.heddle.asyncio;

import dev.heddle.asyncio.wait.LoopTimeout;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A bound on the time that a piece of a coroutine may take.
 *
 * <pre>{@code
 * Timeout limit = Timeout.of(Duration.ofSeconds(5));
 * String page = a.await(limit.run(b -> {
 *   String found = b.await(lookUp());
 *   limit.reschedule(Duration.ofSeconds(10));   // it was found: allow more time
 *   return b.await(fetch(found));
 * }));
 * }</pre>
 *
 * <p>When the time has run out, the task is cancelled; the {@link Cancelled} that leaves the body is replaced by an {@link
 * AsyncTimeoutException}, also if a call on another thread ends with another exception because it was interrupted; that is
 * its cause. A result that came in time, or together with the end of the time, is returned. A cancellation from elsewhere
 * stays one. Time-outs nest. Each is used once.
 *
 * <p>A time-out of zero does not begin the body.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.timeout}.
 */
public sealed interface Timeout permits LoopTimeout {

  /**
   * Returns a time-out whose time begins with its body.
   *
   * @param limit zero does not begin the body
   * @throws IllegalArgumentException if it is negative
   */
  static Timeout of(Duration limit) {
    return new LoopTimeout(limit);
  }

  /**
   * Returns a time-out with an absolute deadline, which several pieces of work may share.
   *
   * <p>Origin: {@code timeout_at}.
   *
   * @param nanoTime by the clock of {@link EventLoop#nanoTime}; if it has passed when the body is to begin, that does not
   *     begin
   */
  static Timeout at(long nanoTime) {
    return LoopTimeout.at(nanoTime);
  }

  /**
   * Returns a time-out without a limit, for {@link #reschedule} to set one while the body runs. Origin: {@code
   * timeout(None)}.
   */
  static Timeout none() {
    return LoopTimeout.none();
  }

  /** Returns a coroutine that runs a body within this time-out. */
  <T extends @Nullable Object> Async<T> run(AsyncBody<T> body);

  /**
   * Returns a coroutine that runs a body without a result within this time-out.
   *
   * @param then further bodies, each run when the one before it has ended
   */
  default Async<@Nullable Void> run(AsyncAction body, AsyncAction... then) {
    return run(Async.of(body, then));
  }

  /**
   * Returns a coroutine that waits for something within this time-out; if the time runs out, it is cancelled and its end
   * awaited.
   *
   * @param what a task, a coroutine or an operation; a task that has ended is in time, however short the time
   */
  <T extends @Nullable Object> Async<T> run(Awaitable<T> what);

  /**
   * Sets another limit, which is measured from now.
   *
   * @throws IllegalArgumentException if it is negative
   * @throws LoopStateException if the body is not running, or the time has run out already
   */
  void reschedule(Duration limit);

  /**
   * Sets an absolute deadline; see {@link #at}.
   *
   * @param nanoTime one that has passed ends the body at the loop's next turn
   * @throws LoopStateException if the body is not running, or the time has run out already
   */
  void rescheduleAt(long nanoTime);

  /**
   * Takes the limit away, for a part of the body that must not be cut short; {@link #reschedule} sets one again.
   *
   * @throws LoopStateException if the body is not running, or the time has run out already
   */
  void disable();

  /**
   * Returns the deadline by the clock of {@link EventLoop#nanoTime}; empty without a limit, and before the body has begun.
   */
  OptionalLong when();

  /** Whether its time has run out before its body had ended. */
  boolean isExpired();
}
