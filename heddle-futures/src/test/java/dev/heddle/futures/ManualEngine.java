package dev.heddle.futures;

import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** An engine that runs nothing by itself: the test takes its work and runs it where it likes. */
final class ManualEngine implements Engine {
  private final List<Work> accepted = new ArrayList<>();
  private final Runnable whenLookedAt;
  private @Nullable RuntimeException fault;
  private boolean shutdown;

  private ManualEngine(Runnable whenLookedAt) {
    this.whenLookedAt = whenLookedAt;
  }

  static Executor executor() {
    return executor(() -> {});
  }

  /** One that accepts nothing, in the wrong way. */
  static Executor failingToStart(RuntimeException fault) {
    ManualEngine engine = new ManualEngine(() -> {});
    engine.fault = fault;
    return Executor.on(engine, PoolOptions.named("manual"));
  }

  /** One that does something each time somebody asks how busy it is. */
  static Executor executor(Runnable whenLookedAt) {
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
    accepted.add(work);
  }

  @Override
  public void stop(Attempt attempt) {
    attempt.interrupt();
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
