package dev.heddle.micrometer;

import dev.heddle.asyncio.EventLoop;
import dev.heddle.base.Check;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Meters of the event loop that the calling thread runs.
 *
 * <pre>{@code
 * EventLoop.run(a -> {
 *   try (LoopMetrics metrics = LoopMetrics.start(registry, "gateway", Duration.ofSeconds(5))) {
 *     a.await(serve());
 *   }
 * });
 * }</pre>
 *
 * <p>The gauge {@code heddle.loop.tasks} counts the tasks that have not ended; the timer {@code heddle.loop.lag} has the
 * delays of a callback that is due once per interval: how long the loop's thread was kept by other tasks and callbacks. Both
 * have the tag {@code loop}.
 *
 * <p>Confined to the loop's thread. In virtual time its timer keeps the time going on, so that a loop in which all tasks wait
 * for ever is no longer recognised; leave it out there.
 */
public final class LoopMetrics implements AutoCloseable {
  private final EventLoop loop;
  private final Timer lag;
  private final Duration interval;
  private final AtomicLong tasks;
  private EventLoop.@Nullable TimerHandle next;
  private long due;

  private LoopMetrics(EventLoop loop, Timer lag, Duration interval, AtomicLong tasks) {
    this.loop = loop;
    this.lag = lag;
    this.interval = interval;
    this.tasks = tasks;
  }

  /**
   * Starts to measure the loop that this thread runs.
   *
   * @param name the value of the tag {@code loop}
   * @param interval the time between two measurements, longer than zero
   * @throws dev.heddle.asyncio.LoopStateException if this thread runs no loop
   */
  public static LoopMetrics start(MeterRegistry registry, String name, Duration interval) {
    Tags tags = Tags.of("loop", Check.notBlank(name, "name", "it tells loops apart"));
    Check.positive(interval, "interval", "five seconds are usual");
    EventLoop loop = EventLoop.current();
    AtomicLong tasks = new AtomicLong(loop.tasks().size());
    Check.notNull(registry, "registry");
    new Bound().register( // in place of that of a run before
        registry, "heddle.loop.tasks", tags, Meter.Type.GAUGE,
        id -> Gauge.builder(id, tasks, AtomicLong::get)
            .tags(tags)
            .description("Tasks that have not ended")
            .strongReference(true)
            .register(registry));
    Timer lag = Timer.builder("heddle.loop.lag").tags(tags).description("How late callbacks are").register(registry);
    LoopMetrics metrics = new LoopMetrics(loop, lag, interval, tasks);
    metrics.schedule();
    return metrics;
  }

  private void schedule() {
    due = loop.nanoTime() + interval.toNanos();
    next = loop.callLater(interval, this::measure);
  }

  private void measure() {
    lag.record(Math.max(0, loop.nanoTime() - due), TimeUnit.NANOSECONDS);
    tasks.set(loop.tasks().size());
    schedule();
  }

  /** Measures no longer. */
  @Override
  public void close() {
    EventLoop.TimerHandle last = next;
    if (last != null) {
      last.cancel();
      next = null;
    }
    tasks.set(0);
  }
}
