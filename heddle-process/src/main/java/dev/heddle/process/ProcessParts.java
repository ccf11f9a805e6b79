package dev.heddle.process;

import dev.heddle.codec.DecodeLimits;
import dev.heddle.codec.EncodedTask;
import dev.heddle.codec.SharedArrays;
import dev.heddle.codec.TaskEncoder;
import dev.heddle.futures.TaskRunnable;
import dev.heddle.process.errors.ProcessErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Puts a pool together, and answers what is asked of its parts. */
final class ProcessParts {
  private static final AtomicLong POOLS = new AtomicLong();

  private static final long BREATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(100); // after a start that could not be tried

  private final String name;
  private final ProcessOptions options;
  private final Patience patience;
  private final WorkerHome home;
  private final Launcher launcher;
  private final AtomicInteger started = new AtomicInteger();
  private final @Nullable EncodedTask initializer;
  private final @Nullable Thread training;
  private final ProcessEngine engine;
  private final Health health;
  private final WorkerReports reports;

  private ProcessParts(int workers, ProcessOptions options, Patience patience, WorkerHome home) {
    String given = options.pool().name();
    this.name = given != null ? given : "processes-" + POOLS.incrementAndGet();
    this.options = options;
    this.patience = patience;
    this.home = home;
    SharedArrays arrays = SharedArrays.ofParent(home.folder());
    TaskEncoder encoder = new TaskEncoder(DecodeLimits.DEFAULT.withAllowed(options.allowedResults()), arrays,
        new ProcessErrors());
    TaskRunnable first = options.pool().initializer();
    this.initializer = first == null ? null : encoder.encode(first);
    this.launcher = new Launcher(options.jvm(), home);
    AotCache cache = launcher.cache();
    this.engine = new ProcessEngine(name, workers, options, encoder, this::startWorker, this::close);
    this.health = new Health(name, options, patience, engine);
    Settlement settlement = new Settlement(name, options.timeline(), encoder.values(), encoder.failures(), arrays);
    this.reports = new WorkerReports(
        name, options.output(), engine, health, settlement, encoder.failures(), encoder.classes(), this::unheard);
    this.training = cache == null ? null : new AotTraining(cache, launcher).startAfter(AotTraining.DELAY);
  }

  /** Of a worker that ended without a sign of life: what it was started from may be why. */
  private void unheard(WorkerChannel worker) {
    AotCache cache = launcher.cache();
    if (cache != null) {
      cache.distrust();
    }
  }

  private void close() {
    if (training != null) {
      training.interrupt();
    }
    home.close();
  }

  static ProcessParts assemble(int workers, ProcessOptions options) {
    return assemble(workers, options, Patience.DEFAULT);
  }

  static ProcessParts assemble(int workers, ProcessOptions options, Patience patience) {
    WorkerHome home = WorkerHome.make();
    try {
      ProcessParts parts = new ProcessParts(workers, options, patience, home);
      parts.engine.open();
      return parts;
    } catch (Throwable e) {
      home.close();
      throw e;
    }
  }

  /** Called under the engine's lock. */
  private @Nullable Worker startWorker(boolean spare) {
    if (engine.breakAgain()) {
      return null;
    }
    while (true) {
      try {
        int number = started.incrementAndGet();
        ProcessChannel channel = new ProcessChannel(number, name, launcher, home, options, patience, initializer, reports);
        Worker worker = new Worker(channel, spare); // first, for a process that has started must be known
        channel.start(); // its reports wait for the lock
        return worker;
      } catch (IOException | OutOfMemoryError e) { // no descriptor, no thread
        if (!health.isWorthTryingAgain(e)) {
          return null;
        }
        LockSupport.parkNanos(BREATHER_NANOS); // whoever else wants something of this pool must wait for a worker anyhow
      }
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
