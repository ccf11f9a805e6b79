package dev.heddle.queue.run;

import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import dev.heddle.queue.FailedItem;
import dev.heddle.queue.OccupancyTimeline;
import dev.heddle.queue.PipelineException;
import dev.heddle.queue.PipelineOptions;
import dev.heddle.queue.PipelineProgress;
import dev.heddle.queue.PipelineReport;
import dev.heddle.queue.StageReport;
import dev.heddle.queue.plan.PlanNode;
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
import org.jspecify.annotations.Nullable;

/**
 * A pipeline in execution: its nodes, the queues between them, its failures, and its end.
 *
 * <p>It ends in one of four ways. The sources are exhausted: the ends of the queues propagate downstream. A consumer wants
 * no more: the cancellation propagates upstream. It is stopped or fails: the sources are cancelled, and the items under way
 * are processed. It is aborted: everything is cancelled at once. {@link RunMonitor} sees to the deadlines and makes the
 * report when the last worker has ended.
 */
public final class PipelineExecution {
  /** A failure that exceeds the policy, while items before it in order are under way, and how long they may take. */
  private record Pending(NodeRun node, FailedItem cause, long since, long patience) {}

  private static final long FAST_NANOS = 1_000_000_000;
  private static final long AT_ONCE_NANOS = 100_000_000;
  private static final System.Logger LOG = System.getLogger("dev.heddle.queue");

  private final PipelineOptions options;
  private final List<NodeRun> nodes = new ArrayList<>(); // from the sources to the sink
  private final List<StageQueue> channels = new ArrayList<>();
  private final @Nullable StageQueue results;
  private final AtomicInteger live = new AtomicInteger();
  private final CompletableFuture<PipelineReport> end = new CompletableFuture<>();
  private final AtomicReference<@Nullable FailedItem> failure = new AtomicReference<>();
  private final AtomicReference<@Nullable Pending> pending = new AtomicReference<>();
  private final UndeliveredItems undelivered;
  private final RunMonitor monitor;
  private volatile @Nullable Long drainingSince;
  private volatile @Nullable Long abortedSince;
  private volatile boolean cancelled;
  private volatile boolean atOnce;
  private final UnresponsiveSources unresponsive = new UnresponsiveSources(nodes);
  private boolean withoutSources; // of the monitor: sources that ignore their interrupt were abandoned
  private final RunHooks hooks;

  /**
   * Creates an execution, without starting it.
   *
   * @param tails the last nodes of the plan
   * @param buffer the capacity of the queue of results; 0 if there are none, as the last node is a sink
   */
  public PipelineExecution(PipelineOptions options, List<PlanNode> tails, int buffer) {
    this.options = options;
    this.undelivered = new UndeliveredItems(options.undelivered());
    this.hooks = new RunHooks(options, undelivered);
    IdentityHashMap<PlanNode, NodeRun> made = new IdentityHashMap<>();
    Set<String> names = new HashSet<>();
    results = buffer == 0 ? null : new StageQueue("results", buffer, this);
    for (PlanNode tail : tails) {
      NodeRun last = make(tail, made, names);
      if (results != null) {
        last.addOutput(results);
      }
    }
    if (results != null) {
      channels.add(results);
    }
    monitor = new RunMonitor(this, nodes);
  }

  private NodeRun make(PlanNode node, IdentityHashMap<PlanNode, NodeRun> made, Set<String> names) {
    NodeRun known = made.get(node);
    if (known != null) {
      return known;
    }
    NodeRun run = switch (node) {
      case PlanNode.Source source -> new SourceRun(source, this);
      case PlanNode.Stage stage -> {
        StageQueue in = new StageQueue(stage.name(), StageQueue.capacity(stage.options()), this);
        for (PlanNode input : stage.inputs()) {
          make(input, made, names).addOutput(in);
        }
        channels.add(in);
        yield switch (stage.work()) {
          case PlanNode.Call call -> new StageRun(stage, call, in, this);
          case PlanNode.Batch batch -> new BatchRun(stage, batch, in, this);
          case PlanNode.Limit limit -> new LimitRun(stage, limit, in, this);
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
          if (error instanceof CancellationException) { // by the user of the future
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

  /** Returns how many nodes have been made. */
  int made() {
    return nodes.size();
  }

  /** Returns the nanoseconds since the start. */
  long elapsed() {
    return monitor.elapsed();
  }

  /** Registers the end of a worker; the monitor ends the run after the last one. */
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

  /** Interrupts a worker, but not inside the user's hook. */
  void interrupt(Thread worker) {
    undelivered.interrupt(worker);
  }

  /** Registers a failed item; if it is not tolerated, {@link #failed} follows. */
  void itemFailed(FailedItem item, boolean keep) {
    hooks.failed(item, keep);
  }

  /**
   * Registers a failure that exceeds the policy. The run fails when the item is next in order, unless the run has ended by
   * then. The items before it may never finish, so they have the time to drain at most, and one second under {@link
   * FailurePolicy#failFast}.
   */
  void failing(NodeRun node, FailedItem cause, boolean fast) {
    long drain = Check.nanos(options.drainTimeout());
    Pending now = new Pending(node, cause, System.nanoTime(), fast ? Math.min(drain, FAST_NANOS) : drain);
    pending.updateAndGet(before -> before == null || before.node.isEnded() ? now : before);
    monitor.wake();
  }

  /** Fails the run: the sources are cancelled, and the items under way have the time to drain. */
  void failed(FailedItem cause) {
    if (failure.compareAndSet(null, cause)) {
      stop();
    }
  }

  /** Fails the run, and aborts it: nothing but the ends of the workers is waited for, and these for a moment. */
  void failedAtOnce(FailedItem cause) {
    atOnce = true;
    failure.compareAndSet(null, cause);
    abort();
  }

  private List<NodeRun> sources() {
    return nodes.stream().filter(SourceRun.class::isInstance).toList();
  }

  /** Stops the sources, so that stage after stage ends, and starts the time to drain. */
  void stop() {
    sources().forEach(NodeRun::stop);
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
    LOG.log(level, who + " threw an exception; it was ignored", e);
  }

  // ---- the requests of the user ----

  StageQueue results() {
    if (results == null) {
      throw new AssertionError("a run with a sink has no results");
    }
    return results;
  }

  /** Aborts the run at the request of its user. */
  void cancel() {
    cancelled = true;
    abort();
  }

  /** Cancels everything at once. */
  void abort() {
    synchronized (this) {
      if (abortedSince != null) {
        return;
      }
      abortedSince = System.nanoTime();
    }
    nodes.forEach(NodeRun::cancel);
    channels.forEach(StageQueue::cancel);
    monitor.wake();
  }

  CompletableFuture<PipelineReport> end() {
    return end;
  }

  List<NodeRun> nodes() {
    return nodes;
  }

  /** Returns the threads of all workers. */
  List<Thread> threads() {
    return nodes.stream().flatMap(node -> node.threads().stream()).toList();
  }

  /** Waits for the end of the thread that has made the report. */
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
   * Aborts the run when the time to drain is over; returns false if the run ends now without its remaining workers: the time
   * to abort is over, all remaining nodes were cancelled so long ago, or only sources are left that ignore their interrupt.
   */
  boolean keepDeadlines(long now) {
    Long draining = drainingSince;
    Long aborted = abortedSince;
    withoutSources = unresponsive.look(now, draining != null);
    if (withoutSources) {
      return false;
    } else if (aborted != null) {
      return now - aborted < abortNanos();
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

  /** Returns the time until the next deadline. */
  long untilDeadline(long now) {
    Long draining = drainingSince;
    Long aborted = abortedSince;
    long untilLook = unresponsive.areLeft() ? UnresponsiveSources.LOOK_NANOS : Long.MAX_VALUE;
    if (aborted != null) {
      return Math.min(untilLook, aborted + abortNanos() - now);
    }
    long untilAborted = draining == null
        ? untilLook
        : Math.min(untilLook, draining + Check.nanos(options.drainTimeout()) - now);
    Pending waiting = pending.get();
    long untilFailed = waiting == null ? Long.MAX_VALUE : untilTooLate(waiting, now);
    return Math.min(Math.min(untilAborted, untilFailed), untilGivenUp(now));
  }

  private long abortNanos() {
    long patience = Check.nanos(options.abortTimeout());
    return atOnce ? Math.min(patience, AT_ONCE_NANOS) : patience;
  }

  /** Returns the time that a failure may still wait for earlier items; without limit if its node has ended. */
  private long untilTooLate(Pending waiting, long now) {
    return waiting.node.isEnded() ? Long.MAX_VALUE : waiting.since + waiting.patience - now;
  }

  /** Returns the time until all remaining nodes have used up their time to abort; without limit if one was not cancelled. */
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

  /** Registers the failure of the monitor: there will be no report. */
  void broken(Throwable e) {
    end.completeExceptionally(e);
    abort();
  }

  /** Ends the run with its report. */
  void finish(Duration elapsed, Duration gcPauses, List<StageReport> stages, OccupancyTimeline timeline) {
    FailedItem cause = failure.get();
    List<String> stuck = stuck();
    if (withoutSources) {
      StuckThreads.warnOfSources(name(), unresponsive.threads());
    }
    if (atOnce && !stuck.isEmpty()) {
      StuckThreads.warnOfFailure(name(), stuck);
      stuck = List.of();
    }
    PipelineReport report = new PipelineReport(name(), completion(cause, stuck), elapsed, gcPauses, stages,
        hooks.failures(), undelivered.count(), timeline);
    hooks.tell(report, results != null && cause == null);
    if (!stuck.isEmpty()) {
      end.completeExceptionally(
          new PipelineException(
              "pipeline '" + name() + "' was ended early, but these threads did not end within "
                  + Describe.duration(options.abortTimeout()) + " of their interrupt and are abandoned: " + stuck
                  + ". Let their functions end when interrupted, or set a longer abortTimeout",
              report,
              cause == null ? null : cause.cause()));
    } else if (cause != null) {
      end.completeExceptionally(
          new PipelineException("pipeline '" + name() + "' failed in stage " + cause, report, cause.cause()));
    } else {
      end.complete(report);
    }
  }

  private PipelineReport.Completion completion(@Nullable FailedItem cause, List<String> stuck) {
    if (cause != null || !stuck.isEmpty()) {
      return PipelineReport.Completion.FAILED;
    } else if (cancelled || end.isCancelled()) {
      return PipelineReport.Completion.CANCELLED;
    } else if (abortedSince != null || drainingSince != null || sources().stream().anyMatch(NodeRun::isCancelled)) {
      return PipelineReport.Completion.STOPPED;
    }
    return PipelineReport.Completion.COMPLETED;
  }

  private List<String> stuck() {
    return withoutSources || isOver()
        ? List.of()
        : threads().stream()
            .filter(Thread::isAlive)
            .map(StuckThreads::describe)
            .toList();
  }
}
