package dev.heddle.asyncio.wait;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.AsyncBody;
import dev.heddle.asyncio.AsyncTimeoutException;
import dev.heddle.asyncio.Awaitable;
import dev.heddle.asyncio.Cancelled;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.Task;
import dev.heddle.asyncio.Timeout;
import dev.heddle.asyncio.loop.Scheduler;
import dev.heddle.asyncio.task.CompletedOperation;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.asyncio.task.TaskHost;
import dev.heddle.asyncio.task.Unchecked;
import dev.heddle.base.Cast;
import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A time-out around a piece of a coroutine.
 *
 * <pre>
 * NEW ──► RUNNING ──► EXPIRED ──► ENDED   the time has run out, and the task was requested to end
 *  │         └──────────────────► ENDED   the body has ended in time
 *  └────────► EXPIRED ──────────► ENDED   with a limit of zero or a deadline that has passed: the body is not begun
 * </pre>
 */
public final class LoopTimeout implements Timeout {

  private enum State {
    NEW, RUNNING, EXPIRED, ENDED
  }

  private static final Duration UNLIMITED = Duration.ofSeconds(Long.MAX_VALUE);

  /** How long the body may take, or was allowed to take from the last change on; for messages. */
  private Duration limit;

  /** Whether {@link #deadline} is given, and the limit follows from it when the body begins. */
  private final boolean absolute;

  /** By the loop's clock; valid while there is an alarm, and before if it is absolute. */
  private long deadline;

  private State state = State.NEW;
  private boolean expired;
  private @Nullable LoopTask<?> task;

  /** The timer while it runs. */
  private EventLoop.@Nullable TimerHandle alarm;

  /** The number of cancellation requests of the task when it entered. */
  private int requestsBefore;

  /** The number of the request that the expiry has made; 0 if there is none. */
  private long request;

  private LoopTimeout(Duration limit, boolean absolute, long deadline) {
    this.limit = limit;
    this.absolute = absolute;
    this.deadline = deadline;
  }

  /** A time-out whose time begins with its body. */
  public LoopTimeout(Duration limit) {
    this(Check.notNegative(limit, "limit", "zero does not begin the body"), false, 0);
  }

  /** See {@link Timeout#at}. */
  public static LoopTimeout at(long nanoTime) {
    return new LoopTimeout(Duration.ZERO, true, nanoTime);
  }

  /** See {@link Timeout#none}. */
  public static LoopTimeout none() {
    return new LoopTimeout(UNLIMITED, false, 0);
  }

  @Override
  public <T extends @Nullable Object> Async<T> run(AsyncBody<T> body) {
    return run(Async.of(body));
  }

  @Override
  public <T extends @Nullable Object> Async<T> run(Awaitable<T> what) {
    Check.notNull(what, "what");
    return Async.of(
        OwnLookup.HERE,
        a -> {
          try {
            a.await(CompletedOperation.checkpoint());
          } catch (Throwable t) {
            closeUnstarted(what);
            throw t;
          }
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
    if (state != State.NEW) {
      throw new LoopStateException("this Timeout was used before; make a new one for each body with Timeout.of");
    }
    task = TaskHost.require().currentTask();
    requestsBefore = task == null ? 0 : task.cancelling();
    if (absolute) {
      limit = until(deadline);
    }
    if (limit.isZero() && !(what instanceof Task<?>)) { // a task may have ended; else it is cancelled at the next turn
      state = State.ENDED;
      expired = true;
      closeUnstarted(what);
      throw new AsyncTimeoutException(limit, null);
    }
    state = State.RUNNING;
    start(absolute ? deadline : after(limit));
  }

  private static void closeUnstarted(Awaitable<?> what) {
    if (what instanceof Async<?> unstarted) {
      unstarted.close();
    }
  }

  private static Scheduler scheduler() {
    return TaskHost.require().scheduler();
  }

  private static long after(Duration limit) {
    return scheduler().nanoTime() + Check.nanos(limit);
  }

  /** The time until a deadline, at least zero. */
  private static Duration until(long nanoTime) {
    return Duration.ofNanos(Math.max(0, scheduler().until(nanoTime)));
  }

  private void start(long nanoTime) {
    if (limit != UNLIMITED) {
      deadline = nanoTime;
      alarm = scheduler().callAt(nanoTime, this::expire);
    }
  }

  private void expire() {
    alarm = null;
    if (state == State.RUNNING && task != null) {
      state = State.EXPIRED;
      expired = true;
      request = task.request("the time-out of " + Describe.duration(limit) + " has run out");
    }
  }

  private <T extends @Nullable Object> T exit(@Nullable T result, @Nullable Throwable thrown) {
    state = State.ENDED;
    stop();
    if (request > 0 && task != null && task.withdraw(request) <= requestsBefore) {
      if (thrown instanceof Cancelled signal) {
        Throwable[] withIt = signal.getSuppressed();
        throw new AsyncTimeoutException(limit, withIt.length == 0 ? null : withIt[0]);
      }
      AsyncTimeoutException late = new AsyncTimeoutException(limit, null);
      if (thrown != null) {
        thrown.addSuppressed(late);
      }
    }
    if (thrown != null) {
      throw Unchecked.rethrow(thrown);
    }
    return Cast.to(result);
  }

  private void stop() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  @Override
  public void reschedule(Duration limit) {
    Check.notNegative(limit, "limit", "zero ends it at the loop's next turn");
    change(limit);
    start(after(limit));
  }

  @Override
  public void rescheduleAt(long nanoTime) {
    checkRunning();
    change(until(nanoTime));
    start(nanoTime);
  }

  @Override
  public void disable() {
    change(UNLIMITED);
  }

  private void change(Duration to) {
    checkRunning();
    stop();
    limit = to;
  }

  private void checkRunning() {
    if (state != State.RUNNING) {
      throw new LoopStateException(
          "a time-out can only be rescheduled while its body runs and before the time has run out; this one "
              + (expired ? "has run out" : state == State.NEW ? "has not begun" : "has ended"));
    }
  }

  @Override
  public OptionalLong when() {
    return alarm != null || (absolute && state == State.NEW) ? OptionalLong.of(deadline) : OptionalLong.empty();
  }

  @Override
  public boolean isExpired() {
    return expired;
  }

  @Override
  public String toString() {
    return "<Timeout " + (limit == UNLIMITED ? "without a limit" : Describe.duration(limit))
        + (expired
            ? ", expired"
            : switch (state) {
              case NEW -> "";
              case RUNNING, EXPIRED -> ", running";
              case ENDED -> ", ended";
            })
        + ">";
  }
}
