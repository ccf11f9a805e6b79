package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.FakeWork;
import dev.heddle.timeline.TimelineRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A dispatcher with {@linkplain FakeChannel fake} workers: everything but a retried start happens on the thread of the test. */
final class FakePool implements ChannelFactory {
  static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);
  static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(1);

  final List<FakeChannel> workers = new CopyOnWriteArrayList<>(); // a retry starts some on its own thread
  final FakeClock clock = new FakeClock();
  final FakeCodec codec = new FakeCodec();
  final Dispatcher dispatcher;
  final List<String> told = new CopyOnWriteArrayList<>(); // of failed starts
  final List<WorkerChannel> unconnected = new ArrayList<>();
  volatile int failingStarts; // so many of the next ones cannot be tried
  volatile int overflowing; // so many of the next ones have no stack left
  volatile boolean throwing; // each start, a programming error
  volatile int hasWorked;
  boolean ended;
  Runnable asItEnds = () -> {};

  FakePool(int limit, int maxTasksPerWorker, long maxMemory) {
    this(limit, maxTasksPerWorker, maxMemory, Integer.MAX_VALUE, Duration.ofDays(1));
  }

  FakePool(int limit, int maxTasksPerWorker, long maxMemory, int failedStarts, Duration failingTime) {
    this(limit, 0, maxTasksPerWorker, maxMemory, failedStarts, failingTime, true, null);
  }

  FakePool(
      int limit, int spares, int maxTasksPerWorker, long maxMemory, int failedStarts, Duration failingTime,
      boolean lendsWaiters, @Nullable TimelineRecorder timeline) {
    this.dispatcher = new Dispatcher(
        options(limit, spares, maxTasksPerWorker, maxMemory, failedStarts, failingTime, lendsWaiters, timeline), codec, this,
        clock);
  }

  static DispatchOptions options(
      int limit, int spares, int maxTasksPerWorker, long maxMemory, int failedStarts, Duration failingTime,
      boolean lendsWaiters, @Nullable TimelineRecorder timeline) {
    return new DispatchOptions(
        "fake", limit, spares, maxTasksPerWorker, IDLE_TIMEOUT, maxMemory, CLAIM_TIMEOUT, failedStarts, failingTime,
        lendsWaiters, timeline);
  }

  /** A pool whose workers may run many tasks. */
  static FakePool of(int limit) {
    return new FakePool(limit, 0, 0);
  }

  static FakePool withSpares(int limit, int spares, int maxTasksPerWorker) {
    return new FakePool(limit, spares, maxTasksPerWorker, 0, Integer.MAX_VALUE, Duration.ofDays(1), true, null);
  }

  static FakePool withTimeline(TimelineRecorder timeline) {
    return new FakePool(1, 0, 0, 0, Integer.MAX_VALUE, Duration.ofDays(1), true, timeline);
  }

  WorkerChannel.Listener listener() {
    return dispatcher.reports();
  }

  long exits(ExitReason reason) {
    return Objects.requireNonNull(dispatcher.exits().get(reason));
  }

  // ---- what the dispatcher calls ----

  @SuppressWarnings("NonAtomicVolatileUpdate") // under the dispatcher's lock
  @Override
  public WorkerChannel open(int number, WorkerChannel.Listener listener) {
    if (failingStarts > 0) {
      failingStarts--;
      throw new OutOfMemoryError("no threads, on purpose");
    }
    if (overflowing > 0) {
      overflowing--;
      throw new StackOverflowError("on purpose");
    }
    if (throwing) {
      throw new IllegalStateException("a bug, on purpose");
    }
    FakeChannel channel = new FakeChannel(number);
    workers.add(channel);
    return channel;
  }

  @Override
  public Throwable cannotStart(Throwable cause) {
    return cause;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread, or the test fails
  @Override
  public void hasWorked() {
    hasWorked++;
  }

  @Override
  public void startFailed(int inARow, Throwable failure) {
    told.add(inARow + " " + failure.getMessage());
  }

  @Override
  public void endedUnconnected(WorkerChannel worker) {
    unconnected.add(worker);
  }

  @Override
  public void close() { // of the factory: the last worker is gone
    ended = true;
    asItEnds.run();
  }

  // ---- what users do ----

  FakeWork submit() {
    return submit(() -> {});
  }

  FakeWork submit(Runnable asItBegins) {
    FakeWork work = new FakeWork(() -> 1, asItBegins);
    dispatcher.start(work);
    return work;
  }

  List<FakeWork> submit(int number) {
    List<FakeWork> all = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      all.add(submit());
    }
    return all;
  }

  /** Cancels a task as a future does, by force if it has begun. */
  void cancel(FakeWork work) {
    boolean notBegun = dispatcher.withdraw(work);
    work.outcome.cancel(true);
    if (!notBegun) {
      dispatcher.stop(work);
    }
  }

  /** What a task has failed with. */
  static Throwable failure(FakeWork work) {
    assertThat(work.outcome).isCompletedExceptionally();
    return Objects.requireNonNull(work.outcome.<@Nullable Throwable>handle((_, e) -> e).join());
  }

  // ---- what workers do ----

  /** The latest worker. */
  FakeChannel latest() {
    return workers.getLast();
  }

  FakeChannel ready(FakeChannel worker) {
    assertThat(worker.started).isTrue();
    listener().ready(worker);
    return worker;
  }

  /** A worker runs the next of its tasks, and returns 1. */
  void run(FakeChannel worker) {
    end(worker, worker.claim());
  }

  void end(FakeChannel worker, int... ids) {
    List<WorkerChannel.TaskEnd> ends = new ArrayList<>();
    for (int id : ids) {
      ends.add(new WorkerChannel.TaskEnd(id, true, 1_000, clock.getAsLong(), FakeCodec.ONE));
    }
    report(worker, ends);
  }

  /** A task ends that has taken some time by the account of its worker. */
  void end(FakeChannel worker, Duration taken) {
    report(worker,
        List.of(new WorkerChannel.TaskEnd(worker.claim(), true, taken.toNanos(), clock.getAsLong(), FakeCodec.ONE)));
  }

  void report(FakeChannel worker, List<WorkerChannel.TaskEnd> ends) {
    List<Runnable> actions = new ArrayList<>();
    listener().ended(worker, ends, actions);
    actions.forEach(Runnable::run);
  }

  void gone(FakeChannel worker) {
    listener().gone(worker, new FakeEnd("on purpose"));
  }

  /** Lets a worker run a first task and end, after which starts that fail do not break the pool at once. */
  FakePool thatHasWorked() {
    submit();
    FakeChannel one = ready(latest());
    run(one);
    gone(one);
    return this;
  }

  /** Lets time pass until a condition holds, which another thread brings about. */
  void passUntil(BooleanSupplier condition) {
    Eventually.holds(() -> {
      clock.advance(Duration.ofMillis(100));
      return condition.getAsBoolean();
    });
    awaitRetry();
  }

  /** Waits for the thread that tries a failed start again: it may do what the test's thread is going to ask for. */
  static void awaitRetry() {
    Eventually.holds("no thread tries again",
        () -> Thread.getAllStackTraces().keySet().stream().noneMatch(each -> each.getName().equals("fake-restart")));
  }

  /** No call has left the dispatcher's lock locked. */
  void checkThatTheLockIsFree() {
    Thread other = Thread.ofVirtual().start(() -> {
      dispatcher.lock();
      dispatcher.unlock();
    });
    try {
      assertThat(other.join(Duration.ofSeconds(5))).as("another thread gets the dispatcher's lock").isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Shuts the dispatcher down and lets every worker go; then nothing may be left. */
  void shutdown() {
    checkThatTheLockIsFree();
    dispatcher.shutdown();
    for (FakeChannel each : List.copyOf(workers)) {
      gone(each);
    }
    assertThat(dispatcher.isTerminated()).isTrue();
    assertThat(ended).isTrue();
    assertThat(codec.payloads).as("of tasks, not released").isEmpty();
    assertThat(codec.open).as("outcomes of workers, not closed").hasValue(0);
    checkThatTheLockIsFree();
  }
}
