package dev.heddle.futures;

import dev.heddle.futures.spi.Attempt;
import dev.heddle.futures.spi.Engine;
import dev.heddle.futures.spi.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/** An engine that runs nothing by itself: the test takes its work and runs it where it likes. */
final class ManualEngine implements Engine {
  private final List<Work> accepted = new ArrayList<>();
  private boolean shutdown;

  static Executor executor() {
    return Executor.on(new ManualEngine(), PoolOptions.named("manual"));
  }

  @Override
  public synchronized void start(Work work) {
    if (shutdown) {
      throw new RejectedExecutionException("shut down");
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
