package dev.heddle.futures;

import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An engine that runs nothing on its own: the test runs its work. */
public final class ManualEngine implements Engine {
  private final List<Work> accepted = new ArrayList<>();
  private final Runnable whenLookedAt;
  private @Nullable RuntimeException fault;
  private @Nullable RuntimeException stopFault;
  private @Nullable UnaryOperator<@Nullable Object> lie;
  private boolean shutdown;

  private ManualEngine(Runnable whenLookedAt) {
    this.whenLookedAt = whenLookedAt;
  }

  /** One without an action. */
  public static Executor executor() {
    return executor(() -> {});
  }

  /** One whose {@code start} throws. */
  public static Executor failingToStart(RuntimeException fault) {
    ManualEngine engine = new ManualEngine(() -> {});
    engine.fault = fault;
    return Executor.on(engine, PoolOptions.named("manual"));
  }

  /** One that runs each task on the submitting thread and reports another outcome than the task had. */
  public static Executor lying(UnaryOperator<@Nullable Object> lie) {
    ManualEngine engine = new ManualEngine(() -> {});
    engine.lie = lie;
    return Executor.on(engine, PoolOptions.named("lying"));
  }

  /** One whose tasks begin, which sets their time-out, and never end; its {@code stop} throws. */
  public static Executor failingToStop(RuntimeException fault, PoolOptions options) {
    ManualEngine engine = new ManualEngine(() -> {});
    engine.stopFault = fault;
    return Executor.on(engine, options);
  }

  /** One that runs an action each time its load is asked for. */
  public static Executor executor(Runnable whenLookedAt) {
    return Executor.on(new ManualEngine(whenLookedAt), PoolOptions.named("manual"));
  }

  @Override
  public synchronized void start(Work work) {
    if (shutdown) {
      throw new RejectedExecutionException("shut down");
    }
    if (fault != null) {
      throw fault;
    }
    if (stopFault != null) {
      work.begin();
    } else if (lie != null) {
      report(work, lie);
    } else {
      accepted.add(work);
    }
  }

  private static void report(Work work, UnaryOperator<@Nullable Object> lie) {
    Attempt attempt = work.begin();
    Callable<?> body = work.body();
    if (attempt == null || body == null) {
      throw new AssertionError("nothing to run");
    }
    Object outcome;
    try {
      outcome = body.call();
    } catch (Exception e) {
      outcome = e;
    }
    Object told = lie.apply(outcome);
    if (told instanceof Throwable failure) {
      attempt.fail(failure);
    } else {
      attempt.succeed(told);
    }
  }

  @Override
  public void stop(Attempt attempt) {
    if (stopFault != null) {
      throw stopFault;
    }
    attempt.interrupt();
  }

  @Override
  public Duration worthwhile() {
    return lie == null ? Duration.ZERO : Duration.ofMillis(1);
  }

  @Override
  public void beginBlocking() {}

  @Override
  public void endBlocking() {}

  @Override
  public int parallelism() {
    return 2;
  }

  @Override
  public Load load() {
    whenLookedAt.run();
    return new Load(0, 0, 0);
  }

  @Override
  public synchronized List<Work> drain() {
    List<Work> queued = List.copyOf(accepted);
    accepted.clear();
    return queued;
  }

  @Override
  public List<Attempt> running() {
    return List.of();
  }

  @Override
  public synchronized void shutdown() {
    shutdown = true;
  }

  @Override
  public synchronized boolean isTerminated() {
    return shutdown;
  }

  @Override
  public boolean awaitTermination(Duration timeout) {
    return isTerminated();
  }
}
