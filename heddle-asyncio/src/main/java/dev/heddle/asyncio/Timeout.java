package dev.heddle.asyncio;

import dev.heddle.base.Check;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A bound on the time that a piece of a coroutine may take.
 *
 * <pre>{@code
 * Timeout limit = Timeout.of(Duration.ofSeconds(5));
 * String page = a.await(limit.run(b -> {
 *   String found = b.await(lookUp());
 *   limit.reschedule(Duration.ofSeconds(10));   // it was found: now take your time
 *   return b.await(fetch(found));
 * }));
 * }</pre>
 *
 * <p>When the time is over, the task is cancelled; what it throws on its way out of the body is replaced by an {@link
 * AsyncTimeoutException}. A result that came in time, or together with the end of the time, wins. A cancellation that comes from
 * elsewhere stays one. Time-outs nest. Each is used once.
 *
 * <p>A time-out of zero does not begin the body.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.timeout}.
 */
public final class Timeout {
  private Duration limit;
  private @Nullable Task<?> task;
  private boolean ended;

  /** The timer while it runs. */
  private EventLoop.@Nullable Scheduled alarm;

  /** How often the task had been asked to end when it entered. */
  private int requestsBefore;

  /** The number of the request that the expiry has made; 0 if there is none, -1 if the body was not begun. */
  private long request;

  private Timeout(Duration limit) {
    this.limit = limit;
  }

  /**
   * A time-out that begins to run when its body does.
   *
   * @param limit zero does not begin the body
   * @throws IllegalArgumentException if it is negative
   */
  public static Timeout of(Duration limit) {
    Check.notNegative(limit, "limit", "zero does not even begin");
    return new Timeout(limit);
  }

  /** A coroutine that runs a body within this time-out. */
  public <T extends @Nullable Object> Async<T> run(AsyncBody<T> body) {
    return run(Async.of(body));
  }

  /**
   * A coroutine that waits for something within this time-out; if the time runs out, it is cancelled and its end awaited.
   *
   * @param what a task, a coroutine or an operation; a task that has ended is in time, however short the time
   */
  public <T extends @Nullable Object> Async<T> run(Awaitable<T> what) {
    Check.notNull(what, "what");
    return Async.of(
        Lookups.HERE,
        a -> {
          enter(what);
          T result = null;
          Throwable thrown = null;
          try {
            result = a.await(what);
          } catch (Throwable t) {
            thrown = t;
          }
          return exit(result, thrown);
        });
  }

  private void enter(Awaitable<?> what) {
    if (task != null) {
      throw new LoopStateException("this Timeout was used before; make a new one for each body with Timeout.of");
    }
    EventLoop loop = EventLoop.current();
    task = loop.currentTask();
    requestsBefore = task == null ? 0 : task.cancelling();
    if (limit.isZero() && !(what instanceof Task<?>)) { // a task may have ended; else it is cancelled at the next turn
      ended = true;
      request = -1;
      if (what instanceof Async<?> unstarted) {
        unstarted.close();
      }
      throw new AsyncTimeoutException(limit, null);
    }
    start();
  }

  private void start() {
    alarm = EventLoop.current().callLater(limit, this::expire);
  }

  private void expire() {
    alarm = null;
    if (!ended && task != null) {
      request = task.request("the time-out of " + limit + " has run out");
    }
  }

  private <T extends @Nullable Object> T exit(@Nullable T result, @Nullable Throwable thrown) {
    ended = true;
    stop();
    if (request > 0 && task != null && task.withdraw(request) <= requestsBefore) {
      AsyncTimeoutException late = new AsyncTimeoutException(limit, null);
      if (thrown instanceof Cancelled) {
        throw late;
      }
      if (thrown != null) {
        thrown.addSuppressed(late);
      }
    }
    if (thrown != null) {
      throw Cast.sneaky(thrown);
    }
    return Cast.to(result);
  }

  private void stop() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  /**
   * Sets another bound, which runs from now.
   *
   * @throws IllegalArgumentException if it is negative
   * @throws LoopStateException if the body is not running, or the time has run out already
   */
  public void reschedule(Duration limit) {
    Check.notNegative(limit, "limit", "zero ends it at the loop's next turn");
    if (task == null || ended || request != 0) {
      throw new LoopStateException(
          "a time-out can only be rescheduled while its body runs and before the time has run out; this one "
              + (task == null ? "has not begun" : request != 0 ? "has run out" : "has ended"));
    }
    stop();
    this.limit = limit;
    start();
  }

  /** Whether its time has run out before its body had ended. */
  public boolean isExpired() {
    return request != 0;
  }

  @Override
  public String toString() {
    return "<Timeout " + limit + (request != 0 ? ", expired" : ended ? ", ended" : task == null ? "" : ", running") + ">";
  }
}
