package dev.heddle.flags.styles;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.base.Describe;
import dev.heddle.flags.FlagException;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.flags.client.FlagTransfer;
import dev.heddle.flags.client.RemoteDownload;
import dev.heddle.futures.Future;
import dev.heddle.futures.Limit;
import dev.heddle.futures.Permit;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.futures.TaskOptions;
import dev.heddle.process.WorkerCrashedException;
import dev.heddle.timeline.Span;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The download of one flag, as a task for an executor: each call is one attempt.
 *
 * <p>The executor runs the attempts one after the other, each happening before the next; so the fields need no lock.
 */
public final class FlagDownload implements TaskCallable<FlagOutcome> {
  /** The longest Retry-After that is waited for. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final Permit FREE = () -> {};

  private final String code;
  private final transient FlagTransfer client;
  private final transient DownloadRun run;
  private int attempts;
  private long failedAt;
  private transient @Nullable Duration wait;
  private @Nullable String noRetry;
  private transient @Nullable FlagOutcome outcome;
  private transient DownloadTrace.@Nullable Attempt failed; // until it is known whether it is repeated

  /** Creates a download that has not started. */
  public FlagDownload(String code, FlagTransfer client, DownloadRun run) {
    this.code = code;
    this.client = client;
    this.run = run;
  }

  /** Returns the options with which an executor retries this after transient failures. */
  TaskOptions options(Retry retry) {
    return limited(TaskOptions.named(code).withRetry(retry.when(this::shouldRetry)));
  }

  /** Returns options with which each attempt needs a permit, if there is a limit. */
  private TaskOptions limited(TaskOptions options) {
    Limit limit = run.limit();
    return limit == null ? options : options.withLimit(limit);
  }

  @Override
  public FlagOutcome call() throws FlagException, InterruptedException {
    awaitRetryAfter();
    if (run.failure() != null) {
      return ended(new FlagOutcome.Cancelled(code, attempts));
    }
    DownloadTrace.Attempt attempt = run.trace().begin(code);
    Span.Ending ending = Span.Ending.FAILED;
    try {
      attempts++;
      FlagOutcome got = client.download(code, attempts);
      ending = Span.Ending.COMPLETED;
      return ended(got);
    } catch (FlagException.Folder e) {
      run.stop(e);
      throw e;
    } catch (FlagException e) {
      wait = e instanceof FlagException.Status status ? status.retryAfter() : null;
      failedAt = System.nanoTime();
      failed = attempt;
      throw e;
    } catch (InterruptedException e) {
      ending = Span.Ending.CANCELLED;
      throw e;
    } finally {
      attempt.ended();
      if (failed != attempt) {
        attempt.record(ending);
      }
    }
  }

  /** Records the attempt that failed last. */
  private void record(Span.Ending ending) {
    DownloadTrace.Attempt last = failed;
    failed = null;
    if (last != null) {
      last.record(ending);
    }
  }

  /** Waits for the rest of the Retry-After pause; the executor's own pause has elapsed by now. */
  private void awaitRetryAfter() throws InterruptedException {
    if (wait != null) {
      Duration left = wait.minusNanos(System.nanoTime() - failedAt);
      wait = null;
      if (left.isPositive()) {
        run.sleeper().sleep(left);
      }
    }
  }

  private boolean shouldRetry(Throwable failure) {
    boolean again = isWorthARetry(failure);
    record(again ? Span.Ending.RETRIED : Span.Ending.FAILED);
    return again;
  }

  private boolean isWorthARetry(Throwable failure) {
    if (!isTransient(failure)) {
      return false;
    }
    Duration asked = failure instanceof FlagException.Status status ? status.retryAfter() : null; // also of a worker process
    if (asked != null && asked.compareTo(LONGEST_WAIT) > 0) {
      noRetry = "the server asks for a pause of " + Describe.duration(asked);
      return false;
    }
    if (!run.takeRetry()) {
      noRetry = "the run's " + run.retryBudget() + " retries are used up";
      return false;
    }
    return true;
  }

  /** Whether a retry may succeed. A crashed worker process leaves an incomplete file at most, which is resumed. */
  private static boolean isTransient(Throwable failure) {
    return failure instanceof FlagException flagFailure
        ? flagFailure.isTransient()
        : failure instanceof WorkerCrashedException;
  }

  private FlagOutcome ended(FlagOutcome outcome) {
    this.outcome = outcome;
    return outcome;
  }

  /** Waits for the end of this download and returns its outcome. */
  FlagOutcome outcome(Future<FlagOutcome> future) {
    try {
      return future.result();
    } catch (CancellationException e) {
      return new FlagOutcome.Cancelled(code, attempts);
    } catch (TaskFailedException e) {
      if (!(e.getCause() instanceof FlagException failure)) {
        throw e; // a bug, not a failure of the server
      }
      return failed(failure);
    }
  }

  private FlagOutcome failed(FlagException failure) {
    if (failure instanceof FlagException.Folder folderFailure) {
      run.stop(folderFailure); // a worker process cannot call this
    }
    return failed(String.valueOf(failure.getMessage()));
  }

  private FlagOutcome failed(String message) {
    record(Span.Ending.FAILED); // the last attempt, after which the executor does not ask
    String reason = message + (noRetry == null ? "" : "; not retried: " + noRetry);
    return ended(new FlagOutcome.Failed(code, attempts, reason));
  }

  /** Returns this download as a task for a worker process. */
  RemoteDownload remote() {
    return client.remote(code);
  }

  /** Returns the options with which a process pool retries {@link #remote} after transient failures. */
  TaskOptions remoteOptions(Retry retry) {
    return limited(TaskOptions.named(code).withRetry(retry.when(failure -> {
      boolean again = shouldRetry(failure);
      attempts += again ? 1 : 0;
      return again;
    })));
  }

  /** Waits for the result of a worker process and returns the outcome. */
  FlagOutcome outcomeOfRemote(Future<RemoteDownload.Reply> future) {
    try {
      RemoteDownload.Reply reply = future.result();
      attempts++;
      return ended(client.record(code, attempts, reply));
    } catch (CancellationException e) {
      return client.isExhausted() ? failed(client.exhausted(code)) : new FlagOutcome.Cancelled(code, attempts);
    } catch (TaskFailedException e) {
      attempts++;
      return switch (e.getCause()) {
        case FlagException failure -> failed(failure);
        case WorkerCrashedException crash -> failed("the worker process crashed: " + crash.reason());
        default -> throw e; // a bug, not a failure of the server
      };
    }
  }

  /** Whether the run was stopped early. */
  boolean isRunStopped() {
    return run.failure() != null || client.isExhausted();
  }

  /** Returns all attempts as one coroutine, for an event loop. */
  Async<FlagOutcome> onLoop(Retry retry) {
    Limit limit = run.limit();
    return Async.of(a -> {
      while (run.failure() == null) {
        try (Permit _ = limit == null ? FREE : a.await(limit.acquire())) {
          attempts++;
          DownloadTrace.Attempt attempt = run.trace().begin(code);
          failed = attempt;
          FlagOutcome got = a.await(client.downloadAsync(code, attempts));
          attempt.ended();
          record(Span.Ending.COMPLETED);
          return ended(got);
        } catch (FlagException.Folder e) {
          endedBadly();
          return failed(e);
        } catch (FlagException e) {
          endedBadly();
          wait = e instanceof FlagException.Status status ? status.retryAfter() : null;
          if (attempts >= retry.attempts() || !shouldRetry(e)) {
            return failed(e);
          }
        }
        a.await(Asyncio.sleep(pause(retry)));
      }
      return ended(new FlagOutcome.Cancelled(code, attempts));
    });
  }

  private void endedBadly() {
    DownloadTrace.Attempt last = failed;
    if (last != null) {
      last.ended();
    }
  }

  /** The longer one of the retry policy's pause and the pause that the server asked for. */
  private Duration pause(Retry retry) {
    Duration pause = retry.pause(attempts);
    Duration asked = wait;
    return asked != null && asked.compareTo(pause) > 0 ? asked : pause;
  }

  /** The outcome of a download that no longer runs, after an interrupted run. */
  public FlagOutcome outcomeNow() {
    endedBadly();
    record(Span.Ending.CANCELLED); // a coroutine that was cancelled
    return outcome == null ? new FlagOutcome.Cancelled(code, attempts) : outcome;
  }
}
