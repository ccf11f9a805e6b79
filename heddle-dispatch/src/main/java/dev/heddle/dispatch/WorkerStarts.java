package dev.heddle.dispatch;

import dev.heddle.base.Describe;
import dev.heddle.base.ModuleLog;
import dev.heddle.futures.BrokenExecutorException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts workers, and decides what follows if none can be had. Guarded by the dispatcher's lock.
 *
 * <p>A pool that never had a ready worker is broken after three failures in a row: its options or its environment are wrong,
 * and it says so at once. A pool that has worked goes on: after each failure it waits longer until the next start, from 0.1
 * to 5 seconds, and its tasks wait meanwhile; a shortage of memory, descriptors or processes may be over in a moment. The
 * pool's options can limit that ({@link FailedStarts}).
 */
final class WorkerStarts implements WorkerPool.Starter {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.dispatch");
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Dispatcher dispatcher;
  private final ChannelFactory factory;
  private final TaskCodec codec;
  private final String name;
  private final FailedStarts failed;
  private final LongSupplier clock;
  private int started;
  private boolean everReady;
  private boolean retryScheduled;

  WorkerStarts(
      Dispatcher dispatcher, DispatchOptions options, ChannelFactory factory, TaskCodec codec, LongSupplier clock) {
    this.dispatcher = dispatcher;
    this.name = options.name();
    this.factory = factory;
    this.codec = codec;
    this.failed = new FailedStarts(options, clock);
    this.clock = clock;
  }

  @Override
  public @Nullable Worker start(boolean spare, boolean now) {
    if (dispatcher.breakAgain()) {
      return null;
    }
    if (everReady && failed.isPausing()) {
      if (dispatcher.workers().pending().live() > 0) {
        scheduleRetry();
      }
      return null; // a spare worker is started with the next task
    }
    while (true) {
      try {
        WorkerChannel channel = factory.open(++started, dispatcher.reports());
        Worker worker = new Worker(channel, codec.outcomesOf(channel), spare, dispatcher::settled, clock); // first, since a worker that runs must be known
        channel.start(now); // its reports wait for the lock
        return worker;
      } catch (IOException | OutOfMemoryError e) { // no descriptor, no thread
        if (!isWorthTryingAgain(e)) {
          return null;
        }
        LockSupport.parkNanos(LOOK_NANOS); // whatever else is wanted of this pool must wait for a worker anyhow
      }
    }
  }

  @Override
  public int capacity() {
    return factory.capacity();
  }

  @Override
  public void later(Runnable action) {
    dispatcher.deferred().tell(() -> dispatcher.locked(action));
  }

  /** A worker is ready. */
  void ready() {
    if (!everReady) {
      everReady = true;
      dispatcher.deferred().tell(this::loadAside);
    }
    String over = failed.over();
    if (over != null) {
      dispatcher.deferred().tell(() -> FailedStarts.logOver(over));
    }
  }

  /**
   * Loads, while there are descriptors, what is needed when there are none; aside, since a task waits for the worker that is
   * ready.
   */
  private void loadAside() {
    Thread.ofVirtual().name(name + "-load").start(this::load);
  }

  private void load() {
    LOG.load();
    String _ = Describe.measured(0); // for the message of FailedStarts
    factory.hasWorked();
    List<Class<?>> _ = List.of(BrokenExecutorException.class, DeferredActions.Failure.class, DeferredActions.Retry.class);
  }

  /** Returns how many starts have failed so far, for any thread. */
  long failures() {
    return failed.total();
  }

  /** Whether starts have failed and another one is scheduled. */
  boolean isRetryScheduled() {
    return retryScheduled;
  }

  /** A worker was lost before it was ready. */
  void failed(Worker worker, WorkerEnd end) {
    if (failed.isCounted(worker.startedNanos)) {
      return;
    }
    String advice = end.startRemedy() + " and make a new executor" + end.details();
    if (!breaksAfter(end.startFailure(), end.reason(), advice) && everReady) {
      goOn(end.reason() + end.details());
    }
  }

  /**
   * A start could not even be tried: there is no thread or no descriptor left.
   *
   * @return whether to try again at once
   */
  private boolean isWorthTryingAgain(Throwable cause) {
    if (!everReady && !dispatcher.workers().isEmpty()) {
      return false; // it is tried again when one of those has ended or idles
    }
    if (breaksAfter(factory.cannotStart(cause), String.valueOf(cause), "make a new executor when workers can be started")) {
      return false;
    }
    if (everReady) {
      goOn(String.valueOf(cause));
    }
    return !everReady;
  }

  /**
   * Counts and tells a failed start, and breaks the pool if that was one too many.
   *
   * @param advice the remedy, in the imperative
   */
  private boolean breaksAfter(Throwable failure, String reason, String advice) {
    failed.add();
    tell(failure);
    String limit = failed.exceeded(everReady);
    if (limit == null) {
      return false;
    }
    dispatcher.breakWith(
        new BrokenExecutorException("executor '" + name + "' is broken: " + limit + " (" + reason + "); " + advice,
            failure));
    return true;
  }

  private void goOn(String why) {
    int number = failed.inARow();
    dispatcher.deferred().tell(() -> failed.log(number, why));
    scheduleRetry();
  }

  private void tell(Throwable failure) {
    int number = failed.inARow();
    dispatcher.deferred().tell(() -> factory.startFailed(number, failure));
  }

  /** A worker could not be replaced because of an error, which may be over in a moment if it is lack of memory or stack. */
  void notReplaced(String what, Throwable e) {
    LOG.ignored(what, e);
    WorkerPool workers = dispatcher.workers();
    if (workers.pending().live() == 0) {
      return; // the next task starts a worker
    }
    if (e instanceof VirtualMachineError) {
      scheduleRetry();
    } else if (workers.active().length == 0) { // nothing else would serve the tasks that wait
      dispatcher.breakWith(
          new BrokenExecutorException(
              "executor '" + name + "' is broken: " + what + " failed (" + e + "); make a new executor", e));
    }
  }

  // ---- trying again ----

  private void scheduleRetry() {
    if (retryScheduled) {
      return;
    }
    retryScheduled = true;
    try {
      Thread.ofPlatform().name(name + "-restart").daemon(false).start(this::retry); // keeps the program alive for its tasks
    } catch (OutOfMemoryError e) { // no thread to be had
      try {
        Thread.ofVirtual().name(name + "-restart").start(this::retry);
      } catch (OutOfMemoryError again) {
        retryScheduled = false; // the next task or the end of a worker tries again
      }
    }
  }

  private void retry() {
    while (!isRetryOver()) {
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
    dispatcher.deferred().run();
  }

  private boolean isRetryOver() {
    try {
      return retryNow();
    } catch (OutOfMemoryError | StackOverflowError e) { // tasks wait for this retry: it goes on
      dispatcher.lock();
      try {
        retryScheduled = true;
      } finally {
        dispatcher.unlock();
      }
      return false;
    } catch (RuntimeException | Error e) {
      dispatcher.lock();
      try {
        notReplaced("starting a worker again", e);
        dispatcher.checkEnd();
      } finally {
        dispatcher.unlock();
      }
      return true;
    }
  }

  /** Starts what is needed, if the pause is over or nothing is waiting any more; false if it is not. */
  private boolean retryNow() {
    dispatcher.lock();
    try {
      if (failed.isPausing() && dispatcher.workers().pending().live() > 0) {
        return false;
      }
      retryScheduled = false;
      dispatcher.workers().serve();
      dispatcher.checkEnd();
      return true;
    } finally {
      dispatcher.unlock();
    }
  }
}
