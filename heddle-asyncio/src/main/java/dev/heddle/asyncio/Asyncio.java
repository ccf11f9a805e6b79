package dev.heddle.asyncio;

import dev.heddle.asyncio.task.CompletedOperation;
import dev.heddle.asyncio.task.FutureOperation;
import dev.heddle.asyncio.task.OwnLookup;
import dev.heddle.asyncio.task.StageWait;
import dev.heddle.asyncio.wait.CompletionOrder;
import dev.heddle.asyncio.wait.ExecutorCall;
import dev.heddle.asyncio.wait.Gather;
import dev.heddle.asyncio.wait.Race;
import dev.heddle.asyncio.wait.Shield;
import dev.heddle.asyncio.wait.Sleep;
import dev.heddle.asyncio.wait.ThreadCall;
import dev.heddle.asyncio.wait.Use;
import dev.heddle.asyncio.wait.WaitTasks;
import dev.heddle.base.Check;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ReturnWhen;
import dev.heddle.futures.TaskCallable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operations that coroutines await, and the ways to combine coroutines.
 *
 * <p>No method blocks, and nothing happens before the result is awaited, unless a method says otherwise. A time-out or
 * delay may have any length; one above 146 years counts as none.
 *
 * <p>Origin: the functions of Python's {@code asyncio} module.
 */
public final class Asyncio {

  private static final java.util.concurrent.Executor VIRTUAL = call -> Thread.ofVirtual().name("to-thread")
      .inheritInheritableThreadLocals(false).start(call);

  private Asyncio() {}

  // ---- time ----

  /**
   * Waits for some time.
   *
   * @param delay zero lets the other tasks that are ready run once
   * @throws IllegalArgumentException if it is negative
   */
  public static Awaitable<@Nullable Void> sleep(Duration delay) {
    long nanos = Check.nanos(Check.notNegative(delay, "delay", "zero lets other tasks run"));
    return nanos == 0 ? Sleep.NONE : new Sleep(nanos);
  }

  /** Lets the other tasks that are ready run once. Origin: {@code sleep(0)}. */
  public static Awaitable<@Nullable Void> yieldNow() {
    return Sleep.NONE;
  }

  /**
   * Waits for something at most for the given time; if the time runs out, it is cancelled and its end awaited.
   *
   * <p>Origin: {@code wait_for}.
   *
   * @param limit zero does not begin it; a task that has ended is in time
   * @return throws {@link AsyncTimeoutException} if the time runs out
   * @throws IllegalArgumentException if the limit is negative
   */
  public static <T extends @Nullable Object> Async<T> timeout(Duration limit, Awaitable<T> what) {
    return Timeout.of(limit).run(what);
  }

  /**
   * Waits for a stage such as a {@code CompletableFuture} at most for the given time; see {@link #timeout(Duration,
   * Awaitable)}.
   */
  public static <T extends @Nullable Object> Async<T> timeout(Duration limit, CompletionStage<T> stage) {
    return timeout(limit, wrapFuture(stage));
  }

  /** Runs a body at most for the given time; see {@link Timeout}, with which the limit can be changed meanwhile. */
  public static <T extends @Nullable Object> Async<T> timeout(Duration limit, AsyncBody<T> body) {
    return Timeout.of(limit).run(body);
  }

  /**
   * Runs a body without a result at most for the given time; see {@link #timeout(Duration, AsyncBody)}.
   *
   * @param then further bodies, each run when the one before it has ended
   */
  public static Async<@Nullable Void> timeout(Duration limit, AsyncAction body, AsyncAction... then) {
    return Timeout.of(limit).run(body, then);
  }

  // ---- tasks ----

  /**
   * Makes a coroutine a task of the loop that runs on this thread; the task begins at the loop's next turn.
   *
   * <p>Prefer {@link TaskGroup#createTask}: a group waits for its tasks.
   *
   * @throws LoopStateException if no loop runs here, or the coroutine was awaited or made a task before
   */
  public static <T extends @Nullable Object> Task<T> createTask(Async<T> coroutine) {
    return EventLoop.current().createTask(coroutine);
  }

  /** Makes a coroutine a task with a name; see {@link #createTask(Async)}. */
  public static <T extends @Nullable Object> Task<T> createTask(String name, Async<T> coroutine) {
    return EventLoop.current().createTask(name, coroutine);
  }

  /**
   * Makes a task that awaits something, such as a call of {@link #toThread} or a {@link #gather}; see {@link
   * #createTask(Async)}.
   */
  public static <T extends @Nullable Object> Task<T> createTask(Awaitable<T> what) {
    return what instanceof Async<T> coroutine ? createTask(coroutine) : createTask(awaiting(what));
  }

  /** Makes a task with a name that awaits something; see {@link #createTask(Awaitable)}. */
  public static <T extends @Nullable Object> Task<T> createTask(String name, Awaitable<T> what) {
    return what instanceof Async<T> coroutine ? createTask(name, coroutine) : createTask(name, awaiting(what));
  }

  private static <T extends @Nullable Object> Async<T> awaiting(Awaitable<T> what) {
    Check.notNull(what, "what");
    return Async.of(OwnLookup.HERE, a -> a.await(what));
  }

  /**
   * Returns the task that runs now.
   *
   * @throws LoopStateException if there is none
   */
  public static Task<?> currentTask() {
    Task<?> task = EventLoop.current().currentTask();
    if (task == null) {
      throw new LoopStateException("no task runs now: this is a callback of the event loop, not a coroutine");
    }
    return task;
  }

  /** Runs all of the given at once, and waits for them; see {@link #gather(Collection)}. */
  @SafeVarargs
  public static <T extends @Nullable Object> Awaitable<List<T>> gather(Awaitable<? extends T>... all) {
    List<Awaitable<? extends T>> list = new ArrayList<>();
    for (Awaitable<? extends T> each : Check.notNull(all, "all")) {
      list.add(each);
    }
    return gather(list);
  }

  /**
   * Runs all of the given at once, each as a task, and waits for them; its value is the list of their results in the given
   * order.
   *
   * <p>If one fails or is cancelled, the others are cancelled, and its exception is thrown when all have ended, so that none
   * goes on unobserved. Cancelling the wait cancels all. An awaitable that is given twice runs once.
   */
  public static <T extends @Nullable Object> Awaitable<List<T>> gather(Collection<? extends Awaitable<? extends T>> all) {
    return Gather.results(copy(all));
  }

  /**
   * Runs all of the given at once, each as a task, and waits until all have ended, also if some fail.
   *
   * <p>Origin: {@code gather(…, return_exceptions=True)}.
   *
   * @return its value is the outcome of each, in the given order
   */
  public static <T extends @Nullable Object> Awaitable<List<Outcome<T>>> gatherOutcomes(
      Collection<? extends Awaitable<? extends T>> all) {
    return Gather.outcomes(copy(all));
  }

  /**
   * Runs all of the given at once, each as a task; its value is the first result. The others are cancelled, and their ends
   * awaited.
   *
   * @param all at least one
   * @return throws what the first one failed with if all fail, with the other failures suppressed
   */
  public static <T extends @Nullable Object> Async<T> race(Collection<? extends Awaitable<? extends T>> all) {
    List<Awaitable<T>> each = copy(all);
    if (each.isEmpty()) {
      throw new IllegalArgumentException("all must not be empty: a race of none has no first");
    }
    return Race.of(each);
  }

  private static <T extends @Nullable Object> List<Awaitable<T>> copy(Collection<? extends Awaitable<? extends T>> all) {
    List<Awaitable<T>> copy = new ArrayList<>(Check.notNull(all, "all").size());
    for (Awaitable<? extends T> each : all) {
      copy.add(Asyncio.<T>widened(Check.<Awaitable<? extends T>>notNull(each, "all[" + copy.size() + "]")));
    }
    return copy;
  }

  /** Widens the type of the result, which an awaitable only returns. */
  @SuppressWarnings("unchecked")
  private static <T extends @Nullable Object> Awaitable<T> widened(Awaitable<? extends T> awaitable) {
    return (Awaitable<T>) awaitable;
  }

  /**
   * Waits until all tasks have ended; they are not cancelled with the wait. Without tasks it does not wait.
   *
   * <p>Origin: {@code wait}.
   */
  public static <T extends @Nullable Object> Awaitable<Waited<T>> wait(Collection<Task<T>> tasks) {
    return wait(tasks, ReturnWhen.ALL_COMPLETED);
  }

  /** Waits until all, one, or a failed one of the tasks has ended. */
  public static <T extends @Nullable Object> Awaitable<Waited<T>> wait(Collection<Task<T>> tasks, ReturnWhen when) {
    return new WaitTasks<>(distinct(tasks), Check.notNull(when, "when"), -1);
  }

  /**
   * Waits until all, one, or a failed one of the tasks has ended, at most for the given time; the end of the time is no
   * error.
   *
   * @param timeout zero looks without waiting
   * @throws IllegalArgumentException if it is negative
   */
  public static <T extends @Nullable Object> Awaitable<Waited<T>> wait(
      Collection<Task<T>> tasks, ReturnWhen when, Duration timeout) {
    return new WaitTasks<>(
        distinct(tasks), Check.notNull(when, "when"),
        Check.nanos(Check.notNegative(timeout, "timeout", "zero looks without waiting")));
  }

  private static <T extends @Nullable Object> Set<Task<T>> distinct(Collection<Task<T>> tasks) {
    Set<Task<T>> each = new LinkedHashSet<>();
    for (Task<T> task : Check.notNull(tasks, "tasks")) {
      each.add(Check.<Task<T>>notNull(task, "tasks[" + each.size() + "]"));
    }
    return each;
  }

  /**
   * Runs all of the given at once, each as a task, and iterates over the tasks in the order in which they end. They begin
   * now.
   *
   * <pre>{@code
   * var pages = Asyncio.asCompleted(List.of(fetch(u1), fetch(u2)));
   * while (a.await(pages.hasNext())) {
   *   System.out.println(pages.next().result());
   * }
   * }</pre>
   *
   * @throws LoopStateException if no loop runs on this thread
   */
  public static <T extends @Nullable Object> AsyncIterator<Task<T>> asCompleted(
      Collection<? extends Awaitable<? extends T>> all) {
    return CompletionOrder.of(copy(all), null);
  }

  /**
   * {@link #asCompleted(Collection) asCompleted} with a time-out for the whole, which begins now.
   *
   * @return {@code hasNext} throws {@link AsyncTimeoutException} when the time has run out and no further task has ended;
   *     the tasks go on
   * @throws IllegalArgumentException if the time-out is negative
   */
  public static <T extends @Nullable Object> AsyncIterator<Task<T>> asCompleted(
      Collection<? extends Awaitable<? extends T>> all, Duration timeout) {
    Check.notNegative(timeout, "timeout", "zero returns the tasks that have ended already");
    return CompletionOrder.of(copy(all), timeout);
  }

  /**
   * Waits for something that is not cancelled with the waiting task.
   *
   * <p>If that task is cancelled, it goes on waiting; the result is delivered, and the cancellation comes at the next await.
   * So nothing is left running unobserved. To bound the wait, put a {@link #timeout} inside.
   */
  public static <T extends @Nullable Object> Awaitable<T> shield(Awaitable<T> what) {
    return new Shield<>(Check.notNull(what, "what"));
  }

  /** Waits for a stage, which is not cancelled with the waiting task; see {@link #shield(Awaitable)}. */
  public static <T extends @Nullable Object> Awaitable<T> shield(CompletionStage<T> stage) {
    return shield(wrapFuture(stage));
  }

  // ---- resources ----

  /**
   * Opens a resource, runs a body with it, and then closes it and awaits that, also if the body fails or is cancelled.
   *
   * <pre>{@code
   * Rows rows = a.await(Asyncio.use(database.connect(), connection -> query(connection)));
   * }</pre>
   *
   * <p>A cancellation that comes while the resource is opened is delivered there; if the resource is open by then, it is
   * closed. One that comes while it is closed is delivered to that; one that has come before, and that the body was not told
   * of, is delivered at the next await after the closing. If body and closing both fail, the body's failure is thrown, with
   * the other suppressed.
   *
   * <p>Origin: {@code async with}.
   *
   * @param open such as a coroutine that connects
   * @param body makes the coroutine that uses the resource
   */
  public static <R extends AsyncCloseable, T extends @Nullable Object> Async<T> use(
      Awaitable<R> open, Function<? super R, ? extends Async<T>> body) {
    return Use.of(open, body, AsyncCloseable::close);
  }

  /**
   * Runs a body with a resource that is open already; see {@link #use(Awaitable, Function)}. Origin: {@code
   * contextlib.aclosing}.
   */
  public static <R extends AsyncCloseable, T extends @Nullable Object> Async<T> use(
      R resource, Function<? super R, ? extends Async<T>> body) {
    return Use.of(new CompletedOperation<>(Check.<R>notNull(resource, "resource")), body, AsyncCloseable::close);
  }

  /**
   * Opens a resource that is closed in another way; see {@link #use(Awaitable, Function)}.
   *
   * @param close makes what closes it when it is awaited
   */
  public static <R extends @Nullable Object, T extends @Nullable Object> Async<T> use(
      Awaitable<R> open, Function<? super R, ? extends Async<T>> body, Function<? super R, ? extends Awaitable<?>> close) {
    return Use.of(open, body, close);
  }

  // ---- other threads ----

  /**
   * Makes a stage, such as a {@code CompletableFuture}, an awaitable for {@link #gather}, {@link #race} and the like; {@link
   * Awaiter#await(CompletionStage)} needs no such call. Cancelling the wait cancels the stage.
   *
   * <p>Origin: {@code wrap_future}.
   */
  public static <T extends @Nullable Object> Awaitable<T> wrapFuture(CompletionStage<T> stage) {
    return new StageWait<>(Check.<CompletionStage<T>>notNull(stage, "stage"));
  }

  /** Makes a Heddle future an awaitable; see {@link #wrapFuture(CompletionStage)}. */
  public static <T extends @Nullable Object> Awaitable<T> wrapFuture(Future<T> future) {
    return new FutureOperation<>(Check.<Future<T>>notNull(future, "future"));
  }

  /**
   * Calls something on an executor and waits for it. What it throws is thrown at the await.
   *
   * <p>Cancelling the wait interrupts the call and waits for its end; see {@link CancelPolicy}. The executor must run the
   * call or refuse it: after one that drops it (shutdownNow, DiscardPolicy) only a cancellation ends the wait.
   */
  public static <T extends @Nullable Object> Awaitable<T> runInExecutor(ExecutorService executor, Callable<T> call) {
    return runInExecutor(executor, CancelPolicy.INTERRUPT_AND_WAIT, call);
  }

  /** Calls something on an executor and waits for it; the policy says what happens to it when the wait is cancelled. */
  public static <T extends @Nullable Object> Awaitable<T> runInExecutor(
      ExecutorService executor, CancelPolicy policy, Callable<T> call) {
    return new ThreadCall<>(
        Check.notNull(executor, "executor"), Check.<Callable<T>>notNull(call, "call"), Check.notNull(policy, "policy"));
  }

  /**
   * Calls something on a Heddle executor, of threads or of processes, and waits for it. What it throws is thrown at the
   * await.
   *
   * <p>Cancelling the wait cancels its future with {@code cancel(true)}: the thread is interrupted, or the process replaced.
   * A call on a thread of this JVM is waited for, as {@link CancelPolicy#INTERRUPT_AND_WAIT} says, so that nothing goes on
   * unobserved; one in another process is not. For another policy pass the executor as an {@link ExecutorService}.
   */
  public static <T extends @Nullable Object> Awaitable<T> runInExecutor(Executor executor, TaskCallable<T> call) {
    return new ExecutorCall<>(Check.notNull(executor, "executor"), Check.<TaskCallable<T>>notNull(call, "call"));
  }

  /**
   * Calls something that blocks on a virtual thread of its own, and waits for it. It sees the task's {@link ContextVar}
   * values.
   *
   * <p>Cancelling the wait interrupts the call and waits for its end. For calls that compute, or read files at length, use a
   * bounded pool: virtual threads share few carrier threads.
   */
  public static <T extends @Nullable Object> Awaitable<T> toThread(Callable<T> call) {
    return toThread(CancelPolicy.INTERRUPT_AND_WAIT, call);
  }

  /** {@link #toThread(Callable) toThread} with a policy for the call when the wait is cancelled. */
  public static <T extends @Nullable Object> Awaitable<T> toThread(CancelPolicy policy, Callable<T> call) {
    return new ThreadCall<>(VIRTUAL, Check.<Callable<T>>notNull(call, "call"), Check.notNull(policy, "policy"));
  }
}
