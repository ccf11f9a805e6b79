package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Future;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskOptions;
import dev.heddle.testkit.Bounded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That no task is lost and none ends twice while workers are killed at random. */
class ChaosTest {
  private static final int LEAST_KILLS = 5; // so that it is a trial at all

  @Test
  @Bounded(seconds = 180)
  void kills_whileTasksRun_loseNone() throws Exception {
    chaos(1_000, Duration.ofMillis(200), 17);
  }

  @Test
  @Tag("long")
  @Bounded(seconds = 1_200)
  void kills_every50Millis_loseNoneOfTenThousand() throws Exception {
    chaos(10_000, Duration.ofMillis(50), 4711);
  }

  private static void chaos(int tasks, Duration pause, long seed) throws Exception {
    AtomicInteger ended = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    int kills;
    int submitted = 0;
    try (ProcessExecutor pool = ProcessPool.of(3, ProcessOptions.named("chaos").withSpares(1))) {
      Killer killer = new Killer(pool, pause, seed, over, ended);
      Thread thread = Thread.ofPlatform().name("killer").start(killer);
      TaskOptions stubborn = TaskOptions.defaults().withRetry(Retry.times(10_000).withDelay(Duration.ZERO));
      do { // again, if the tasks ended before a worker could be killed
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
          int n = i;
          Future<Integer> future = pool.submit(stubborn, () -> work(n));
          future.addDoneCallback(_ -> ended.incrementAndGet());
          futures.add(future);
        }
        for (int i = 0; i < tasks; i++) {
          assertThat(futures.get(i).result()).isEqualTo(i);
        }
        submitted += tasks;
      } while (killer.kills.get() < LEAST_KILLS);
      over.set(true);
      thread.join();
      kills = killer.kills.get();
    }
    assertThat(ended).hasValue(submitted);
    System.out.println("chaos with seed " + seed + ": " + submitted + " tasks, " + kills + " workers killed");
  }

  private static int work(int n) {
    long until = System.nanoTime() + 1_000L * (n % 10) * 100; // from nothing to 0.9 ms
    while (System.nanoTime() - until < 0) {
      Thread.onSpinWait();
    }
    return n;
  }

  /** Kills a worker now and then. */
  private static final class Killer implements Runnable {
    private static final int TASKS_BETWEEN = 5;

    private final ProcessExecutor pool;
    private final Duration pause;
    private final Random random;
    private final AtomicBoolean over;
    private final AtomicInteger ended;
    private int endedAtLast;
    private final AtomicInteger kills = new AtomicInteger();

    Killer(ProcessExecutor pool, Duration pause, long seed, AtomicBoolean over, AtomicInteger ended) {
      this.pool = pool;
      this.pause = pause;
      this.random = new Random(seed);
      this.over = over;
      this.ended = ended;
    }

    @Override
    public void run() {
      while (!over.get()) {
        LockSupport.parkNanos(pause.toNanos());
        if (ended.get() - endedAtLast < TASKS_BETWEEN) {
          continue; // on a busy machine workers would be killed faster than they start, without end
        }
        endedAtLast = ended.get();
        // Those that are starting are spared: killing every one of those is for the test of broken pools.
        List<WorkerStats> ready = pool.workers().stream().filter(Killer::isReady).toList();
        if (!ready.isEmpty()) {
          ProcessHandle.of(ready.get(random.nextInt(ready.size())).pid()).ifPresent(ProcessHandle::destroyForcibly);
          kills.incrementAndGet();
        }
      }
    }

    private static boolean isReady(WorkerStats worker) {
      return worker.state() == WorkerStats.State.BUSY || worker.state() == WorkerStats.State.IDLE;
    }
  }
}
