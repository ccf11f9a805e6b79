package dev.heddle.flags;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.futures.Future;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskOptions;
import dev.heddle.process.WorkerCrashedException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The download of one flag, as a task for an executor: one call is one attempt.
 *
 * <p>Its attempts follow one another, and the executor orders them; so its fields need no lock.
 */
final class FlagJob implements TaskCallable<FlagOutcome> {
  /** A server that asks to be left alone for longer is not waited for. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final String code;
  private final transient FlagClient client;
  private final transient RunState run;
  private int attempts;
  private long failedAt;
  private transient @Nullable Duration wait;
  private @Nullable String noRetry;
  private transient @Nullable FlagOutcome outcome;

  FlagJob(String code, FlagClient client, RunState run) {
    this.code = code;
    this.client = client;
    this.run = run;
  }

  /** How an executor is to run this: again after failures that may pass. */
  TaskOptions options(Retry retry) {
    return TaskOptions.named(code).withRetry(retry.when(this::isWorthAnotherAttempt));
  }

  @Override
  public FlagOutcome call() throws FlagException, InterruptedException {
    waitAsTheServerAsked();
    if (run.trouble() != null) {
      return ended(new FlagOutcome.Cancelled(code, attempts));
    }
    try {
      attempts++;
      return ended(client.download(code, attempts));
    } catch (FlagException.Folder e) {
      run.stop(e);
      throw e;
    } catch (FlagException.Status e) {
      wait = e.retryAfter();
      failedAt = System.nanoTime();
      throw e;
    }
  }

  /** The executor's pause has gone by already; only what is left of a longer one is waited for. */
  private void waitAsTheServerAsked() throws InterruptedException {
    if (wait != null) {
      Duration left = wait.minusNanos(System.nanoTime() - failedAt);
      wait = null;
      if (left.isPositive()) {
        run.sleeper().sleep(left);
      }
    }
  }

  private boolean isWorthAnotherAttempt(Throwable failure) {
    if (!isPassing(failure)) {
      return false;
    }
    if (wait != null && wait.compareTo(LONGEST_WAIT) > 0) {
      noRetry = "it asks to be left alone for " + wait.toSeconds() + " s";
      return false;
    }
    if (!run.takeRetry()) {
      noRetry = "the run's " + run.retryBudget() + " retries are used up";
      return false;
    }
    return true;
  }

  /** Whether it may go well next time. A worker process that ended has left a part at the most, which is gone on with. */
  private static boolean isPassing(Throwable failure) {
    return failure instanceof FlagException ours ? ours.isPassing() : failure instanceof WorkerCrashedException;
  }

  private FlagOutcome ended(FlagOutcome outcome) {
    this.outcome = outcome;
    return outcome;
  }

  /** Waits for the end of this job and says what came out. */
  FlagOutcome outcome(Future<FlagOutcome> future) {
    try {
      return future.result();
    } catch (CancellationException e) {
      return new FlagOutcome.Cancelled(code, attempts);
    } catch (TaskFailedException e) {
      if (!(e.getCause() instanceof FlagException failure)) {
        throw e; // a mistake in this program, not of the server's
      }
      return failed(failure);
    }
  }

  private FlagOutcome failed(FlagException failure) {
    if (failure instanceof FlagException.Folder trouble) {
      run.stop(trouble); // here again, for a failure in another process
    }
    return failed(String.valueOf(failure.getMessage()));
  }

  private FlagOutcome failed(String message) {
    String reason = message + (noRetry == null ? "" : "; not tried again, for " + noRetry);
    return ended(new FlagOutcome.Failed(code, attempts, reason));
  }

  /** The download as a task for another process, which answers in its own words. */
  RemoteFlag remote() {
    return client.remote(code);
  }

  /** How an executor of processes is to run {@link #remote}: again after failures that may pass. */
  TaskOptions remoteOptions(Retry retry) {
    return TaskOptions.named(code).withRetry(retry.when(failure -> {
      boolean again = isWorthAnotherAttempt(failure);
      attempts += again ? 1 : 0;
      return again;
    }));
  }

  /** What another process has made of this download. */
  FlagOutcome outcomeOfRemote(Future<RemoteFlag.Reply> future) {
    try {
      RemoteFlag.Reply reply = future.result();
      attempts++;
      return ended(client.remembered(code, attempts, reply));
    } catch (CancellationException e) {
      return new FlagOutcome.Cancelled(code, attempts);
    } catch (TaskFailedException e) {
      attempts++;
      return switch (e.getCause()) {
        case FlagException failure -> failed(failure);
        case WorkerCrashedException crash -> failed("the worker process that downloaded it ended: " + crash.reason());
        default -> throw e; // a mistake in this program, not of the server's
      };
    }
  }

  /** Whether the run has ended before its time. */
  boolean isRunStopped() {
    return run.trouble() != null;
  }

  /** All attempts as one coroutine, for an event loop. */
  Async<FlagOutcome> onLoop(Retry retry) {
    return Async.of(a -> {
      while (run.trouble() == null) {
        try {
          attempts++;
          return ended(a.await(client.downloadAsync(code, attempts)));
        } catch (FlagException.Folder e) {
          return failed(e);
        } catch (FlagException e) {
          wait = e instanceof FlagException.Status status ? status.retryAfter() : null;
          if (attempts >= retry.attempts() || !isWorthAnotherAttempt(e)) {
            return failed(e);
          }
        }
        a.await(Asyncio.sleep(pause(retry)));
      }
      return ended(new FlagOutcome.Cancelled(code, attempts));
    });
  }

  /** The pause that an executor would make, or the one that the server has asked for, whichever is longer. */
  private Duration pause(Retry retry) {
    Duration pause = retry.pause(attempts);
    Duration asked = wait;
    return asked != null && asked.compareTo(pause) > 0 ? asked : pause;
  }

  /** What came out of a job that no longer runs, after an interrupted run. */
  FlagOutcome outcomeNow() {
    return outcome == null ? new FlagOutcome.Cancelled(code, attempts) : outcome;
  }
}
