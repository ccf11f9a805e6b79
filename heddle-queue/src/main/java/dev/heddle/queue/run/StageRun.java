package dev.heddle.queue.run;

import dev.heddle.iter.Iter;
import dev.heddle.queue.FailedItem;
import dev.heddle.queue.FailurePolicy;
import dev.heddle.queue.StageOptions;
import dev.heddle.queue.meter.WorkerMeter;
import dev.heddle.queue.plan.PlanNode;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The execution of a stage that calls a function with each item. */
final class StageRun extends NodeRun {
  private static final int LARGEST_AUTO_WINDOW = 1 << 20;

  private final PlanNode.Shape shape;
  private final StageFunction caller;
  private final FailurePolicy policy;
  private final StageQueue in;
  private final @Nullable ReorderBuffer reorder;
  private final AtomicLong failures = new AtomicLong();

  StageRun(PlanNode.Stage node, PlanNode.Call work, StageQueue in, PipelineExecution run) {
    super(node.name(), run);
    StageOptions options = node.options();
    FailurePolicy own = options.failures();
    this.shape = work.shape();
    this.caller = new StageFunction(node.name(), work.fn(), options);
    this.policy = own != null ? own : run.options().failures();
    this.in = in;
    int threads = options.limits() == null ? options.workers() : window(options); // more than process items: some wait for permits
    boolean overtaking = threads > 1 && options.ordered() && !shape.isSink();
    this.reorder = overtaking ? new ReorderBuffer(window(options)) : null;
    hire(threads, options.platformThreads());
  }

  private static int window(StageOptions options) {
    return options.window() != StageOptions.AUTO
        ? options.window()
        : (int) Math.min(4L * options.workers(), LARGEST_AUTO_WINDOW);
  }

  @Override
  StageQueue input() {
    return in;
  }

  @Override
  int waiting() {
    return in.size();
  }

  @Override
  void work(WorkerMeter meter) throws InterruptedException {
    ItemTaker items = new ItemTaker(in, threads().size() == 1, meter);
    Results results = new Results(meter);
    try {
      for (Object item = next(items); item != null; item = next(items)) {
        long number = items.number();
        meter.in();
        meter.begin(number, item);
        ItemOutcome outcome = outcome(item, number, meter);
        long nanos = meter.end(number, item);
        if (outcome instanceof ItemOutcome.Many many && many.isLazy()) {
          outcome = many.after(nanos);
        } else {
          took(nanos, number, item, meter);
        }
        if (reorder == null) {
          results.deliver(outcome);
        } else {
          hand(outcome, number, reorder, results);
        }
      }
    } finally {
      items.abandon();
    }
  }

  private @Nullable Object next(ItemTaker items) throws InterruptedException {
    checkpoint();
    return items.take();
  }

  private void hand(ItemOutcome outcome, long number, ReorderBuffer to, Results results) throws InterruptedException {
    try {
      checkpoint();
    } catch (InterruptedException e) {
      results.abandon(outcome);
      throw e;
    }
    to.submit(number, outcome, results);
  }

  // ---- the function ----

  private ItemOutcome outcome(Object item, long number, WorkerMeter meter) {
    try {
      return read(item, number, caller.call(item, this, meter));
    } catch (Throwable e) {
      return isCancelled() ? stopped(item, meter) : failed(item, e, meter);
    }
  }

  private ItemOutcome read(Object item, long number, @Nullable Object result) {
    if (result == null && shape != PlanNode.Shape.SINK) { // the result of a sink is not used
      throw new NullPointerException(
          "the function of stage '" + name + "' returned null; leave items out by filter, or by flatMap with List.of()");
    }
    return switch (shape) {
      case MAP -> new ItemOutcome.One(Objects.requireNonNull(result));
      case FLAT -> new ItemOutcome.Many(number, item, (Iterable<?>) Objects.requireNonNull(result), 0);
      case FILTER -> Boolean.TRUE.equals(result) ? new ItemOutcome.One(item) : ItemOutcome.Nothing.NOTHING;
      case SINK -> ItemOutcome.Nothing.NOTHING;
      case SINK_WHILE -> Boolean.TRUE.equals(result) ? ItemOutcome.Nothing.NOTHING : ItemOutcome.Enough.ENOUGH;
    };
  }

  private static ItemOutcome stopped(Object item, WorkerMeter meter) {
    meter.stopped();
    return new ItemOutcome.Stopped(item);
  }

  /**
   * Counts a failure. One that exceeds the policy cancels the nodes before this stage at once and starts the time to drain;
   * the nodes behind get the error in the order of the items.
   */
  private ItemOutcome failed(Object item, Throwable cause, WorkerMeter meter) {
    FailedItem failure = new FailedItem(name, item, cause);
    meter.failed();
    long count = failures.incrementAndGet();
    boolean hopeless = !(cause instanceof Exception) || cause instanceof RejectedExecutionException;
    run.itemFailed(failure, count <= policy.keep());
    if (!hopeless && !policy.isExceeded(count, items())) {
      return ItemOutcome.Nothing.NOTHING;
    }
    in.cancel();
    if (policy.atOnce()) {
      run.failedAtOnce(failure);
    } else {
      run.failing(this, failure, policy.maxFailures() == 0);
    }
    return new ItemOutcome.Fatal(failure);
  }

  private long items() {
    return meters().stream().mapToLong(WorkerMeter::items).sum();
  }

  // ---- its results ----

  /** Hands on the outcomes of one worker, and those of other workers that are next in order. */
  private final class Results implements ReorderBuffer.Delivery {
    private final WorkerMeter meter;

    Results(WorkerMeter meter) {
      this.meter = meter;
    }

    @Override
    public void deliver(ItemOutcome outcome) throws InterruptedException {
      switch (outcome) {
        case ItemOutcome.One one -> emit(one.value(), meter);
        case ItemOutcome.Many many -> deliverAll(many);
        case ItemOutcome.Nothing _ -> {
        }
        case ItemOutcome.Enough _ -> in.cancel();
        case ItemOutcome.Stopped _ -> abandon(outcome);
        case ItemOutcome.Fatal fatal -> fail(fatal.failure());
      }
    }

    private void deliverAll(ItemOutcome.Many many) throws InterruptedException {
      try (Iter<?> values = Iter.from(many.values())) {
        if (many.isLazy()) {
          emitLazily(values, many);
        } else {
          emitAll(values);
        }
      } catch (InterruptedException e) {
        throw e;
      } catch (Throwable e) {
        if (isCancelled()) {
          abandon(new ItemOutcome.Stopped(many.item()));
        } else {
          deliver(failed(many.item(), e, meter));
        }
      }
    }

    private void emitAll(Iter<?> values) throws InterruptedException {
      try {
        while (values.hasNext()) {
          emit(next(values), meter);
        }
      } catch (InterruptedException e) {
        values.forEachRemaining(value -> run.undelivered(name, value));
        throw e;
      }
    }

    /** The work of a lazy iterable is done in the iteration, and counts as the item's. */
    private void emitLazily(Iter<?> values, ItemOutcome.Many many) throws InterruptedException {
      long worked = many.nanos();
      boolean working = true;
      meter.to(WorkerMeter.BUSY);
      try {
        while (values.hasNext()) {
          Object value = next(values);
          worked += meter.to(WorkerMeter.PUTTING);
          working = false;
          emit(value, meter);
          meter.to(WorkerMeter.BUSY);
          working = true;
        }
      } finally {
        long last = meter.to(WorkerMeter.PUTTING);
        took(working ? worked + last : worked, many.number(), many.item(), meter);
      }
    }

    private Object next(Iter<?> values) {
      return Objects.requireNonNull(values.next(), "an element of what stage '" + name + "' returned is null");
    }

    /** Closes the result of a function whose elements are not wanted. */
    private void discard(Iterable<?> values) {
      try {
        Iter.from(values).close();
      } catch (Throwable e) {
        run.log("what the function of stage '" + name + "' returned, when it was closed,", e);
      }
    }

    @Override
    public void waits(boolean begins) {
      meter.to(begins ? WorkerMeter.ORDERING : WorkerMeter.PUTTING);
    }

    @Override
    public void abandon(ItemOutcome outcome) {
      switch (outcome) {
        case ItemOutcome.One one -> run.undelivered(name, one.value());
        case ItemOutcome.Many many -> {
          discard(many.values());
          run.undelivered(name, many.item());
        }
        case ItemOutcome.Stopped stopped -> run.undelivered(name, stopped.item());
        case ItemOutcome.Nothing _,ItemOutcome.Enough _,ItemOutcome.Fatal _ -> {
        }
      }
    }
  }

  @Override
  void lastWorkerEnds() {
    if (reorder != null) {
      reorder.drain(new Results(new WorkerMeter()));
    }
  }
}
