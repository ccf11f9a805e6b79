package dev.heddle.queue;

import dev.heddle.iter.Iter;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A stage that calls a function with each item. */
final class StageRun extends NodeRun {
  private final Node.Shape shape;
  private final Caller caller;
  private final FailurePolicy policy;
  private final Channel in;
  private final @Nullable Reorder reorder;
  private final AtomicLong failures = new AtomicLong();

  StageRun(Node.Stage node, Node.Call work, Channel in, Run run) {
    super(node.name(), run);
    StageOptions options = node.options();
    FailurePolicy own = options.failures();
    this.shape = work.shape();
    this.caller = new Caller(node.name(), work.fn(), options);
    this.policy = own != null ? own : run.options().failures();
    this.in = in;
    boolean overtaking = options.workers() > 1 && options.ordered() && !shape.isSink();
    this.reorder = overtaking ? new Reorder(options.effectiveWindow()) : null;
    hire(options.workers(), options.platformThreads());
  }

  @Override
  Channel input() {
    return in;
  }

  @Override
  int waiting() {
    return in.size();
  }

  @Override
  void work(Meter meter) throws InterruptedException {
    LockedQueue.Cursor cursor = new LockedQueue.Cursor();
    Results results = new Results(meter);
    while (true) {
      checkpoint();
      Object item = in.take(cursor);
      if (item == null) {
        return;
      }
      meter.in();
      meter.to(Meter.BUSY);
      Outcome outcome = outcome(item, meter);
      meter.times.add(meter.to(Meter.PUTTING));
      if (reorder == null) {
        results.deliver(outcome);
      } else {
        hand(outcome, cursor.number, reorder, results);
      }
      meter.to(Meter.GETTING);
    }
  }

  private void hand(Outcome outcome, long number, Reorder to, Results results) throws InterruptedException {
    try {
      checkpoint();
    } catch (InterruptedException e) {
      results.abandon(outcome);
      throw e;
    }
    to.submit(number, outcome, results);
  }

  // ---- the function ----

  private Outcome outcome(Object item, Meter meter) {
    try {
      return read(item, caller.call(item, this));
    } catch (Throwable e) {
      return isCancelled() ? new Outcome.Stopped(item) : failed(item, e, meter);
    }
  }

  private Outcome read(Object item, @Nullable Object result) {
    if (result == null && shape != Node.Shape.SINK) { // a sink's result does not count
      throw new NullPointerException(
          "the function of stage '" + name + "' returned null; leave items out by filter, or by flatMap with List.of()");
    }
    return switch (shape) {
      case MAP -> new Outcome.One(Objects.requireNonNull(result));
      case FLAT -> new Outcome.Many(item, (Iterable<?>) Objects.requireNonNull(result));
      case FILTER -> Boolean.TRUE.equals(result) ? new Outcome.One(item) : Outcome.Nothing.NOTHING;
      case SINK -> Outcome.Nothing.NOTHING;
      case SINK_WHILE -> Boolean.TRUE.equals(result) ? Outcome.Nothing.NOTHING : Outcome.Enough.ENOUGH;
    };
  }

  /**
   * Counts a failure. The one too many stops what is before this stage at once, and begins the time to drain; what is behind
   * learns of it when it is its turn.
   */
  private Outcome failed(Object item, Throwable cause, Meter meter) {
    FailedItem failure = new FailedItem(name, item, cause);
    meter.failed();
    long count = failures.incrementAndGet();
    boolean hopeless = !(cause instanceof Exception) || cause instanceof RejectedExecutionException;
    run.itemFailed(failure, count <= policy.keep());
    if (!hopeless && !policy.exceeded(count, items())) {
      return Outcome.Nothing.NOTHING;
    }
    in.cancel();
    run.failing(this, failure);
    return new Outcome.Fatal(failure);
  }

  private long items() {
    return meters().stream().mapToLong(Meter::items).sum();
  }

  // ---- its results ----

  /** Where one worker's outcomes go, and those it hands on for others. */
  private final class Results implements Reorder.Delivery {
    private final Meter meter;

    Results(Meter meter) {
      this.meter = meter;
    }

    @Override
    public void deliver(Outcome outcome) throws InterruptedException {
      switch (outcome) {
        case Outcome.One one -> emit(one.value(), meter);
        case Outcome.Many many -> deliverAll(many);
        case Outcome.Nothing _ -> {
        }
        case Outcome.Enough _ -> in.cancel();
        case Outcome.Stopped _ -> abandon(outcome);
        case Outcome.Fatal fatal -> fail(fatal.failure());
      }
    }

    private void deliverAll(Outcome.Many many) throws InterruptedException {
      try (Iter<?> values = Iter.from(many.values())) {
        emitAll(values, many.values() instanceof Collection<?>);
      } catch (InterruptedException e) {
        throw e;
      } catch (Throwable e) {
        if (isCancelled()) {
          abandon(new Outcome.Stopped(many.item()));
        } else {
          deliver(failed(many.item(), e, meter));
        }
      }
    }

    private void emitAll(Iter<?> values, boolean finite) throws InterruptedException {
      try {
        while (values.hasNext()) {
          emit(Objects.requireNonNull(values.next(), "an element of what stage '" + name + "' returned is null"), meter);
        }
      } catch (InterruptedException e) {
        if (finite) {
          values.forEachRemaining(value -> run.undelivered(name, value));
        }
        throw e;
      }
    }

    /** Closes what a function has returned and nobody will ask for elements. */
    private void discard(Iterable<?> values) {
      try {
        Iter.from(values).close();
      } catch (Throwable e) {
        run.log("what the function of stage '" + name + "' returned, when it was closed,", e);
      }
    }

    @Override
    public void abandon(Outcome outcome) {
      switch (outcome) {
        case Outcome.One one -> run.undelivered(name, one.value());
        case Outcome.Many many -> {
          discard(many.values());
          run.undelivered(name, many.item());
        }
        case Outcome.Stopped stopped -> run.undelivered(name, stopped.item());
        case Outcome.Nothing _,Outcome.Enough _,Outcome.Fatal _ -> {
        }
      }
    }
  }

  @Override
  void lastWorkerEnds() {
    if (reorder != null) {
      reorder.drain(new Results(new Meter()));
    }
  }
}
