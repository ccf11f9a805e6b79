package dev.heddle.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one {@code heddle each}: one thread decides everything, from one queue of what happens.
 *
 * <p>Inputs are read on a thread of their own, for that may block for ever, and no sooner than there is room for a job.
 */
final class EachCommandRun {
  private static final int MOST_FAILURES = 101;
  private static final int INTERRUPTED = 130;
  private static final int NOBODY_READS = 141;

  private sealed interface Event {}

  private record Input(String text) implements Event {}

  private record End(@Nullable IOException problem) implements Event {}

  private record Ended(EachCommandJob job) implements Event {}

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Semaphore room;
  private final EachCommandTemplate template;
  private final EachCommandWork work;
  private final EachCommandHalt halt;
  private final EachCommandOutput output;
  private final EachCommandBar bar;
  private final @Nullable EachCommandLog log;
  private final @Nullable PrintStream dryRun;
  private final List<Thread> running = new ArrayList<>();
  private long number;
  private long done;
  private long failed;
  private boolean stopping;
  private @Nullable Integer code;

  /**
   * The jobs of one command.
   *
   * @param dryRun where commands are printed instead of being run, or null
   */
  EachCommandRun(
      int jobs,
      EachCommandTemplate template,
      EachCommandWork work,
      EachCommandHalt halt,
      EachCommandOutput output,
      EachCommandBar bar,
      @Nullable EachCommandLog log,
      @Nullable PrintStream dryRun) {
    this.room = new Semaphore(jobs);
    this.template = template;
    this.work = work;
    this.halt = halt;
    this.output = output;
    this.bar = bar;
    this.log = log;
    this.dryRun = dryRun;
  }

  /** How many jobs have come to their end. */
  long done() {
    return done;
  }

  long failed() {
    return failed;
  }

  boolean wasInterrupted() {
    return code != null && code == INTERRUPTED;
  }

  /**
   * Runs the jobs and returns the exit code.
   *
   * @throws IOException if the inputs cannot be read, or outputs or the log not be written; all jobs have been stopped then
   */
  int run(EachCommandInputs inputs) throws IOException {
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
    return code == null ? (int) Math.min(failed, MOST_FAILURES) : code;
  }

  private void read(EachCommandInputs inputs) {
    try {
      while (true) {
        room.acquire();
        String next = inputs.next();
        events.add(next == null ? new End(null) : new Input(next));
        if (next == null) {
          return;
        }
      }
    } catch (IOException e) {
      events.add(new End(e));
    } catch (InterruptedException e) {
      // nobody wants more inputs
    } catch (Throwable e) {
      events.add(new End(new IOException("reading the inputs failed: " + e, e))); // the end must be told in any case
    }
  }

  /** The next thing that happens; an interrupt stops all jobs, whose ends are still waited for. */
  private Event next() {
    while (true) {
      try {
        return events.take();
      } catch (InterruptedException e) {
        code = INTERRUPTED;
        stopNow();
        events.add(new End(null)); // so that the loop looks again, also if no job is left
      }
    }
  }

  private void handle(Event event) throws IOException {
    switch (event) {
      case Input(String text) -> begin(text);
      case Ended(EachCommandJob job) -> ended(job);
      case End _ -> {
      }
    }
  }

  private void begin(String input) throws IOException {
    if (stopping) {
      return;
    }
    long job = ++number;
    String shown = template.shown(input, job);
    if (log != null && !log.isToDo(job, shown)) {
      bar.above(() -> output.skipped(job));
      bar.ended(failed);
      room.release();
    } else if (dryRun != null) {
      dryRun.println(shown);
      room.release();
    } else {
      running.add(Thread.ofVirtual().name("heddle-each-" + job).start(() -> events.add(new Ended(work.run(job, input)))));
    }
  }

  private void ended(EachCommandJob job) throws IOException {
    running.removeIf(thread -> thread.getName().equals("heddle-each-" + job.number()));
    if (!job.ended()) {
      if (job.signal() == EachCommandJob.SIGINT) {
        code = INTERRUPTED; // neither counted nor logged, so that --resume does it again
        stopNow();
      }
      return;
    }
    done++;
    failed += job.isSuccess() ? 0 : 1;
    if (log != null) {
      log.add(job, template.shown(job.input(), job.number()));
    }
    bar.above(() -> output.ended(job));
    bar.ended(failed);
    if (output.isBroken()) {
      code = NOBODY_READS;
      stopNow();
    } else if (!stopping && halt.isReached(done, failed)) {
      stopping = true;
      code = switch (halt.what()) {
        case FAIL -> job.status();
        case SUCCESS -> 0;
        case DONE -> null;
      };
      if (halt.now()) {
        stopNow();
      }
    }
    room.release();
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
          thread.join(); // its process tree is being ended, which is bounded
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
