package dev.heddle.asyncio.run;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopOptions;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.asyncio.Task;
import dev.heddle.asyncio.diagnostics.CoroutineSites;
import dev.heddle.asyncio.diagnostics.LoopTaskEvent;
import dev.heddle.asyncio.diagnostics.OpenStreams;
import dev.heddle.asyncio.diagnostics.StallWatch;
import dev.heddle.asyncio.diagnostics.TaskDump;
import dev.heddle.asyncio.diagnostics.WaitCycleDetector;
import dev.heddle.asyncio.loop.Resumable;
import dev.heddle.asyncio.loop.Scheduler;
import dev.heddle.asyncio.task.AsyncCoroutine;
import dev.heddle.asyncio.task.CancelRelay;
import dev.heddle.asyncio.task.CoroutineFrame;
import dev.heddle.asyncio.task.CurrentHost;
import dev.heddle.asyncio.task.LoopTask;
import dev.heddle.asyncio.task.RegistrantContext;
import dev.heddle.asyncio.task.SuspendingAwaiter;
import dev.heddle.asyncio.task.TaskHost;
import dev.heddle.asyncio.task.TaskRegistry;
import dev.heddle.base.Check;
import dev.heddle.futures.ContextCarrier;
import dev.heddle.futures.spi.NonBlocking;
import dev.heddle.iter.Suspender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/** The event loop of one run: a scheduler, the tasks on it, and what observes them. */
public final class RunningLoop implements EventLoop, TaskHost {
  private static final String USE_AWAIT = "it would stop the event loop and every task on it; in a coroutine use await(future), or hand the blocking call to"
      + " Asyncio.toThread";

  /**
   * While there are unobserved failures or open async generators, an idle loop wakes after so many nanoseconds to see which
   * of them the garbage collector has found unreachable.
   */
  private static final long COLLECTOR_CHECK = 500_000_000;

  /** In debug mode a failure is reported when it was not observed for so many nanoseconds. */
  private static final long DEBUG_PATIENCE = 2_000_000_000;

  private final Scheduler scheduler;
  private final TaskRegistry registry;
  private final CancelRelay cancelRelay = new CancelRelay();
  private final WaitCycleDetector deadlocks = new WaitCycleDetector();
  // debug mode; else null
  private final @Nullable CoroutineSites sites;
  private final @Nullable OpenStreams openStreams;
  private final @Nullable StallWatch stall;
  private final Function<Suspender, SuspendingAwaiter> awaiters = this::newAwaiter;
  private final LoopSignals signals;
  private boolean handlesSignals; // the run does: SIGINT and SIGTERM
  private final @Nullable LoopView view; // null in virtual time, which asking from outside would disturb
  private int tasksMade;

  RunningLoop(LoopOptions options) {
    this.scheduler = new Scheduler(options);
    this.signals = new LoopSignals(scheduler);
    this.registry = new TaskRegistry(scheduler.problems());
    this.sites = CoroutineSites.of(options);
    this.openStreams = options.debug() ? new OpenStreams() : null;
    this.stall = options.debug() && !options.virtualTime() ? new StallWatch(scheduler.problems()) : null;
    this.view = options.virtualTime() ? null : new LoopView(scheduler, registry);
  }

  private SuspendingAwaiter newAwaiter(Suspender suspender) {
    adopt();
    return new SuspendingAwaiter(suspender);
  }

  // ---- running ----

  /** See {@link EventLoop#run(LoopOptions, Async)}. */
  public static <T extends @Nullable Object> T run(LoopOptions options, Async<T> main) {
    Check.notNull(options, "options");
    Check.notNull(main, "main");
    checkNotNested("EventLoop.run");
    RunningLoop loop = new RunningLoop(options);
    return loop.within("EventLoop.run", () -> {
      MainRun<T> run;
      try {
        run = MainRun.of(loop, main);
      } catch (Throwable t) { // such as of a coroutine that was awaited before
        loop.close();
        throw t;
      }
      return run.result();
    });
  }

  /** Runs something on the calling thread, which counts as the loop's meanwhile. */
  <T extends @Nullable Object> T within(String what, Supplier<T> run) {
    checkNotNested(what);
    scheduler.checkInside(what);
    CurrentHost.set(this);
    String outer = NonBlocking.enter(USE_AWAIT);
    try {
      return run.get();
    } finally {
      NonBlocking.leave(outer);
      CurrentHost.clear();
    }
  }

  private static void checkNotNested(String what) {
    if (TaskHost.current() != null) {
      throw new LoopStateException(
          "run inside run: " + what
              + " was called on a thread that is running an event loop already; await the coroutine instead, or call run on another"
              + " thread with Asyncio.toThread");
    }
  }

  /** See {@link EventLoop#current}. */
  public static EventLoop current() {
    return (RunningLoop) TaskHost.require();
  }

  /** Runs one turn. */
  void turn() {
    boolean watching = !scheduler.options().virtualTime() && registry.isWatching();
    if (watching) {
      askCollector();
    }
    boolean ran = scheduler.turn(watching ? COLLECTOR_CHECK : stall == null ? Long.MAX_VALUE : StallWatch.PATIENCE);
    if (stall != null) {
      stall.turned(!ran && scheduler.isAlone(), this::dumpTasks);
    }
    if (deadlocks.suspected() > 0) {
      deadlocks.search(scheduler.isIdle());
    }
  }

  /**
   * Looks which tasks and generators are unreachable; in virtual time at the end of the run, which does not depend on the
   * collector.
   */
  private void askCollector() {
    if (registry.hasFailures()) {
      registry.reportUnreachable();
      if (scheduler.options().debug()) {
        registry.reportOlderThan(DEBUG_PATIENCE);
      }
    }
    if (registry.hasGenerators() && !registry.isEnding()) {
      registry.closingUnreachable().forEach(each -> newTask(each, "close-generator"));
    }
  }

  /** Ends the loop: it runs the callbacks that were accepted, and closes all channels. */
  void close() {
    if (view != null) {
      view.close();
    }
    if (openStreams != null) {
      openStreams.reportLeft(scheduler.problems());
    }
    signals.close();
    scheduler.close();
    if (sites != null) {
      sites.close();
    }
  }

  /** Reports the coroutines that were never awaited, in debug mode. */
  void reportNeverAwaited() {
    if (sites != null) {
      sites.reportNeverAwaited(scheduler.problems());
    }
  }

  // ---- the event loop ----

  @Override
  public @Nullable LoopTask<?> currentTask() {
    return (LoopTask<?>) scheduler.current();
  }

  @Override
  public List<Task<?>> tasks() {
    scheduler.checkInside("tasks");
    return List.copyOf(registry.toList());
  }

  @Override
  public String dumpTasks() {
    scheduler.checkInside("dumpTasks");
    return TaskDump.of(registry.toList());
  }

  @Override
  public long nanoTime() {
    return scheduler.nanoTime();
  }

  @Override
  public <T extends @Nullable Object> Task<T> createTask(Async<T> coroutine) {
    return newTask((AsyncCoroutine<T>) Check.notNull(coroutine, "coroutine"), null);
  }

  @Override
  public <T extends @Nullable Object> Task<T> createTask(String name, Async<T> coroutine) {
    return newTask((AsyncCoroutine<T>) Check.notNull(coroutine, "coroutine"), Check.notNull(name, "name"));
  }

  @Override
  public void callSoon(Runnable callback) {
    Check.notNull(callback, "callback");
    enqueue(carried(callback));
  }

  /** Runs a callback soon, in the context that it has. */
  void enqueue(Runnable carried) {
    if (scheduler.isInside() && !scheduler.isClosed()) {
      scheduler.ready(carried); // in one order with the tasks that become ready
    } else if (!scheduler.post(carried)) {
      throw new RejectedExecutionException("the run of this event loop has ended, and it takes no more callbacks");
    }
  }

  /** Returns a callback that runs in the context of the calling code. */
  Runnable carried(Runnable callback) {
    return RegistrantContext.carry(callback, scheduler.options().context());
  }

  @Override
  public TimerHandle callLater(Duration delay, Runnable callback) {
    checkOpen("callLater");
    long nanos = Check.nanos(Check.notNegative(delay, "delay", "zero runs it at the loop's next turn"));
    return scheduler.callLater(nanos, carried(Check.notNull(callback, "callback")));
  }

  @Override
  public TimerHandle callAt(long nanoTime, Runnable callback) {
    checkOpen("callAt");
    return scheduler.callAt(nanoTime, carried(Check.notNull(callback, "callback")));
  }

  @Override
  public SignalHandle onSignal(String signal, Runnable callback) {
    checkOpen("onSignal");
    return signals.add(signal, carried(Check.notNull(callback, "callback")), handlesSignals);
  }

  /** The signals that the program handles. */
  LoopSignals signals() {
    return signals;
  }

  /** Sets whether SIGINT and SIGTERM come by way of the run. */
  void handlesSignals(boolean handles) {
    handlesSignals = handles;
  }

  private void checkOpen(String what) {
    scheduler.checkInside(what);
    if (scheduler.isClosed()) {
      throw new LoopStateException("this loop has ended and runs no more callbacks; call " + what + " inside EventLoop.run");
    }
  }

  @Override
  public <T extends @Nullable Object> CompletableFuture<T> submit(Async<T> coroutine) {
    return SubmittedTask.of(this, (AsyncCoroutine<T>) Check.notNull(coroutine, "coroutine"));
  }

  // ---- the host of tasks ----

  @Override
  public <T extends @Nullable Object> LoopTask<T> newTask(CoroutineFrame<T> frame, @Nullable String name) {
    scheduler.checkInside("createTask");
    if (scheduler.isClosed()) {
      throw new LoopStateException("this loop has ended and takes no more tasks; make them inside EventLoop.run");
    }
    ContextCarrier carrier = scheduler.options().context();
    ContextCarrier.Captured within = carrier == null ? null : carrier.capture(); // first: a coroutine is not taken if it throws
    LoopTask<T> task = new LoopTask<>(this, ++tasksMade, name, frame);
    task.inherit(currentTask(), within);
    registry.add(task);
    if (registry.isEnding()) {
      task.request("the event loop is ending");
    }
    scheduler.ready((Resumable) task);
    return task;
  }

  @Override
  public void ended(LoopTask<?> task) {
    registry.remove(task);
    if (FlightRecorder.isInitialized()) { // loading the event's class would start it, which takes 100 ms
      LoopTaskEvent.ended(task);
    }
    if (task.isSet()) {
      scheduler.clearTimer(task);
    }
  }

  @Override
  public Scheduler scheduler() {
    return scheduler;
  }

  @Override
  public TaskRegistry registry() {
    return registry;
  }

  @Override
  public WaitCycleDetector deadlocks() {
    return deadlocks;
  }

  @Override
  public CancelRelay cancelRelay() {
    return cancelRelay;
  }

  @Override
  public @Nullable CoroutineSites sites() {
    return sites;
  }

  @Override
  public @Nullable OpenStreams openStreams() {
    return openStreams;
  }

  @Override
  public Function<Suspender, SuspendingAwaiter> awaiters() {
    return awaiters;
  }

  @Override
  public void adopt() {
    if (TaskHost.current() != this) {
      CurrentHost.set(this);
      scheduler.adopt();
      NonBlocking.enter(USE_AWAIT); // for good: the thread belongs to one coroutine
    }
  }
}
