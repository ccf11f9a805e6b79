package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Five threads increment one counter: without a lock, increments are lost. */
final class C45LockingCounter extends Recipe {
  static final int THREADS = 5;
  static final int HOW_MANY = 100_000;
  private static final int TRIES = 1_000;

  C45LockingCounter() {
    super(
        "A counter with and without a lock",
        """
            An increment reads, adds and writes. If two threads read the same value, one increment is lost.
            With a lock the count is exact.""");
  }

  @Override
  public void run(PrintStream out) {
    int expected = THREADS * HOW_MANY;
    int tries = 1;
    int found = count(new Counter());
    while (found == expected && tries++ < TRIES) { // the race does not occur in every run
      found = count(new Counter());
    }
    out.printf("Counter should be %d, found %d (try %d)%n", expected, found, Math.min(tries, TRIES));
    out.printf("LockingCounter should be %d, found %d%n", expected, count(new LockingCounter()));
  }

  /** Returns the count after all threads have ended. */
  static int count(Counter counter) {
    try (Executor executor = ThreadPool.of(THREADS)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        workers.add(executor.submit(() -> {
          for (int n = 0; n < HOW_MANY; n++) {
            counter.increment(1);
          }
          return null;
        }));
      }
      workers.forEach(Future::result);
    }
    return counter.count;
  }

  /** Not thread-safe: each access is atomic, but an increment is not. */
  static class Counter {
    volatile int count; // volatile, so that the compiler does not merge the additions

    void increment(int offset) {
      int before = count;
      between();
      count = before + offset;
    }

    /** Called between reading and writing, where another thread may interleave. */
    void between() {}
  }

  /** Thread-safe. */
  static final class LockingCounter extends Counter {
    private final Lock lock = new ReentrantLock();

    @Override
    void increment(int offset) {
      lock.lock();
      try {
        super.increment(offset);
      } finally {
        lock.unlock();
      }
    }
  }
}
