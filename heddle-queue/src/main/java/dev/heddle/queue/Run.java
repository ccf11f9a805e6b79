package dev.heddle.queue;

import dev.heddle.base.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline while it runs: its nodes, the channels between them, and what has become of the items.
 *
 * <p>It ends in one of four ways. The sources run dry; the ends of the channels travel down. Or a follower wants no more;
 * the cancellation travels up. Or it is stopped or fails: the sources are cancelled, and what is under way comes through.
 * Or it is aborted: everything is cancelled at once. {@link Monitor} sees to the deadlines and makes the report when the
 * last worker has ended.
 */
final class Run {
  /** A failure too many whose turn has not come: before it in the order there are items under way. */
  private record Pending(NodeRun node, FailedItem cause, long since) {}

  private static final System.Logger LOG = System.getLogger("dev.heddle.queue");

  private final PipelineOptions options;
  private final List<NodeRun> nodes = new ArrayList<>(); // from the sources to the sink
  private final List<Channel> channels = new ArrayList<>();
  private final @Nullable Channel results;
  private final AtomicInteger live = new AtomicInteger();
  private final CompletableFuture<PipelineReport> end = new CompletableFuture<>();
  private final AtomicReference<@Nullable FailedItem> failure = new AtomicReference<>();
  private final List<FailedItem> failures = new ArrayList<>(); // guarded by itself
  private final AtomicReference<@Nullable Pending> pending = new AtomicReference<>();
  private final Undelivered undelivered;
  private final Monitor monitor;
  private volatile @Nullable Long drainingSince;
  private volatile @Nullable Long abortedSince;
  private volatile boolean cancelled;

  /**
   * Makes everything and starts nothing.
   *
   * @param tails the last nodes of the plan
   * @param buffer how many results may wait to be taken; 0 if there are none, as the last node is a sink
   */
  Run(PipelineOptions options, List<Node> tails, int buffer) {
    this.options = options;
    this.undelivered = new Undelivered(options.undelivered());
    IdentityHashMap<Node, NodeRun> made = new IdentityHashMap<>();
    Set<String> names = new HashSet<>();
    results = buffer == 0 ? null : new Channel("results", buffer, this);
    for (Node tail : tails) {
      NodeRun last = make(tail, made, names);
      if (results != null) {
        last.addOutput(results);
      }
    }
    if (results != null) {
      channels.add(results);
    }
    monitor = new Monitor(this, nodes);
  }

  private NodeRun make(Node node, IdentityHashMap<Node, NodeRun> made, Set<String> names) {
    NodeRun known = made.get(node);
    if (known != null) {
      return known;
    }
    NodeRun run = switch (node) {
      case Node.Source source -> new SourceRun(source, this);
      case Node.Stage stage -> {
        Channel in = new Channel(stage.name(), stage.options().effectiveBuffer(), this);
        for (Node input : stage.inputs()) {
          make(input, made, names).addOutput(in);
        }
        channels.add(in);
        yield switch (stage.work()) {
          case Node.Call call -> new StageRun(stage, call, in, this);
          case Node.Batch batch -> new BatchRun(stage, batch, in, this);
          case Node.Limit limit -> new LimitRun(stage, limit, in, this);
        };
      }
    };
    if (!names.add(node.name())) {
      throw new IllegalArgumentException(
          "two stages of pipeline '" + options.name() + "' are named '" + node.name()
              + "'; name each one differently, a source by named(\"…\")");
    }
    made.put(node, run);
    nodes.add(run);
    return run;
  }

  void start() {
    live.set(nodes.stream().mapToInt(node -> node.threads().size()).sum());
    end.whenComplete(
        (report, error) -> {
          if (error instanceof CancellationException) { // somebody cancelled the future
            abort();
          }
        });
    monitor.start();
    nodes.reversed().forEach(NodeRun::start);
  }

  // ---- what nodes tell ----

  String name() {
    return options.name();
  }

  PipelineOptions options() {
    return options;
  }

  /** A worker has ended, perhaps its node's last one; after the very last one's end the monitor ends the run. */
  void workerEnded(NodeRun node) {
    if (live.decrementAndGet() == 0 || node.isEnded()) {
      monitor.wake();
    }
  }

  void undelivered(String stage, Object item) {
    try {
      undelivered.hand(stage, item);
    } catch (Throwable e) {
      log("the taker of undelivered items of pipeline '" + name() + "'", e);
    }
  }

  /** Interrupts a worker, but not within the user's hook. */
  void interrupt(Thread worker) {
    undelivered.interrupt(worker);
  }

  /** An item has failed; it is borne, or {@link #failed} follows. */
  void itemFailed(FailedItem item, boolean keep) {
    if (keep) {
      synchronized (failures) {
        failures.add(item);
      }
    }
  }

  /**
   * The run is to fail when it is this item's turn, unless nobody wants it any more then. What is before it may never come,
   * so it has no longer than the time to drain.
   */
  void failing(NodeRun node, FailedItem cause) {
    Pending now = new Pending(node, cause, System.nanoTime());
    pending.updateAndGet(before -> before == null || before.node.isEnded() ? now : before);
    monitor.wake();
  }

  /** The run has failed: no source gives any more, and what is under way has its time to come through. */
  void failed(FailedItem cause) {
    if (failure.compareAndSet(null, cause)) {
      drain();
    }
  }

  private List<NodeRun> sources() {
    return nodes.stream().filter(SourceRun.class::isInstance).toList();
  }

  /** No source gives any more, and the time to drain begins. */
  private void drain() {
    sources().forEach(NodeRun::cancel);
    synchronized (this) {
      if (drainingSince == null) {
        drainingSince = System.nanoTime();
      }
    }
    monitor.wake();
  }

  void log(String who, Throwable e) {
    log(System.Logger.Level.WARNING, who, e);
  }

  void log(System.Logger.Level level, String who, Throwable e) {
    LOG.log(level, who + " threw an exception, which changes nothing", e);
  }

  // ---- what its user asks for ----

  Channel results() {
    if (results == null) {
      throw new AssertionError("a run with a sink has no results");
    }
    return results;
  }

  /** No more comes from the sources; what is under way has its time to come through. */
  void stop() {
    drain();
  }

  /** Ends everything now, as its user wishes. */
  void cancel() {
    cancelled = true;
    abort();
  }

  /** Ends everything now. */
  void abort() {
    synchronized (this) {
      if (abortedSince != null) {
        return;
      }
      abortedSince = System.nanoTime();
    }
    nodes.forEach(NodeRun::cancel);
    channels.forEach(Channel::cancel);
    monitor.wake();
  }

  CompletableFuture<PipelineReport> end() {
    return end;
  }

  List<NodeRun> nodes() {
    return nodes;
  }

  /** Every thread of this run but the monitor's. */
  List<Thread> threads() {
    return nodes.stream().flatMap(node -> node.threads().stream()).toList();
  }

  /** Waits for the thread that has made the report, which does nothing else any more. */
  void joinMonitor() throws InterruptedException {
    monitor.join();
  }

  PipelineProgress progress() {
    return monitor.progress();
  }

  // ---- what the monitor asks and tells ----

  boolean isOver() {
    return live.get() == 0;
  }

  /**
   * Aborts when the time to drain is over; false if the time to abort is over, too. It is also over when nobody is left but
   * nodes that were cancelled so long ago: a source that does not heed its interrupt must not hold up the end for ever.
   */
  boolean keepDeadlines(long now) {
    Long draining = drainingSince;
    Long aborted = abortedSince;
    if (aborted != null) {
      return now - aborted < Check.nanos(options.abortTimeout());
    }
    if (untilGivenUp(now) <= 0) {
      return false;
    }
    Pending waiting = pending.get();
    if (waiting != null && untilTooLate(waiting, now) <= 0) {
      failure.compareAndSet(null, waiting.cause);
      abort();
    }
    if (draining != null && now - draining >= Check.nanos(options.drainTimeout())) {
      abort();
    }
    return true;
  }

  /** How long until {@link #keepDeadlines} has something to do. */
  long untilDeadline(long now) {
    Long draining = drainingSince;
    Long aborted = abortedSince;
    if (aborted != null) {
      return aborted + Check.nanos(options.abortTimeout()) - now;
    }
    long untilAborted = draining == null ? Long.MAX_VALUE : draining + Check.nanos(options.drainTimeout()) - now;
    Pending waiting = pending.get();
    long untilFailed = waiting == null ? Long.MAX_VALUE : untilTooLate(waiting, now);
    return Math.min(Math.min(untilAborted, untilFailed), untilGivenUp(now));
  }

  /** How long a failure may still wait for its turn; for ever if its node has ended and thus decided on it. */
  private long untilTooLate(Pending waiting, long now) {
    return waiting.node.isEnded() ? Long.MAX_VALUE : waiting.since + Check.nanos(options.drainTimeout()) - now;
  }

  /** How long until every node that is left was cancelled too long ago; for ever if there is one that was not cancelled. */
  private long untilGivenUp(long now) {
    long longest = Long.MIN_VALUE;
    for (NodeRun node : nodes) {
      if (!node.isEnded()) {
        Long since = node.cancelledSince();
        if (since == null) {
          return Long.MAX_VALUE;
        }
        longest = Math.max(longest, since + Check.nanos(options.abortTimeout()) - now);
      }
    }
    return longest == Long.MIN_VALUE ? Long.MAX_VALUE : longest;
  }

  /** The monitor has failed, so that nobody makes a report. */
  void broken(Throwable e) {
    end.completeExceptionally(e);
    abort();
  }

  /** Ends the run with its report. */
  void finish(Duration elapsed, List<StageReport> stages, OccupancyTimeline timeline) {
    FailedItem cause = failure.get();
    List<String> stuck = stuck();
    PipelineReport report = new PipelineReport(name(), outcome(cause, stuck), elapsed, stages, failuresSoFar(),
        undelivered.count(), timeline);
    if (!stuck.isEmpty()) {
      end.completeExceptionally(
          new PipelineException(
              "pipeline '" + name() + "' was ended early, but these threads did not end within "
                  + Text.of(options.abortTimeout()) + " of their interrupt and are left behind: " + stuck
                  + ". Let their functions heed interrupts, or allow them a longer abortTimeout",
              report,
              cause == null ? null : cause.cause()));
    } else if (cause != null) {
      end.completeExceptionally(
          new PipelineException("pipeline '" + name() + "' failed in stage " + cause, report, cause.cause()));
    } else {
      end.complete(report);
    }
  }

  private PipelineReport.Outcome outcome(@Nullable FailedItem cause, List<String> stuck) {
    if (cause != null || !stuck.isEmpty()) {
      return PipelineReport.Outcome.FAILED;
    } else if (cancelled || end.isCancelled()) {
      return PipelineReport.Outcome.CANCELLED;
    } else if (abortedSince != null || drainingSince != null || sources().stream().anyMatch(NodeRun::isCancelled)) {
      return PipelineReport.Outcome.STOPPED;
    }
    return PipelineReport.Outcome.COMPLETED;
  }

  private List<String> stuck() {
    return isOver()
        ? List.of()
        : threads().stream()
            .filter(Thread::isAlive)
            .map(thread -> {
              StackTraceElement[] stack = thread.getStackTrace();
              return thread.getName() + (stack.length == 0 ? "" : " (at " + stack[0] + ")");
            })
            .toList();
  }

  private List<FailedItem> failuresSoFar() {
    synchronized (failures) {
      return List.copyOf(failures);
    }
  }

  /** Parks the calling thread, if the run is not over. */
  void park(long nanos) {
    LockSupport.parkNanos(this, nanos);
  }
}
