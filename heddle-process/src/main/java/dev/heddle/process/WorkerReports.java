package dev.heddle.process;

import dev.heddle.futures.BrokenExecutorException;
import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Work;
import dev.heddle.process.codec.ClassSupply;
import dev.heddle.process.codec.Failures;
import dev.heddle.process.codec.SharedArrays;
import dev.heddle.process.codec.TaskEncoder;
import dev.heddle.process.codec.Values;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What becomes of the messages of workers: futures get done, workers get the next tasks, lost ones are replaced. */
final class WorkerReports implements WorkerChannel.Listener {
  private static final int MAX_FAILED_STARTS = 3; // in a row, until the pool is broken
  private static final long UNCLAIMED_MEANS_STUCK_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_MILLIS = 5_000;
  private static final long RSS_LOOK_MILLIS = 100;
  static final long RSS_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(RSS_LOOK_MILLIS);

  private final String name;
  private final ProcessOptions options;
  private final ProcessEngine engine;
  private final Crew crew;
  private final Values values;
  private final Failures failures;
  private final ClassSupply classes;
  private final SharedArrays arrays;
  private final Launcher launcher;
  private int failedStarts; // in a row; under the engine's lock, as are the next
  private long lastFailedStartNanos;

  WorkerReports(
      String name,
      ProcessOptions options,
      ProcessEngine engine,
      TaskEncoder encoder,
      SharedArrays arrays,
      Launcher launcher) {
    this.name = name;
    this.options = options;
    this.engine = engine;
    this.crew = engine.crew();
    this.values = encoder.values();
    this.failures = encoder.failures();
    this.classes = encoder.classes();
    this.arrays = arrays;
    this.launcher = launcher;
  }

  Restarts restarts() {
    engine.lock();
    try {
      return crew.restarts();
    } finally {
      engine.unlock();
    }
  }

  @Override
  public void ready(WorkerChannel channel) {
    engine.lock();
    try {
      Worker worker = crew.of(channel);
      if (worker == null || worker.ready) {
        return;
      }
      failedStarts = 0;
      worker.ready = true;
      worker.idleSince = System.nanoTime();
      if (worker.spare) {
        crew.hire();
      } else {
        crew.next(worker);
      }
    } finally {
      engine.unlock();
    }
    engine.launchAll();
  }

  @Override
  public void unprepared(WorkerChannel channel, byte[] failure) {
    Throwable cause = failures.decode(failure);
    engine.lock();
    try {
      engine.breakWith(
          new BrokenExecutorException(
              "executor '" + name + "' is broken: its initializer failed in " + channel + " (" + cause
                  + "); mend the initializer and make a new executor",
              cause));
    } finally {
      engine.unlock();
    }
  }

  @Override
  public List<Runnable> ended(WorkerChannel channel, List<WorkerChannel.TaskEnd> ends) {
    List<Runnable> rest = new ArrayList<>(ends.size() + 1);
    rest.add(engine.launching());
    engine.lock();
    try {
      Worker worker = crew.of(channel);
      for (WorkerChannel.TaskEnd end : ends) {
        Job job = worker == null ? null : worker.jobs.peekFirst();
        if (worker == null || job == null || !job.sent || job.id != end.id()) {
          channel.kill("it reported the end of a task that it was not given");
          return rest;
        }
        rest.add(new Settling(worker, job, end));
        book(worker, job, end);
      }
      if (worker != null) {
        failedStarts = 0;
        goOn(worker);
      }
    } catch (OutOfMemoryError e) { // what was booked is settled, and the rest fails with its worker
      channel.kill("there is no memory here to take its results");
    } finally {
      engine.unlock();
    }
    return rest;
  }

  private static void book(Worker worker, Job job, WorkerChannel.TaskEnd end) {
    worker.jobs.removeFirst();
    job.worker = null;
    if (job.work.attachment() == job) {
      job.work.attach(null);
    }
    worker.unsettled.incrementAndGet();
    job.task.release();
    worker.finished++;
    worker.ran(end.nanos());
  }

  private void goOn(Worker worker) {
    if (worker.jobs.isEmpty()) {
      crew.next(worker);
    } else {
      crew.cameToHead(worker);
      crew.topUp(worker);
    }
  }

  /** What is left to do when a task has ended: its future gets done. */
  final class Settling implements Runnable {
    private final Worker worker;
    private final Job job;
    private final WorkerChannel.TaskEnd end;

    private Settling(Worker worker, Job job, WorkerChannel.TaskEnd end) {
      this.worker = worker;
      this.job = job;
      this.end = end;
    }

    /** Whether it is the end of that work. */
    boolean isOf(Work work) {
      return job.work == work;
    }

    /** Whether it takes next to no time and calls no foreign code. */
    boolean isBrief() {
      return end.success() && Values.isPlain(end.outcome());
    }

    @Override
    public void run() {
      settle(worker, job, end);
    }
  }

  private void settle(Worker worker, Job job, WorkerChannel.TaskEnd end) {
    byte[] outcome = end.outcome();
    try {
      record(worker.channel, job, end.success() ? "" : " (failed)", end.nanos());
      job.begin(); // if it was so quick that nobody came to it
      Attempt attempt = job.attempt();
      if (attempt == null) {
        if (end.success()) {
          values.discard(outcome);
        } else {
          failures.discard(outcome);
        }
      } else if (end.success()) {
        succeed(attempt, outcome);
      } else {
        attempt.fail(failures.decode(outcome, job.toString()));
      }
    } catch (Throwable e) { // out of memory, say: the future must not wait for ever
      job.fail(e);
    } finally {
      settled(worker);
    }
  }

  private void succeed(Attempt attempt, byte[] outcome) {
    Object value;
    try {
      value = values.decode(outcome);
    } catch (Throwable e) { // whatever decoding does fails this task only
      attempt.fail(e);
      return;
    }
    attempt.succeed(value);
  }

  /** What a worker has left in shared memory is given back when it is gone and its last result is decoded. */
  private void settled(Worker worker) {
    if (worker.unsettled.decrementAndGet() == 0) {
      arrays.reclaim(worker.channel.number());
    }
  }

  @Override
  public void printed(WorkerChannel channel, int id, boolean error, byte[] text) {
    String task = "";
    String words = new String(text, StandardCharsets.UTF_8);
    engine.lock();
    try {
      Worker worker = crew.of(channel);
      if (worker != null) {
        if (error) {
          worker.errors.add(words);
        }
        for (Job each : worker.jobs) {
          task = each.sent && each.id == id ? each.work.name() : task;
        }
      }
    } finally {
      engine.unlock();
    }
    OutputListener.Stream stream = error ? OutputListener.Stream.ERR : OutputListener.Stream.OUT;
    try {
      options.output().printed(new OutputListener.Output(channel.pid(), task, stream, words));
    } catch (Throwable e) {
      Log.ignored("the output listener of executor '" + name + "'", e);
    }
  }

  @Override
  public byte @Nullable [] classBytes(String className) {
    return classes.bytesOf(className);
  }

  @Override
  public long nextLook(WorkerChannel channel) {
    long idleMillis = Patience.millis(options.idleTimeout());
    engine.lock();
    try {
      Worker worker = crew.of(channel);
      if (worker != null && worker.ready && worker.jobs.isEmpty()) {
        long idle = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - worker.idleSince);
        long left = Math.max(1, idleMillis - idle + 1);
        // One that idles for longer is woken by its next task.
        return options.maxRss() > 0 && idle < 2 * RSS_LOOK_MILLIS ? Math.min(RSS_LOOK_MILLIS, left) : left;
      }
      return options.maxRss() > 0 ? RSS_LOOK_MILLIS : Math.min(LOOK_MILLIS, idleMillis);
    } finally {
      engine.unlock();
    }
  }

  @Override
  public void look(WorkerChannel channel) {
    long rss = options.maxRss() > 0 ? channel.rss() : 0;
    Job refused = null;
    String reason = "it did not take its task for " + UNCLAIMED_MEANS_STUCK_NANOS / 1_000_000_000 + " s";
    engine.lock();
    try {
      Worker worker = crew.of(channel);
      if (worker == null || !worker.ready || worker.leaving) {
        return;
      }
      long now = System.nanoTime();
      Job head = worker.jobs.peekFirst();
      if (head == null) {
        boolean forgotten = !worker.spare || crew.active().length == 0;
        if (forgotten && now - worker.idleSince > Patience.nanos(options.idleTimeout())) {
          crew.dismiss(worker, Departure.IDLE);
        } else if (!forgotten) {
          worker.idleSince = now;
        }
      } else if (rss > options.maxRss()) {
        crew.condemn(worker, Departure.UNFIT, "its resident memory of " + (rss >> 20) + " MiB was over the limit of "
            + (options.maxRss() >> 20) + " MiB (maxRss)");
      } else if (head.sent
          && now - head.sentNanos > UNCLAIMED_MEANS_STUCK_NANOS
          && channel.isUnclaimed(head.id)) {
        if (head.isLostAgain()) {
          crew.backlog().drop(head);
          refused = head;
        }
        crew.condemn(worker, Departure.UNFIT, reason);
      }
    } finally {
      engine.unlock();
    }
    if (refused != null) {
      WorkerEnd end = new WorkerEnd(channel.pid(), -1, 0, reason, "", null);
      refused.fail(new WorkerCrashedException(refused.work.name(), end.beforeATask()));
    }
    engine.launchAll();
  }

  @Override
  public void gone(WorkerChannel channel, WorkerEnd bare) {
    WorkerEnd end;
    Worker worker;
    List<Job> victims;
    engine.lock();
    try {
      worker = crew.of(channel);
      if (worker == null) {
        return;
      }
      end = bare.after(worker.errors);
      boolean unexpected = !worker.leaving;
      victims = crew.remove(worker);
      worker.event.finish(name, end, worker.finished, unexpected); // before anybody is told that the pool has ended
      if (worker.departure == Departure.UNREADY) {
        startFailed(worker, end);
      }
      crew.serve();
      engine.checkEnd();
    } finally {
      engine.unlock();
    }
    AotCache cache = launcher.cache();
    if (cache != null && worker.departure == Departure.UNREADY && !channel.hasCalled()) {
      cache.distrust();
    }
    for (Job each : victims) {
      bury(channel, each, each.sent ? end : end.beforeATask());
    }
    settled(worker);
    engine.launchAll();
  }

  /** Notes what a worker ran until now, and how it ended, if anybody wants to know: else not even its name is made up. */
  private void record(WorkerChannel channel, Job job, String how, long nanos) {
    TimelineRecorder timeline = options.timeline();
    if (timeline != null) {
      long now = timeline.now();
      timeline.add(new Span(name + " " + channel, job + how, now - Math.max(0, nanos), now));
    }
  }

  private void bury(WorkerChannel channel, Job victim, WorkerEnd end) {
    try {
      victim.begin();
      record(channel, victim, " (crashed)", System.nanoTime() - victim.sentNanos);
      victim.fail(new WorkerCrashedException(victim.work.name(), end));
    } catch (Throwable e) { // out of memory, say: the others must hear of it all the same
      victim.fail(e);
    }
  }

  /** No worker can even be tried to be started; the lock is held. */
  void cannotStart(Throwable cause) {
    engine.breakWith(
        new BrokenExecutorException(
            "executor '" + name + "' is broken: no worker can be started (" + cause + "); make a new executor when it can",
            new WorkerStartException("no worker can be started: " + cause, cause)));
  }

  /**
   * A worker was lost before it was ready; the lock is held.
   *
   * <p>Those that were on their way together when one was lost count once: one mishap takes them all (somebody's kill, want of
   * memory for a moment), and only trying again shows whether it stays.
   */
  private void startFailed(Worker worker, WorkerEnd end) {
    if (failedStarts > 0 && worker.startedNanos - lastFailedStartNanos < 0) {
      return;
    }
    lastFailedStartNanos = System.nanoTime();
    if (++failedStarts >= MAX_FAILED_STARTS) {
      WorkerStartException cause =
          new WorkerStartException("a worker ended before it was ready: " + end.reason() + end.details(), null);
      engine.breakWith(
          new BrokenExecutorException(
              "executor '" + name + "' is broken: " + MAX_FAILED_STARTS + " times in a row workers ended before they were ready ("
                  + end.reason() + "); mend the options of the workers' JVM and make a new executor" + end.details(),
              cause));
    }
  }
}
