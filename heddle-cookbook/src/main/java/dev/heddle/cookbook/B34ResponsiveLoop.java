package dev.heddle.cookbook;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.Cancelled;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.Task;
import dev.heddle.futures.Executor;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.ThreadPool;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** CPU-bound work on the loop itself and on a pool, while a coroutine measures the latency of the loop. */
final class B34ResponsiveLoop extends Recipe {
  private static final int PIECES = 4;

  private final Supplier<Executor> pools;
  private final TaskCallable<?> work;

  B34ResponsiveLoop() {
    this(() -> ThreadPool.of(2), () -> Sums.upTo(300_000_000L));
  }

  /**
   * Other work on another pool.
   *
   * @param pools makes the pool, of threads or of processes
   */
  B34ResponsiveLoop(Supplier<Executor> pools, TaskCallable<?> work) {
    super(
        "A loop that stays responsive while a pool computes",
        """
            A coroutine sleeps for 1 ms repeatedly, and measures how late it is resumed. Work on the thread of the loop delays
            it for as long as one piece of that work takes; work on a pool hardly delays it.""");
    this.pools = pools;
    this.work = work;
  }

  @Override
  public void run(PrintStream out) {
    out.printf("Computing on the loop:  largest lag %6.1f ms%n", lagOnTheLoop());
    out.printf("Computing on a pool:    largest lag %6.1f ms%n", lagWithAPool());
  }

  double lagOnTheLoop() {
    return EventLoop.run(a -> {
      Task<Double> lag = Asyncio.createTask(largestLag());
      for (int i = 0; i < PIECES; i++) {
        a.await(Asyncio.yieldNow());
        work.call();
      }
      lag.cancel();
      return a.await(lag);
    });
  }

  double lagWithAPool() {
    try (Executor pool = pools.get()) {
      pool.submit((Callable<Integer>) () -> 0).result(); // a warm-up: the first task loads the classes of the pool
      return EventLoop.run(a -> {
        Task<Double> lag = Asyncio.createTask(largestLag());
        List<Async<Object>> pieces = new ArrayList<>();
        for (int i = 0; i < PIECES; i++) {
          pieces.add(Async.of(b -> b.await(Asyncio.runInExecutor(pool, work))));
        }
        a.await(Asyncio.gather(pieces));
        lag.cancel();
        return a.await(lag);
      });
    }
  }

  /** Returns the maximum delay of a sleep in milliseconds; runs until it is cancelled. */
  private static Async<Double> largestLag() {
    return Async.of(a -> {
      Duration pause = Duration.ofMillis(1);
      double worst = 0;
      try {
        while (true) {
          long start = System.nanoTime();
          a.await(Asyncio.sleep(pause));
          worst = Math.max(worst, (System.nanoTime() - start - pause.toNanos()) / 1e6);
        }
      } catch (Cancelled enough) {
        return worst;
      }
    });
  }
}
