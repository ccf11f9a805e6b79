package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.FakeWork;
import dev.heddle.timeline.TimelineRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A dispatcher with {@linkplain FakeChannel fake} workers: everything but a retried start happens on the thread of the test. */
final class FakePool implements ChannelFactory {
  final List<FakeChannel> workers = new CopyOnWriteArrayList<>(); // a retry starts some on its own thread
  final Dispatcher dispatcher;
  final List<String> told = new CopyOnWriteArrayList<>(); // of failed starts
  volatile int failingStarts; // so many of the next ones cannot be tried
  volatile boolean throwing; // each start, a programming error
  boolean ended;

  FakePool(int limit, int maxTasksPerWorker, long maxMemory) {
    this(limit, maxTasksPerWorker, maxMemory, Integer.MAX_VALUE, Duration.ofDays(1));
  }

  FakePool(int limit, int maxTasksPerWorker, long maxMemory, int failedStarts, Duration failingTime) {
    this(limit, maxTasksPerWorker, maxMemory, failedStarts, failingTime, null);
  }

  FakePool(
      int limit, int maxTasksPerWorker, long maxMemory, int failedStarts, Duration failingTime,
      @Nullable TimelineRecorder timeline) {
    this.dispatcher = new Dispatcher(
        new DispatchOptions(
            "fake", limit, 0, maxTasksPerWorker, Duration.ofSeconds(10), maxMemory, Duration.ofNanos(1), failedStarts,
            failingTime,
            true, timeline),
        new FakeCodec(), this);
  }

  WorkerChannel.Listener listener() {
    return dispatcher.reports();
  }

  long exits(ExitReason reason) {
    return Objects.requireNonNull(dispatcher.exits().get(reason));
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // under the dispatcher's lock
  @Override
  public WorkerChannel open(int number, WorkerChannel.Listener listener) {
    if (failingStarts > 0) {
      failingStarts--;
      throw new OutOfMemoryError("no threads, on purpose");
    }
    if (throwing) {
      throw new IllegalStateException("a bug, on purpose");
    }
    FakeChannel channel = new FakeChannel(workers.size() + 1);
    workers.add(channel);
    return channel;
  }

  @Override
  public Throwable cannotStart(Throwable cause) {
    return cause;
  }

  @Override
  public void startFailed(int inARow, Throwable failure) {
    told.add(inARow + " " + failure.getMessage());
  }

  @Override
  public void close() { // of the factory: the last worker is gone
    ended = true;
  }

  FakeWork submit() {
    FakeWork work = new FakeWork(() -> 1, () -> {});
    dispatcher.start(work);
    return work;
  }

  /** The latest worker. */
  FakeChannel latest() {
    return workers.getLast();
  }

  FakeChannel ready(FakeChannel worker) {
    listener().ready(worker);
    return worker;
  }

  /** A worker runs the next of its tasks, and returns 1. */
  void run(FakeChannel worker) {
    end(worker, worker.claim());
  }

  void end(FakeChannel worker, int... ids) {
    List<Runnable> actions = new ArrayList<>();
    List<WorkerChannel.TaskEnd> ends = new ArrayList<>();
    for (int id : ids) {
      ends.add(new WorkerChannel.TaskEnd(id, true, 1_000, System.nanoTime(), FakeCodec.ONE));
    }
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

  /** Shuts the dispatcher down and lets every worker go. */
  void shutdown() {
    dispatcher.shutdown();
    for (FakeChannel each : List.copyOf(workers)) {
      gone(each);
    }
    assertThat(dispatcher.isTerminated()).isTrue();
    assertThat(ended).isTrue();
  }
}
