package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.codec.SharedArrays;
import dev.heddle.codec.TaskEncoder;
import dev.heddle.process.errors.ProcessErrors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The dispatcher with {@linkplain FakeChannel fake} workers: everything happens on the thread of the test, step by step. */
final class FakePool {
  static final Patience PATIENCE = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10),
      Duration.ofNanos(1));

  final List<FakeChannel> workers = new ArrayList<>();
  final ProcessEngine engine;
  final Health health;
  final WorkerReports reports;
  final TaskEncoder encoder = new TaskEncoder(new ProcessErrors());
  final SharedArrays arrays = SharedArrays.ofParent(Path.of("no-such-folder"));
  int failingStarts; // so many of the next ones cannot be tried
  boolean ended;

  FakePool(int limit, ProcessOptions options) {
    this.engine = new ProcessEngine("fake", limit, options, encoder, this::start, () -> ended = true);
    this.health = new Health("fake", options, PATIENCE, engine);
    Settlement settlement = new Settlement("fake", null, encoder.values(), encoder.failures(), arrays);
    this.reports = new WorkerReports(
        "fake", options.output(), engine, health, settlement, encoder.failures(), encoder.classes(), _ -> {});
  }

  private @Nullable Worker start(boolean spare) {
    if (engine.breakAgain()) {
      return null;
    }
    while (failingStarts > 0) {
      failingStarts--;
      if (!health.isWorthTryingAgain(new OutOfMemoryError("no threads, on purpose"))) {
        return null;
      }
    }
    FakeChannel channel = new FakeChannel(workers.size() + 1);
    workers.add(channel);
    return new Worker(channel, spare);
  }

  FakeWork submit() {
    FakeWork work = new FakeWork(() -> 1, () -> {});
    engine.start(work);
    return work;
  }

  /** The latest worker. */
  FakeChannel latest() {
    return workers.getLast();
  }

  FakeChannel ready(FakeChannel worker) {
    reports.ready(worker);
    return worker;
  }

  /** A worker runs the next of its tasks, and returns 1. */
  void run(FakeChannel worker) {
    end(worker, worker.claim());
  }

  void end(FakeChannel worker, int... ids) {
    List<Runnable> rest = new ArrayList<>();
    List<WorkerChannel.TaskEnd> ends = new ArrayList<>();
    for (int id : ids) {
      ends.add(new WorkerChannel.TaskEnd(id, true, 1_000, one()));
    }
    reports.ended(worker, ends, rest);
    rest.forEach(Runnable::run);
  }

  byte[] one() {
    try {
      return encoder.values().encode(1);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  void gone(FakeChannel worker) {
    reports.gone(worker, new WorkerEnd(worker.pid(), 1, 0, "on purpose", "", null));
  }

  /** Lets every worker go that was told to. */
  void close() {
    engine.shutdown();
    for (FakeChannel each : List.copyOf(workers)) {
      gone(each);
    }
    assertThat(engine.isTerminated()).isTrue();
    assertThat(ended).isTrue();
  }
}
