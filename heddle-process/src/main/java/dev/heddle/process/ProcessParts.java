package dev.heddle.process;

import dev.heddle.futures.TaskRunnable;
import dev.heddle.process.codec.DecodeLimits;
import dev.heddle.process.codec.EncodedTask;
import dev.heddle.process.codec.SharedArrays;
import dev.heddle.process.codec.TaskEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Puts a pool together, and answers what is asked of its parts. */
final class ProcessParts {
  private static final AtomicLong POOLS = new AtomicLong();

  private final String name;
  private final ProcessOptions options;
  private final WorkerHome home;
  private final Launcher launcher;
  private final AtomicInteger started = new AtomicInteger();
  private final @Nullable EncodedTask initializer;
  private final @Nullable Thread training;
  private final ProcessEngine engine;
  private final WorkerReports reports;

  private ProcessParts(int workers, ProcessOptions options) {
    String given = options.pool().name();
    this.name = given != null ? given : "processes-" + POOLS.incrementAndGet();
    this.options = options;
    this.home = WorkerHome.make();
    SharedArrays arrays = SharedArrays.ofParent(home.folder());
    TaskEncoder encoder = new TaskEncoder(DecodeLimits.DEFAULT.withAllowed(options.allowedResults()), arrays);
    this.initializer = encoded(options.pool().initializer(), encoder);
    this.launcher = new Launcher(options.jvm(), home);
    AotCache cache = launcher.cache();
    this.training = cache == null ? null : new AotTraining(cache, launcher).startAfter(AotTraining.DELAY);
    this.engine = new ProcessEngine(name, workers, options, encoder, this::startWorker, this::close);
    this.reports = new WorkerReports(name, options, engine, encoder, arrays, launcher);
  }

  private void close() {
    if (training != null) {
      training.interrupt();
    }
    home.close();
  }

  private @Nullable EncodedTask encoded(@Nullable TaskRunnable first, TaskEncoder encoder) {
    try {
      return first == null ? null : encoder.encode(first);
    } catch (Throwable e) {
      home.close();
      throw e;
    }
  }

  static ProcessParts assemble(int workers, ProcessOptions options) {
    ProcessParts parts = new ProcessParts(workers, options);
    parts.engine.open();
    return parts;
  }

  /** Called under the engine's lock. */
  private @Nullable Worker startWorker(boolean spare) {
    if (engine.breakAgain()) {
      return null;
    }
    int number = started.incrementAndGet();
    try {
      ProcessChannel channel = new ProcessChannel(number, name, launcher, home, options, Patience.DEFAULT, initializer, reports);
      channel.start(); // its reports wait for the lock
      return new Worker(channel, spare);
    } catch (IOException | OutOfMemoryError e) {
      reports.cannotStart(e);
      return null;
    }
  }

  String name() {
    return name;
  }

  ProcessEngine engine() {
    return engine;
  }

  WorkerReports reports() {
    return reports;
  }

  List<WorkerStats> workers() {
    record Known(Worker worker, WorkerStats.State state, long finished) {}

    List<Known> all = new ArrayList<>();
    engine.lock();
    try {
      engine.crew().all().forEach(each -> all.add(new Known(each, each.state(), each.finished)));
    } finally {
      engine.unlock();
    }
    return all.stream().map(each -> stats(each.worker, each.state, each.finished)).toList();
  }

  /** Asks the system, so not under the lock. */
  private static WorkerStats stats(Worker worker, WorkerStats.State state, long finished) {
    WorkerChannel channel = worker.channel;
    return new WorkerStats(channel.number(), channel.pid(), state, finished, channel.rss(), worker.started);
  }
}
