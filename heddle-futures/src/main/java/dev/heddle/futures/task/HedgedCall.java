package dev.heddle.futures.task;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.TimeSource;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.FutureState.Cancelled;
import dev.heddle.futures.core.FutureState.Done;
import dev.heddle.futures.core.FutureState.Failure;
import dev.heddle.futures.core.FutureState.Success;
import dev.heddle.futures.core.RunningTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that is made a second time if it is slow: done with the first success, or when all calls that were made have
 * failed.
 */
public final class HedgedCall<T extends @Nullable Object> extends CoreFuture<T> {
  private final Resubmission caller;
  private volatile @Nullable Supplier<Future<T>> making; // null once this is done
  private final TimeSource time;
  private final @Nullable Quantile measured;
  private final Runnable onSecond;
  private final long begin;
  private final List<CoreFuture<T>> calls = new ArrayList<>(2); // guarded by itself
  private volatile TimeSource.@Nullable Scheduled timer;
  private volatile boolean allMade; // the calls
  private volatile String name = "hedged call";

  private HedgedCall(Resubmission caller, Supplier<Future<T>> making, TimeSource time, Runnable onSecond,
      @Nullable Quantile measured) {
    this.caller = caller;
    this.making = making;
    this.time = time;
    this.onSecond = onSecond;
    this.measured = measured;
    this.begin = time.nanoTime();
  }

  /**
   * Makes the first call.
   *
   * @param executor the one to which calls are submitted
   * @param delay the time before the second; null means that there is none
   * @param onSecond called when the second is made
   */
  public static <T extends @Nullable Object> HedgedCall<T> start(
      Executor executor, Supplier<Future<T>> making, TimeSource time, @Nullable Duration delay, Runnable onSecond,
      @Nullable Quantile measured) {
    HedgedCall<T> call = new HedgedCall<>(Resubmission.to(executor), making, time, onSecond, measured);
    CoreFuture<T> first = (CoreFuture<T>) making.get();
    call.name = first.name();
    call.add(first);
    call.allMade = delay == null;
    if (delay != null && !call.isDone()) {
      TimeSource.Scheduled later = time.schedule(delay, call::makeSecond);
      call.timer = later;
      if (call.isDone()) {
        later.cancel();
      }
    }
    return call;
  }

  private void add(CoreFuture<T> call) {
    synchronized (calls) {
      calls.add(call);
    }
    if (!call.observe(done -> ended(call))) {
      ended(call);
    }
    if (isDone()) { // cancelled, or the other was quicker
      stopRunning();
    }
  }

  private void makeSecond() {
    Supplier<Future<T>> again = making;
    if (again != null && !isDone()) {
      try {
        CoreFuture<T> second = (CoreFuture<T>) caller.submit(again::get);
        onSecond.run();
        add(second);
        allMade = true;
      } catch (Throwable e) {
        // the executor was closed meanwhile: the first call decides
      }
    }
  }

  private void ended(CoreFuture<T> call) {
    Throwable failure = call.failure();
    call.ignoreFailure(); // this future has it
    if (failure == null && !call.isCancelled()) {
      if (measured != null) {
        measured.add(time.nanoTime() - begin);
      }
      complete(new Success(call.result()));
    } else if (allEnded()) {
      complete(failure == null ? Cancelled.INSTANCE : Failure.of(failure));
    }
  }

  private List<CoreFuture<T>> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  private boolean allEnded() {
    return calls().stream().allMatch(Future::isDone);
  }

  /** Cancels the calls if none of them has begun. */
  @Override
  protected boolean withdraw() {
    List<CoreFuture<T>> all = calls();
    if (all.stream().anyMatch(call -> call.isRunning() || call.isDone())) {
      return false; // done: the other one decides, or this future is about to be completed
    }
    boolean withdrawn = true;
    for (CoreFuture<T> call : all) {
      withdrawn &= call.cancel(false);
    }
    return withdrawn;
  }

  /** Returns the tasks of all calls, once no further call can come and all run; the first success would be enough. */
  @Override
  protected List<RunningTask> heldUpBy() {
    if (isDone() || !allMade) {
      return List.of();
    }
    List<RunningTask> tasks = new ArrayList<>();
    for (CoreFuture<T> call : calls()) {
      if (!call.isDone()) {
        List<RunningTask> one = call instanceof TaskFuture<T> task && task.isRunning() ? task.heldUpBy() : List.of();
        if (one.isEmpty()) {
          return List.of();
        }
        tasks.addAll(one);
      }
    }
    return tasks;
  }

  @Override
  public Status status() {
    Status status = super.status();
    return status == Status.PENDING && calls().stream().anyMatch(Future::isRunning) ? Status.RUNNING : status;
  }

  @Override
  protected void callBack(Runnable callbacks) {
    for (CoreFuture<T> call : calls()) {
      if (call instanceof TaskFuture<T> task) {
        task.callBack(callbacks);
        return;
      }
    }
    super.callBack(callbacks);
  }

  @Override
  public boolean isIdle() {
    synchronized (calls) {
      return !isDone() && !calls.isEmpty() && calls.stream().allMatch(CoreFuture::isIdle);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  protected void ended(Done outcome) {
    making = null;
    TaskAttempt.forget(timer);
    stopRunning();
  }

  @Override
  protected boolean reportsUnread() {
    return true;
  }

  @Override
  protected void stopRunning() {
    for (CoreFuture<T> call : calls()) {
      if (!call.isDone()) {
        call.ignoreFailure();
        call.cancel(true);
      }
    }
  }
}
