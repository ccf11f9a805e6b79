package dev.heddle.futures.task;

import dev.heddle.futures.Future;
import dev.heddle.futures.TimeSource;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.FutureState.Cancelled;
import dev.heddle.futures.core.FutureState.Done;
import dev.heddle.futures.core.FutureState.Failure;
import dev.heddle.futures.core.FutureState.Success;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call that is made a second time if it is slow: done with the first success, or when all calls that were made have failed. */
public final class HedgedCall<T extends @Nullable Object> extends CoreFuture<T> {
  private final Supplier<Future<T>> making;
  private final TimeSource time;
  private final @Nullable Quantile measured;
  private final Runnable onSecond;
  private final long begin;
  private final List<CoreFuture<T>> calls = new ArrayList<>(2); // guarded by itself
  private volatile TimeSource.@Nullable Scheduled timer;
  private volatile String name = "hedged call";

  private HedgedCall(Supplier<Future<T>> making, TimeSource time, Runnable onSecond, @Nullable Quantile measured) {
    this.making = making;
    this.time = time;
    this.onSecond = onSecond;
    this.measured = measured;
    this.begin = time.nanoTime();
  }

  /**
   * Makes the first call.
   *
   * @param delay the time before the second; null means that there is none
   * @param onSecond called when the second is made
   */
  public static <T extends @Nullable Object> HedgedCall<T> start(
      Supplier<Future<T>> making, TimeSource time, @Nullable Duration delay, Runnable onSecond,
      @Nullable Quantile measured) {
    HedgedCall<T> call = new HedgedCall<>(making, time, onSecond, measured);
    CoreFuture<T> first = (CoreFuture<T>) making.get();
    call.name = first.name();
    call.add(first);
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
    if (!isDone()) {
      try {
        CoreFuture<T> second = (CoreFuture<T>) making.get();
        onSecond.run();
        add(second);
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

  private boolean allEnded() {
    synchronized (calls) {
      return calls.stream().allMatch(Future::isDone);
    }
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
    TaskAttempt.forget(timer);
    stopRunning();
  }

  @Override
  protected boolean reportsUnread() {
    return true;
  }

  @Override
  protected void stopRunning() {
    List<CoreFuture<T>> all;
    synchronized (calls) {
      all = List.copyOf(calls);
    }
    for (CoreFuture<T> call : all) {
      if (!call.isDone()) {
        call.ignoreFailure();
        call.cancel(true);
      }
    }
  }
}
