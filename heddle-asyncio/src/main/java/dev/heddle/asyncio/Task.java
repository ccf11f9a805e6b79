package dev.heddle.asyncio;

import dev.heddle.base.Check;
import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.Future;
import dev.heddle.iter.BodyKind;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that runs by itself on an event loop, together with its result.
 *
 * <p>The loop keeps every task until it has ended, so one that nobody refers to is not lost. A failure that nobody asks for is
 * reported to {@link LoopOptions#problems} at the end of the run.
 *
 * <p>{@link #isDone()}, {@link #cancel()} and {@link #toCompletableFuture()} may be called on any thread; everything else belongs
 * to the loop's thread. Nothing here blocks: a coroutine awaits a task.
 *
 * <p>Origin: {@code asyncio.Task}.
 *
 * @param <T> the type of the result
 */
public final class Task<T extends @Nullable Object> extends Timer implements Awaitable<T> {
  private static final byte PENDING = 0;
  private static final byte FINISHED = 1;
  private static final byte FAILED = 2;
  private static final byte CANCELLED = 3;

  final EventLoop loop;
  private final int id;
  private @Nullable String name;

  /** The innermost coroutine; null once the task has ended. */
  private @Nullable Frame<?> frame;

  /** What it waits for: an operation or a task; null if it is ready to run, runs, or has ended. */
  private @Nullable Awaitable<?> waiter;

  /** What the innermost body is given when it goes on; in the end the result. */
  private @Nullable Object value;

  /** What is thrown in the innermost body when it goes on; in the end the failure. */
  private @Nullable Throwable failure;

  /** Who waits for the end; see {@link Observers}. */
  private @Nullable Object observers;

  private @Nullable Cancellation cancellation;

  /** The values of context variables. */
  @Nullable
  ContextValues context;

  private ContextCarrier.@Nullable Context carried;

  /** The neighbours among the loop's live tasks. */
  @Nullable
  Task<?> previous;

  @Nullable
  Task<?> next;

  private volatile byte state;
  private boolean observed;

  Task(EventLoop loop, int id, @Nullable String name, Frame<T> outermost) {
    this.loop = loop;
    this.id = id;
    this.name = name;
    outermost.claim(loop);
    this.frame = outermost;
    this.failure = outermost.raisedAtEntry();
  }

  void carry(ContextCarrier.Context context) {
    carried = context;
  }

  ContextCarrier.@Nullable Context carried() {
    return carried;
  }

  // ---- questions ----

  /** Its name: the one it was given, or "task-" with a number. */
  public String name() {
    String given = name;
    return given == null ? "task-" + id : given;
  }

  /** Whether it has ended. Any thread may ask; what the task did happens-before an answer of true. */
  public boolean isDone() {
    return state != PENDING;
  }

  /** Whether it has ended because it was cancelled. */
  public boolean isCancelled() {
    return state == CANCELLED;
  }

  /** Whether it has ended with an exception. */
  public boolean isFailed() {
    return state == FAILED;
  }

  /**
   * Its result. What it threw is thrown here as it is.
   *
   * @throws CancellationException if it was cancelled
   * @throws LoopStateException if it has not ended; await it instead
   */
  public T result() {
    Throwable error = error();
    if (error != null) {
      throw Cast.sneaky(error);
    }
    return Cast.to(value);
  }

  /**
   * What it failed with; null if it has a result.
   *
   * @throws CancellationException if it was cancelled
   * @throws LoopStateException if it has not ended; await it instead
   */
  public @Nullable Throwable exception() {
    Throwable error = error();
    if (state == CANCELLED && error != null) {
      throw Cast.sneaky(error);
    }
    return error;
  }

  /** How it has ended. */
  public Outcome<T> outcome() {
    Throwable error = error();
    return error == null
        ? new Outcome.Success<>(Cast.to(value))
        : state == CANCELLED ? new Outcome.Cancelled<>(String.valueOf(error.getMessage())) : new Outcome.Failure<>(error);
  }

  /** What to tell those who ask for the result of an ended task; null if it has one. */
  @Nullable
  Throwable error() {
    if (isDone()) {
      observe();
    }
    return switch (state) {
      case FINISHED -> null;
      case FAILED -> failure;
      case CANCELLED -> new CancellationException("task '" + name() + "', which was waited for, was cancelled");
      default ->
        throw new LoopStateException(
            "task '" + name() + "' has not ended, and waiting for it here would block the loop; use await(task)");
    };
  }

  /** Somebody takes care of its failure. */
  void observe() {
    if (!observed) {
      observed = true;
      if (state == FAILED) {
        loop.observed(this);
      }
    }
  }

  boolean isObserved() {
    return observed;
  }

  /** What it failed with, without taking note that somebody has asked. */
  @Nullable
  Throwable failure() {
    return state == FAILED ? failure : null;
  }

  // ---- cancelling ----

  /** Cancels it; see {@link #cancel(String)}. */
  public boolean cancel() {
    return cancel("");
  }

  /**
   * Asks it to end: {@link Cancelled} is thrown at the await where it waits, or else at its next one.
   *
   * <p>A task that has not begun begins, and learns it at its first await, so that its clean-up runs. A result that is already
   * on its way to the task is delivered first. The task may take its time, and need not heed it. Any thread may call this.
   *
   * <p>Each call is one request, of which {@link #cancelling()} tells the number. Origin: {@code Task.cancel}.
   *
   * @param reason is told in the message of {@link Cancelled}
   * @return false if it has ended already
   */
  public boolean cancel(String reason) {
    Check.notNull(reason, "reason");
    if (isDone()) {
      return false;
    }
    if (loop.isInside()) {
      request(reason);
    } else {
      return loop.post(() -> request(reason));
    }
    return true;
  }

  /** A request to end; returns its number. */
  long request(String reason) {
    if (isDone()) {
      return 0;
    }
    Cancellation requests = cancellation;
    if (requests == null) {
      requests = new Cancellation();
      cancellation = requests;
    }
    long number = requests.request(reason);
    switch (waiter) {
      case null -> {
        if (failure instanceof Cancelled) { // a signal is on its way, and tells of this request, too
          failure = requests.deliver(this);
        } // else it is ready to run, or running: at its next await
      }
      case Task<?> other ->
        loop.cancelling.passOn(this, other, "task '" + name() + "', which waits for it, was cancelled");
      case Operation<?> operation -> {
        if (operation.withdraw(this)) {
          fail(requests.deliver(this));
        }
      }
      case Frame<?> _ -> throw new IllegalStateException("a task does not wait for a frame");
    }
    return number;
  }

  /** How many requests to end it has got, those left out that were taken back. Origin: {@code Task.cancelling}. */
  public int cancelling() {
    return cancellation == null ? 0 : cancellation.requests();
  }

  /**
   * Takes one request to end back; for a body that has caught {@link Cancelled} and goes on.
   *
   * <p>Origin: {@code Task.uncancel}.
   *
   * @return how many requests are left
   */
  public int uncancel() {
    return cancellation == null ? 0 : cancellation.withdrawAny();
  }

  /** Makes a signal that it has seen come once more at its next await. */
  void requestAgain() {
    if (cancellation != null) {
      cancellation.again();
    }
  }

  /** Takes a certain request back; returns how many are left. */
  int withdraw(long number) {
    return number == 0 || cancellation == null ? cancelling() : cancellation.withdraw(number);
  }

  // ---- running ----

  /** What it waits for ends with a result. */
  void wake(@Nullable Object result) {
    waiter = null;
    value = result;
    loop.ready(this);
  }

  /** What it waits for ends with an exception. */
  void fail(Throwable error) {
    waiter = null;
    failure = error;
    loop.ready(this);
  }

  /** What it waits for ends because this task was cancelled, if it was, else with an exception. */
  void failCancelled(Throwable otherwise) {
    fail(cancellation != null && cancellation.isPending() ? cancellation.deliver(this) : otherwise);
  }

  /** Its sleep is over. */
  @Override
  void fire() {
    wake(null);
  }

  /** Another task it waits for has ended. */
  void wakeBy(Task<?> other) {
    Throwable error = other.error();
    if (error == null) {
      wake(other.value);
    } else if (other.isCancelled()) {
      failCancelled(error); // a request of this task was passed on to the other and has come back
    } else {
      fail(error);
    }
  }

  /** Runs until it waits or ends. */
  void step() {
    ContextCarrier.Context within = carried;
    if (within == null) {
      run();
      return;
    }
    try {
      within.<@Nullable Object>call(
          () -> {
            run();
            return null;
          });
    } catch (Exception e) {
      if (isDone()) {
        loop.report(LoopProblem.Kind.CALLBACK_FAILURE, "the context carrier of task '" + name() + "' threw " + e, e);
      } else {
        end(FAILED, null, e); // the carrier's own
      }
    }
  }

  private void run() {
    Object sent = value;
    Throwable raised = failure;
    value = null;
    failure = null;
    Frame<?> at = frame;
    while (at != null) {
      Object wanted;
      try {
        wanted = at.resume(sent, raised);
        if (wanted == BodyKind.ENDED) {
          sent = at.returned(resultOf(at));
        } else if (wanted instanceof BodyKind.Emitted(Object element)) {
          sent = at.emitted(element);
          wanted = BodyKind.ENDED;
        }
      } catch (Throwable t) {
        sent = null;
        raised = at.thrown(t);
        Frame<?> below = at.leave();
        if (below == null) {
          endBy(raised);
        }
        at = below;
        continue;
      }
      if (wanted == BodyKind.ENDED) {
        raised = null;
        at = at.leave();
        if (at == null) {
          end(FINISHED, sent, null);
        }
        continue;
      }
      sent = null;
      raised = null;
      try {
        if (wanted instanceof Frame<?> inner) {
          inner.claim(loop);
          inner.caller = at;
          at = inner;
          raised = inner.raisedAtEntry();
          continue;
        }
        frame = at;
        sent = wait(wanted);
        if (sent == Operation.PENDING) {
          return;
        }
      } catch (Throwable t) {
        waiter = null;
        raised = t;
      }
    }
  }

  private static @Nullable Object resultOf(Frame<?> ended) {
    return ended.coroutine == null ? null : ended.coroutine.result();
  }

  /** Begins to wait for something; returns its result if it is there already, else PENDING. */
  private @Nullable Object wait(@Nullable Object wanted) throws Exception {
    Cancellation requests = cancellation;
    if (requests != null && requests.isPending()) {
      throw requests.deliver(this);
    }
    if (wanted instanceof Operation<?> operation) {
      waiter = operation;
      Object result = operation.begin(this);
      if (result != Operation.PENDING) {
        waiter = null;
      }
      return result;
    }
    return switch (wanted) {
      case Task<?> other -> waitFor(other);
      case Future<?> future -> wait(new FutureWait<>(future));
      case CompletionStage<?> stage -> wait(new StageWait<>(stage));
      case null -> throw new NullPointerException("what to await must not be null");
      default -> throw new IllegalArgumentException(wanted.getClass() + " cannot be awaited");
    };
  }

  private @Nullable Object waitFor(Task<?> other) {
    loop.checkOwn(other.loop, "task '" + other.name() + "'");
    if (other.isDone()) {
      Throwable error = other.error();
      if (error != null) {
        throw Cast.sneaky(error);
      }
      return other.value;
    }
    loop.circles.begins(this, other);
    waiter = other;
    other.observers = Observers.with(other.observers, this);
    return Operation.PENDING;
  }

  private void endBy(@Nullable Throwable thrown) {
    if (thrown == null) {
      end(FINISHED, null, null);
    } else if (thrown instanceof Cancelled) {
      end(CANCELLED, null, thrown);
    } else {
      end(FAILED, null, thrown);
    }
  }

  private void end(byte how, @Nullable Object result, @Nullable Throwable error) {
    frame = null;
    context = null;
    carried = null;
    value = result;
    failure = error;
    state = how; // volatile: publishes what was written before
    Object all = observers;
    observers = null;
    loop.ended(this);
    Observers.tell(all, this);
    if (how == FAILED && !observed) {
      loop.unobserved(this);
    }
  }

  /** Ends it although its body has not ended, so that those who wait outside the loop learn of it. */
  void giveUp() {
    if (!isDone()) {
      end(CANCELLED, null, new Cancelled("the run of its event loop has ended without it"));
    }
  }

  // ---- observers ----

  /** Tells an observer of the end; at once if it has come. */
  void whenDone(TaskObserver observer) {
    if (isDone()) {
      observer.done(this);
    } else {
      observers = Observers.with(observers, observer);
    }
  }

  /** Forgets an observer. */
  void forget(Object observer) {
    observers = Observers.without(observers, observer);
  }

  /**
   * Calls back when it has ended, with this task, soon and on the loop's thread. A callback that throws is reported to {@link
   * LoopOptions#problems}. So is a failure of the task, if the callback does not ask for it.
   *
   * <p>Origin: {@code Task.add_done_callback}.
   */
  public void addDoneCallback(Consumer<? super Task<T>> callback) {
    Check.notNull(callback, "callback");
    loop.checkInside("addDoneCallback");
    whenDone(_ -> loop.ready((Runnable) () -> callback.accept(this)));
  }

  /**
   * A future that ends as this task does, for threads outside the loop. It is a copy: completing or cancelling it does not
   * touch the task. Any thread may call this.
   */
  public CompletableFuture<T> toCompletableFuture() {
    CompletableFuture<T> copy = new CompletableFuture<>();
    Runnable link = () -> whenDone(_ -> copyTo(copy));
    if (loop.isInside()) {
      link.run();
    } else if (!loop.post(link)) {
      copyTo(copy);
    }
    return copy;
  }

  private void copyTo(CompletableFuture<T> copy) {
    if (!isDone()) {
      copy.cancel(false);
      return;
    }
    Throwable error = error();
    if (error == null) {
      copy.complete(Cast.to(value));
    } else {
      copy.completeExceptionally(error);
    }
  }

  // ---- circles ----

  /** Whether it waits for the end of others, and nothing could end its wait before. */
  boolean isBound() {
    return waiter instanceof Task<?> || (waiter instanceof Operation<?> operation && operation.isBinding());
  }

  /** Whether anybody wants to know of its end. */
  boolean hasObservers() {
    return observers != null;
  }

  /** Whether it is {@linkplain #isBound() bound}, and {@link #breakOff} can end the wait. */
  boolean canBreakOff() {
    return waiter instanceof Task<?> || (waiter instanceof Operation<?> operation && operation.canBreakOff());
  }

  /** The tasks for whose end it waits, if it is {@linkplain #isBound() bound}. */
  Stream<? extends Task<?>> boundTo() {
    return switch (waiter) {
      case Task<?> other -> Stream.of(other);
      case Operation<?> operation when operation.isBinding() -> operation.needs();
      case null, default -> Stream.empty();
    };
  }

  /** Ends a wait that could never end. */
  void breakOff(LoopStateException error) {
    switch (waiter) {
      case Task<?> other -> other.forget(this);
      case Operation<?> operation -> operation.breakOff(this);
      case null, default -> throw new IllegalStateException("task '" + name() + "' does not wait");
    }
    fail(error);
  }

  // ---- text ----

  /** What it waits for; null if for nothing. */
  @Nullable
  Awaitable<?> waitsFor() {
    return waiter;
  }

  /** What it is doing, for people. */
  String doing() {
    return switch (waiter) {
      case null -> isDone() ? "ended" : loop.currentTask() == this ? "running" : "ready to run";
      case Task<?> other -> "waiting for task '" + other.name() + "'";
      case Awaitable<?> operation -> operation.toString();
    };
  }

  /** How it has ended, for people. */
  String ending() {
    return switch (state) {
      case FINISHED -> "finished";
      case FAILED -> "failed: " + failure;
      default -> "cancelled";
    };
  }

  @Override
  public String toString() {
    return "<Task " + name() + ": " + (isDone() ? ending() : doing()) + ">";
  }
}
