package dev.heddle.asyncio;

import dev.heddle.base.Check;
import dev.heddle.futures.spi.NonBlocking;
import dev.heddle.iter.Suspender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Runs many coroutines on one thread, each until it waits.
 *
 * <pre>{@code
 * String page = EventLoop.run(a -> {
 *   var pages = a.await(Asyncio.gather(fetch(u1), fetch(u2)));
 *   return String.join("\n", pages);
 * });
 * }</pre>
 *
 * <p>Use it for code that shares state without locks, for very many small tasks that wait, for cancellation with scopes, and for
 * tests that repeat exactly. It makes nothing parallel: work that computes or blocks belongs on an executor ({@link
 * Asyncio#runInExecutor}) or another thread ({@link Asyncio#toThread}). A program that mostly waits for blocking I/O is as well
 * served by plain virtual threads.
 *
 * <p>One turn of the loop moves the timers that are due to the ready tasks, and then runs those that are ready at that moment;
 * what becomes ready meanwhile waits for the next turn.
 *
 * <p>Confined to the thread that called {@link #run}, save where a method says otherwise. Waiting Heddle futures ({@code
 * Future.result} and the like) refuse to block that thread. Interrupting it cancels the main coroutine; interrupting it again
 * ends the run at once.
 *
 * <p>Origin: {@code asyncio.run} and {@code asyncio}'s event loop.
 */
public final class EventLoop {
  static final ThreadLocal<@Nullable EventLoop> CURRENT = new ThreadLocal<>();

  private static final String USE_AWAIT = "it would stop the event loop and every task on it; in a coroutine use await(future), or hand the blocking call to"
      + " Asyncio.toThread";

  final LoopOptions options;
  final TimerHeap timers = new TimerHeap();
  final Outside outside = new Outside();
  final Live live = new Live();
  final Cancelling cancelling = new Cancelling();
  final Circles circles = new Circles();

  /** Makes awaiters for bodies on the fallback engine, on the thread on which they run. */
  final Function<Suspender, SuspendingAwaiter> awaiters = suspender -> {
    adopt();
    return new SuspendingAwaiter(suspender);
  };

  private final Thread thread = Thread.currentThread();
  private final ReadyQueue ready = new ReadyQueue();
  private final Inbox inbox = new Inbox();
  private final Parking parking = new Parking(this, inbox);
  private final @Nullable SplittableRandom random;
  private final @Nullable Watch watch;
  final @Nullable Debug debug;
  private long virtualNow;
  private int tasksMade;
  private @Nullable Task<?> current;

  EventLoop(LoopOptions options) {
    this.options = options;
    Long seed = options.seed();
    this.random = seed == null ? null : new SplittableRandom(seed);
    this.debug = Debug.of(options);
    this.watch = Watch.of(this);
  }

  // ---- running ----

  /**
   * Runs a coroutine on a new loop on the calling thread, and returns its result.
   *
   * <p>What it throws is thrown here, unchanged, also a checked exception. Tasks that are still alive at its end are cancelled,
   * waited for, and reported to {@link LoopOptions#problems}.
   *
   * @throws LoopStateException if the calling thread is running a loop already, or if cancelled tasks do not end in time
   * @throws LoopDeadlockException in virtual time, if every task waits and nothing could wake any of them
   * @throws LoopInterruptedException if the calling thread is interrupted
   * @throws java.util.concurrent.CancellationException if the main task was cancelled
   */
  public static <T extends @Nullable Object> T run(AsyncBody<T> main) {
    return run(LoopOptions.defaults(), Async.of(main));
  }

  /** {@link #run(AsyncBody) run} with options. */
  public static <T extends @Nullable Object> T run(LoopOptions options, AsyncBody<T> main) {
    return run(options, Async.of(main));
  }

  /** {@link #run(AsyncBody) run} of a coroutine that was made already. */
  public static <T extends @Nullable Object> T run(Async<T> main) {
    return run(LoopOptions.defaults(), main);
  }

  /** {@link #run(AsyncBody) run} of a coroutine that was made already, with options. */
  public static <T extends @Nullable Object> T run(LoopOptions options, Async<T> main) {
    Check.notNull(options, "options");
    Check.notNull(main, "main");
    if (CURRENT.get() != null) {
      throw new LoopStateException(
          "run inside run: this thread is running an event loop already; await the coroutine instead, or call run on another"
              + " thread with Asyncio.toThread");
    }
    EventLoop loop = new EventLoop(options);
    CURRENT.set(loop);
    String outer = NonBlocking.enter(USE_AWAIT);
    try {
      return begin(loop, main).result();
    } finally {
      NonBlocking.leave(outer);
      CURRENT.remove();
    }
  }

  private static <T extends @Nullable Object> Run<T> begin(EventLoop loop, Async<T> main) {
    try {
      return new Run<>(loop, main);
    } catch (Throwable t) { // such as of a coroutine that was awaited before
      loop.close();
      throw t;
    }
  }

  /**
   * The loop that the calling thread runs.
   *
   * @throws LoopStateException if it runs none
   */
  public static EventLoop current() {
    EventLoop loop = CURRENT.get();
    if (loop == null) {
      throw new LoopStateException(
          "no event loop runs on thread '" + Thread.currentThread().getName() + "'; call this from a coroutine, inside"
              + " EventLoop.run(a -> …)");
    }
    return loop;
  }

  /** The task that runs now; null inside a callback, and between two tasks. */
  public @Nullable Task<?> currentTask() {
    return current;
  }

  /** All tasks that have not ended, the oldest first. */
  public List<Task<?>> tasks() {
    checkInside("tasks");
    return live.toList();
  }

  /** What every task is doing and who waits for whom, as a tree for people. */
  public String dumpTasks() {
    checkInside("dumpTasks");
    return TaskDump.of(live.toList());
  }

  /** The loop's time in nanoseconds since an arbitrary moment; in virtual time, since its start. */
  public long nanoTime() {
    return options.virtualTime() ? virtualNow : System.nanoTime();
  }

  // ---- what to run ----

  /**
   * Makes a coroutine a task, which begins at the loop's next turn.
   *
   * @throws LoopStateException if the coroutine was awaited or made a task before, or the loop is closed
   */
  public <T extends @Nullable Object> Task<T> createTask(Async<T> coroutine) {
    return newTask(Check.notNull(coroutine, "coroutine"), null);
  }

  /** Makes a coroutine a task with a name; see {@link #createTask(Async)}. */
  public <T extends @Nullable Object> Task<T> createTask(String name, Async<T> coroutine) {
    return newTask(Check.notNull(coroutine, "coroutine"), Check.notNull(name, "name"));
  }

  <T extends @Nullable Object> Task<T> newTask(Frame<T> frame, @Nullable String name) {
    checkInside("createTask");
    if (live.isClosed()) {
      throw new LoopStateException("this loop has ended and takes no more tasks; make them inside EventLoop.run");
    }
    Task<T> task = new Task<>(this, ++tasksMade, name, frame);
    if (current != null) {
      task.context = current.context;
    }
    if (options.context() != null) {
      task.carry(options.context().capture());
    }
    live.add(task);
    if (live.isEnding()) {
      task.request("the event loop is ending");
    }
    ready.add(task);
    return task;
  }

  /**
   * Runs something on the loop's thread, soon. Any thread may call this; callbacks of one thread run in their order. What a
   * thread did before happens-before the callback.
   *
   * <p>A callback that throws is reported to {@link LoopOptions#problems}. Origin: {@code call_soon_threadsafe}.
   *
   * @throws RejectedExecutionException if the run has ended
   */
  public void callSoon(Runnable callback) {
    if (!post(Check.notNull(callback, "callback"))) {
      throw new RejectedExecutionException("the run of this event loop has ended, and it takes no more callbacks");
    }
  }

  /**
   * Runs something on the loop's thread after some time.
   *
   * @param delay zero or more; zero is the loop's next turn
   * @throws IllegalArgumentException if the delay is negative
   * @throws LoopStateException if the loop has ended
   */
  public Scheduled callLater(Duration delay, Runnable callback) {
    checkInside("callLater");
    if (live.isClosed()) {
      throw new LoopStateException("this loop has ended and runs no more callbacks; call callLater inside EventLoop.run");
    }
    long nanos = Check.nanos(Check.notNegative(delay, "delay", "zero runs it at the loop's next turn"));
    TimedCall call = new TimedCall(this, Check.notNull(callback, "callback"));
    timers.add(call, nanoTime() + nanos);
    return call;
  }

  /** A callback that will run later. */
  @FunctionalInterface
  public interface Scheduled {

    /** Forgets the callback if it has not run. */
    void cancel();
  }

  /** Adds a callback; false if the loop is closed. */
  boolean post(Runnable callback) {
    if (!inbox.add(callback)) {
      return false;
    }
    parking.wake();
    return true;
  }

  void ready(Task<?> task) {
    ready.add(task);
  }

  void ready(Runnable callback) {
    ready.add(callback);
  }

  // ---- one turn ----

  /** One turn; waits if there is nothing to do. */
  void turn() {
    if (ready.isEmpty() && inbox.isEmpty()) {
      idle();
    } else {
      parking.pollNowAndThen();
    }
    if (!inbox.isEmpty()) {
      inbox.drainTo(ready::add);
    }
    if (!timers.isEmpty()) {
      long now = nanoTime();
      while (!timers.isEmpty() && timers.nextDeadline() - now <= 0) {
        timers.poll().fire();
      }
    }
    int count = ready.size();
    if (random != null) {
      ready.shuffle(count, random);
    }
    for (int i = 0; i < count; i++) {
      Object next = ready.poll();
      if (watch != null) {
        watch.begin(next);
        runOne(next);
        watch.end(next);
      } else {
        runOne(next);
      }
    }
    circles.look(ready.isEmpty() && inbox.isEmpty());
  }

  private void runOne(Object next) {
    if (next instanceof Task<?> task) {
      current = task;
      task.step();
      current = null;
      return;
    }
    try {
      ((Runnable) next).run();
    } catch (Throwable t) {
      report(LoopProblem.Kind.CALLBACK_FAILURE, "a callback of the event loop threw " + t, t);
    }
  }

  /** Whether nothing can happen any more. */
  boolean isStuck() {
    return options.virtualTime() && ready.isEmpty() && inbox.isEmpty() && timers.isEmpty() && outside.isEmpty();
  }

  private void idle() {
    if (!options.virtualTime()) {
      long now = timers.isEmpty() ? 0 : nanoTime();
      parking.park(timers.isEmpty() ? Long.MAX_VALUE : Math.max(0, timers.nextDeadline() - now));
    } else if (!outside.isWorking() && !timers.isEmpty()) {
      virtualNow = Math.max(virtualNow, timers.nextDeadline());
    } else if (!isStuck()) {
      parking.park(Long.MAX_VALUE);
    }
  }

  /** Where channels register. */
  Poller poller() {
    return parking.poller();
  }

  /** The streams with data that has not gone out. */
  Set<TcpStream> unsent() {
    return parking.unsent();
  }

  // ---- ends ----

  void ended(Task<?> task) {
    live.remove(task);
    if (FlightRecorder.isInitialized()) { // the event's class would start it, which takes 100 ms
      LoopTaskEvent.ended(task);
    }
    if (task.index >= 0) {
      timers.remove(task);
    }
  }

  void unobserved(Task<?> task) {
    live.failed(task);
  }

  void observed(Task<?> task) {
    live.observed(task);
  }

  /** Takes no more callbacks; runs those that it has taken. */
  void close() {
    live.close();
    List<Runnable> last = new ArrayList<>();
    inbox.close(last::add);
    while (!ready.isEmpty()) {
      if (ready.poll() instanceof Runnable callback) {
        last.add(callback);
      }
    }
    last.forEach(this::runOne);
    parking.close();
    if (watch != null) {
      watch.close();
    }
    Debug.close(this);
  }

  void report(LoopProblem.Kind kind, String message, @Nullable Throwable error) {
    LoopProblem problem = new LoopProblem(kind, message, error);
    if (FlightRecorder.isInitialized()) {
      LoopProblemEvent.record(problem);
    }
    try {
      options.problems().accept(problem);
    } catch (Throwable t) {
      t.addSuppressed(new AsyncioException(message, error));
      Log.warning("the handler of an event loop's problems threw; the problem it was told is suppressed in it", t);
    }
  }

  // ---- checks ----

  /** Makes the calling thread, which takes turns with the loop's, count as the loop's. */
  void adopt() {
    if (CURRENT.get() != this) {
      CURRENT.set(this);
      NonBlocking.enter(USE_AWAIT); // for good: the thread is that of one coroutine
    }
  }

  /** Whether the calling thread runs this loop's code. */
  boolean isInside() {
    return Thread.currentThread() == thread || CURRENT.get() == this; // the latter: a body on the fallback engine
  }

  void checkInside(String what) {
    if (!isInside()) {
      throw new LoopStateException(
          what + " was called on thread '" + Thread.currentThread().getName() + "', which does not run this event loop; use"
              + " loop.callSoon(() -> …) to get there");
    }
  }

  void checkOwn(EventLoop other, String what) {
    if (other != this) {
      throw new LoopStateException(
          what + " belongs to another event loop; await it there, or its toCompletableFuture() here");
    }
  }

  Thread thread() {
    return thread;
  }
}
