package dev.heddle.futures.progress;

import dev.heddle.base.Check;
import dev.heddle.futures.Future;
import dev.heddle.futures.Progress;
import dev.heddle.futures.ProgressListener;
import dev.heddle.futures.ProgressMeter;
import dev.heddle.futures.ProgressOptions;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.FutureState.Removable;
import dev.heddle.futures.core.IgnoredErrors;
import dev.heddle.iter.Iter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/** A meter: counters, and the time of the next report, which the thread makes that finds it due. */
public final class RunningMeter implements ProgressMeter {
  private final ProgressOptions options;
  private final long begun;
  private final long interval;
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicLong watched = new AtomicLong(-1); // how many futures; -1 until there are some
  private final AtomicLong next; // when a report is due, relative to the beginning
  private final ReentrantLock reporting = new ReentrantLock(); // reports come one at a time
  private final Set<WatchedFuture> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** A meter that begins now. */
  public RunningMeter(ProgressOptions options) {
    this.options = Check.notNull(options, "options");
    this.begun = options.time().nanoTime();
    this.interval = Check.nanos(options.interval());
    this.next = new AtomicLong(interval);
  }

  // ---- counting ----

  @Override
  public <T extends @Nullable Object> Iter<T> over(Iter<T> results) {
    return new CountedIter<>(this, Check.<Iter<T>>notNull(results, "results"));
  }

  @Override
  public void watch(Collection<? extends Future<?>> futures) {
    List<? extends Future<?>> each = List.copyOf(Check.<Collection<? extends Future<?>>>notNull(futures, "futures"));
    watched.updateAndGet(before -> Math.max(0, before) + each.size());
    for (Future<?> future : each) {
      CoreFuture<?> core = (CoreFuture<?>) future;
      WatchedFuture watch = new WatchedFuture(core);
      open.add(watch);
      if (!core.observe(watch)) {
        watch.done(core);
      }
    }
    if (closed) { // meanwhile
      forgetAll();
    }
  }

  /** Stops observing: a future that never ends must not keep a meter that was closed. */
  private void forgetAll() {
    open.removeIf(each -> {
      each.future.forget(each);
      return true;
    });
  }

  /** Observes a future until it is done. */
  private final class WatchedFuture implements Removable {
    private final CoreFuture<?> future;
    private volatile boolean forgotten;

    WatchedFuture(CoreFuture<?> future) {
      this.future = future;
    }

    /** Called by the thread that completed the future, which must not wait for a listener. */
    @Override
    public void done(CoreFuture<?> completed) {
      if (forgotten) {
        return;
      }
      try {
        open.remove(this);
        if (count(hasNoValue(completed))) {
          Thread.startVirtualThread(() -> report(false));
        }
      } catch (Throwable e) { // out of memory: the others that observe the future come next
        IgnoredErrors.log("the progress of ", options.name(), e);
      }
    }

    @Override
    public void markForgotten() {
      forgotten = true;
    }

    @Override
    public boolean isForgotten() {
      return forgotten;
    }
  }

  static boolean hasNoValue(CoreFuture<?> future) {
    return future.isCancelled() || future.failure() != null;
  }

  @Override
  public void ended(boolean hasFailed) {
    if (count(hasFailed)) {
      report(false);
    }
  }

  /** Counts one; returns whether the calling thread has to report. */
  private boolean count(boolean hasFailed) {
    (hasFailed ? failed : succeeded).increment();
    long now = options.time().nanoTime() - begun;
    long due = next.get();
    return now >= due && next.compareAndSet(due, now + interval);
  }

  // ---- reporting ----

  @Override
  public Progress now() {
    return now(closed);
  }

  private Progress now(boolean last) {
    long failures = failed.sum();
    Duration elapsed = Duration.ofNanos(Math.max(0, options.time().nanoTime() - begun));
    return new Progress(options.name(), elapsed, total(), succeeded.sum() + failures, failures, last);
  }

  private OptionalLong total() {
    long futures = watched.get();
    return options.total().isPresent() || futures < 0 ? options.total() : OptionalLong.of(futures);
  }

  private void report(boolean last) {
    if (last) {
      reporting.lock();
    } else if (!reporting.tryLock()) { // the listener is slow, and gets the next report
      return;
    }
    try {
      if (closed) {
        return;
      }
      closed = last;
      tell(now(last));
    } finally {
      reporting.unlock();
    }
  }

  private void tell(Progress progress) {
    try {
      if (FlightRecorder.isInitialized()) { // loading the event would start JFR, which takes 100 ms
        ProgressEvent.record(progress);
      }
      ProgressListener listener = options.listener();
      if (listener != null) {
        listener.report(progress);
      }
    } catch (Throwable e) {
      IgnoredErrors.log("the listener to the progress of ", options.name(), e);
    }
  }

  @Override
  public void close() {
    report(true);
    forgetAll();
  }

  @Override
  public String toString() {
    return "<ProgressMeter " + now() + ">";
  }
}
