package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A crowd of tasks that cancel each other, time out, fail, and share every primitive, at random. */
class SoakTest extends LoopContract {
  private static final int WORKERS = 30;

  /** What the workers of one run share. */
  private static final class Shared {
    final Lock lock = new Lock();
    final Semaphore semaphore = new Semaphore(3);
    final Queue<Integer> queue = Queue.of(4);
    final Condition condition = new Condition(lock);
    final List<Task<String>> tasks = new ArrayList<>();
    int inLock;
    int inSemaphore;
    int put;
    int got;
  }

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  private Async<String> worker(Shared shared, SplittableRandom random, int rounds) {
    return async(
        a -> {
          for (int i = 0; i < rounds; i++) {
            try {
              int what = random.nextInt(8);
              if (what == 7) {
                a.await(Asyncio.gather(step(shared, random, 0), step(shared, random, 3), step(shared, random, 1)));
              } else {
                a.await(Asyncio.timeout(Duration.ofMillis(random.nextInt(6)), step(shared, random, what)));
              }
            } catch (AsyncTimeoutException e) {
              assertThat(Asyncio.currentTask().cancelling()).isBetween(0, 5);
            } catch (Cancelled c) {
              if (random.nextInt(3) == 0) {
                throw c;
              }
              Asyncio.currentTask().uncancel();
            }
          }
          return "done";
        });
  }

  private Async<String> step(Shared shared, SplittableRandom random, int what) {
    return async(
        a -> {
          switch (what) {
            case 0 -> {
              try (Permit _ = a.await(shared.lock.acquire())) {
                assertThat(++shared.inLock).isEqualTo(1);
                try {
                  a.await(Asyncio.sleep(Duration.ofMillis(random.nextInt(3))));
                } finally {
                  shared.inLock--;
                }
                shared.condition.signal();
              }
            }
            case 1 -> {
              try (Permit _ = a.await(shared.semaphore.acquire())) {
                assertThat(++shared.inSemaphore).isLessThanOrEqualTo(3);
                try {
                  a.await(Asyncio.sleep(Duration.ofMillis(random.nextInt(3))));
                } finally {
                  shared.inSemaphore--;
                }
              }
            }
            case 2 -> {
              a.await(shared.queue.put(1));
              shared.put++;
            }
            case 3 -> {
              if (shared.queue.tryPut(1)) {
                shared.put++;
              }
            }
            case 4 -> {
              a.await(shared.queue.get());
              shared.got++;
            }
            case 5 -> shared.tasks.get(random.nextInt(shared.tasks.size())).cancel();
            default -> {
              try (Permit _ = a.await(shared.lock.acquire())) {
                a.await(Asyncio.timeout(Duration.ofMillis(random.nextInt(4)), shared.condition.await()));
                assertThat(isHeldBy(shared.lock, Asyncio.currentTask())).isTrue();
              }
            }
          }
          return "";
        });
  }

  private void soak(LoopOptions options, long seed, int rounds) {
    EventLoop.run(
        options,
        async(
            a -> {
              SplittableRandom random = new SplittableRandom(seed);
              Shared shared = new Shared();
              for (int i = 0; i < WORKERS; i++) {
                shared.tasks.add(Asyncio.createTask(worker(shared, random.split(), rounds)));
              }
              a.await(Asyncio.wait(shared.tasks));
              for (Task<String> each : shared.tasks) {
                if (each.isFailed()) {
                  throw new AssertionError("seed " + seed + ": " + each, each.exception());
                }
              }
              assertThat(EventLoop.current().tasks()).as("seed %d", seed).hasSize(1);
              assertThat(shared.lock.isLocked()).as("seed %d", seed).isFalse();
              assertThat(shared.semaphore.available()).as("seed %d", seed).isEqualTo(3);
              assertThat(shared.got + shared.queue.size()).as("items, seed %d", seed).isEqualTo(shared.put);
              return null;
            }));
    assertThat(problems).as("seed %d", seed).isEmpty();
  }

  @Test
  void crowd_ofRandomCancels_leavesNothing() {
    for (long seed = 0; seed < 30; seed++) {
      soak(LoopOptions.simulated(seed).withProblems(problems::add), seed, 30);
    }
  }

  @Test
  @Tag("long")
  @org.junit.jupiter.api.Timeout(300)
  void crowd_forAMinute_leavesNothing() {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    for (long seed = 1_000; System.nanoTime() < end; seed++) {
      LoopOptions options = seed % 10 == 0 ? LoopOptions.defaults() : LoopOptions.simulated(seed);
      soak(options.withProblems(problems::add), seed, 100);
    }
  }
}
