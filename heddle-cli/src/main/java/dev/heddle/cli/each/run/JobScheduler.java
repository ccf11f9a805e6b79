package dev.heddle.cli.each.run;

import dev.heddle.cli.each.job.JobInput;
import dev.heddle.cli.each.job.JobInputs;
import dev.heddle.cli.each.job.JobResult;
import dev.heddle.cli.each.log.JobLog;
import dev.heddle.cli.each.log.JobResults;
import dev.heddle.cli.each.output.JobOutput;
import dev.heddle.cli.each.output.JobProgressBar;
import dev.heddle.cli.each.template.CommandTemplate;
import dev.heddle.cli.terminal.StandardOutput;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of the jobs of one {@code heddle each}: the calling thread handles all events, from one queue.
 *
 * <p>Inputs are read by a thread of their own, since that may block without limit, and only when a further job may start.
 */
public final class JobScheduler {
  private static final int MAX_FAILURES = 101;
  private static final int INTERRUPTED = 130;
  private static final int MOST_NAMED = 5;
  private static final int OVERHEAD = 100; // bytes of an object and its place in a list

  private sealed interface Event {}

  /** All inputs have been read; there are so many. */
  private record Total(long jobs) implements Event {}

  private record Input(JobInput input) implements Event {}

  private record End(@Nullable IOException problem) implements Event {}

  private record Ended(JobResult job) implements Event {}

  private final long mostCounted = Runtime.getRuntime().maxMemory() / 8;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Semaphore permits;
  private final CommandTemplate template;
  private final JobRunner work;
  private final HaltCondition halt;
  private final JobOutput output;
  private final JobProgressBar bar;
  private final @Nullable JobLog log;
  private final @Nullable PrintStream dryRun;
  private final @Nullable JobResults results;
  private final Pace pace;
  private final List<String> failures = new ArrayList<>();
  private final List<Thread> running = new ArrayList<>();
  private long total;
  private long number;
  private long done;
  private long failed;
  private boolean stopping;
  private @Nullable Integer code;

  /**
   * Creates a scheduler.
   *
   * @param results where to keep outputs, or null
   * @param pace holds jobs apart
   * @param dryRun the stream to print commands to instead of running them, or null
   */
  public JobScheduler(
      int jobs,
      CommandTemplate template,
      JobRunner work,
      HaltCondition halt,
      JobOutput output,
      JobProgressBar bar,
      @Nullable JobLog log,
      @Nullable JobResults results,
      Pace pace,
      @Nullable PrintStream dryRun) {
    this.permits = new Semaphore(jobs);
    this.template = template;
    this.work = work;
    this.halt = halt;
    this.output = output;
    this.bar = bar;
    this.log = log;
    this.results = results;
    this.pace = pace;
    this.dryRun = dryRun;
  }

  /** The number of jobs that have ended. */
  public long done() {
    return done;
  }

  public long failed() {
    return failed;
  }

  /** Names the first jobs that have failed, by number and input. */
  public String failures() {
    return String.join(", ", failures) + (failed > failures.size() ? ", …" : "");
  }

  public boolean wasInterrupted() {
    return code != null && code == INTERRUPTED;
  }

  /**
   * Runs the jobs and returns the exit code.
   *
   * @throws IOException if inputs cannot be read, or outputs or the log cannot be written; all jobs have been stopped then
   */
  public int run(JobInputs inputs) throws IOException {
    Thread reader = Thread.ofPlatform().daemon().name("heddle-each-inputs").start(() -> read(inputs));
    try {
      boolean more = true;
      while ((more && !stopping) || !running.isEmpty()) {
        Event event = next();
        if (event instanceof End(IOException problem) && problem != null) {
          throw problem;
        }
        more &= !(event instanceof End);
        handle(event);
      }
      bar.above(output::finish);
    } finally {
      stopNow();
      reader.interrupt();
      awaitRunning();
    }
    return code == null ? exitCode() : code;
  }

  private int exitCode() {
    boolean percentage = halt.percent() && total > 0;
    return (int) (percentage ? Math.ceilDiv(failed * 100, total) : Math.min(failed, MAX_FAILURES));
  }

  private void read(JobInputs from) {
    try {
      JobInputs inputs = halt.percent() ? counted(from) : from;
      while (true) {
        permits.acquire();
        JobInput next = inputs.next();
        events.add(next == null ? new End(null) : new Input(next));
        if (next == null) {
          return;
        }
      }
    } catch (IOException e) {
      events.add(new End(e));
    } catch (InterruptedException e) {
      // no more inputs are needed
    } catch (Throwable e) {
      events.add(new End(new IOException("reading the inputs failed: " + e, e))); // the scheduler waits for the end
    }
  }

  /** Reads all inputs, to know how many jobs there are. */
  private JobInputs counted(JobInputs inputs) throws IOException {
    List<JobInput> all = new ArrayList<>();
    long size = 0;
    for (JobInput each = inputs.next(); each != null; each = inputs.next()) {
      size += each.text().length() + OVERHEAD * (1L + each.fields().size());
      if (size > mostCounted) {
        throw new IOException("--halt with a percentage reads all inputs before the first job, and after " + all.size()
            + " inputs there is no memory for more; give a number of jobs, or more memory, as in HEDDLE_JAVA_OPTS=-Xmx4g");
      }
      all.add(each);
    }
    events.add(new Total(all.size()));
    Iterator<JobInput> left = all.iterator();
    return () -> left.hasNext() ? left.next() : null;
  }

  /** Returns the next event; an interrupt stops all jobs, and their ends are still awaited. */
  private Event next() {
    while (true) {
      try {
        return events.take();
      } catch (InterruptedException e) {
        code = INTERRUPTED;
        stopNow();
        events.add(new End(null)); // wakes the loop, even if no job is left
      }
    }
  }

  private void handle(Event event) throws IOException {
    switch (event) {
      case Input(JobInput input) -> start(input);
      case Ended(JobResult job) -> ended(job);
      case Total(long jobs) -> total = jobs;
      case End _ -> {
      }
    }
  }

  private void start(JobInput input) throws IOException {
    if (stopping) {
      return;
    }
    long job = ++number;
    if (log != null && !log.mustRun(job, template.logged(input, job), template.loggedBefore(input, job))) {
      bar.above(() -> output.skipped(job));
      bar.ended(failed);
      permits.release();
    } else if (dryRun != null) {
      dryRun.println(template.shown(input, job));
      permits.release();
    } else {
      running.add(Thread.ofVirtual().name("heddle-each-" + job).start(() -> run(job, input)));
    }
  }

  private void run(long job, JobInput input) {
    try {
      pace.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // then the job ends as it begins
    }
    events.add(new Ended(work.run(job, input)));
  }

  private void ended(JobResult job) throws IOException {
    running.removeIf(thread -> thread.getName().equals("heddle-each-" + job.number()));
    if (!job.ended()) {
      if (job.signal() == JobResult.SIGINT) {
        code = INTERRUPTED; // neither counted nor logged, so that --resume runs it again
        stopNow();
      }
      return;
    }
    done++;
    if (!job.isSuccess()) {
      failed++;
      if (failures.size() < MOST_NAMED) {
        failures.add(job.number() + " (" + job.input().shown() + ")");
      }
    }
    if (results != null) {
      results.keep(job);
    }
    if (log != null) {
      log.add(job, template.logged(job.input(), job.number()));
    }
    bar.above(() -> output.ended(job));
    bar.ended(failed);
    if (output.isBroken()) {
      StandardOutput.check();
      code = StandardOutput.READER_ENDED;
      stopNow();
    } else if (!stopping && halt.isReached(done, failed, total)) {
      stopping = true;
      code = switch (halt.what()) {
        case FAIL -> halt.percent() ? null : Integer.valueOf(job.status());
        case SUCCESS -> 0;
        case DONE -> null;
      };
      if (halt.now()) {
        stopNow();
      }
    }
    permits.release();
  }

  private void stopNow() {
    stopping = true;
    running.forEach(Thread::interrupt);
  }

  private void awaitRunning() {
    boolean interrupted = false;
    for (Thread thread : running) {
      while (thread.isAlive()) {
        try {
          thread.join(); // bounded, since its processes are being ended
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
