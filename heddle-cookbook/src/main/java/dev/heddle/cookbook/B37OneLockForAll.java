package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import dev.heddle.timeline.Timeline;
import dev.heddle.timeline.TimelineRecorder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The same computing by threads that share one lock, as in CPython, and by threads that do not: a timeline of each. */
final class B37OneLockForAll extends Recipe {
  private static final int COLUMNS = 70;
  private static final int SLICE = 3_000_000;

  private final int threads;
  private final int slices;
  private final Callable<?> slice;

  B37OneLockForAll() {
    this(Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4), 20, () -> Sums.upTo(SLICE));
  }

  /**
   * A smaller one.
   *
   * @param slices how many pieces of work each thread does
   * @param slice a piece of work, after which CPython would let another thread run
   */
  B37OneLockForAll(int threads, int slices, Callable<?> slice) {
    super(
        "Threads under one lock, and free threads",
        """
            With a global lock only one thread computes at a time: the lanes take turns, and two threads need twice as long
            as one. Without it they compute side by side. Each # or = is a piece of work that was measured.""");
    this.threads = threads;
    this.slices = slices;
    this.slice = slice;
  }

  @Override
  public void run(PrintStream out) throws IOException {
    record(null); // what is compiled while it runs would blur the first picture
    show("One lock for all", record(new ReentrantLock(true)), out);
    show("Free threads", record(null), out);
  }

  /** Lets all threads work, under a lock if there is one, and notes who worked when. */
  Timeline record(@Nullable Lock lock) {
    TimelineRecorder recorder = new TimelineRecorder();
    CountDownLatch ready = new CountDownLatch(threads); // they begin together, when the last has been started
    try (Executor executor = ThreadPool.of(threads)) {
      List<Future<?>> working = new ArrayList<>();
      for (int i = 1; i <= threads; i++) {
        String lane = "thread " + i;
        working.add(executor.submit(() -> {
          ready.countDown();
          ready.await();
          for (int n = 1; n <= slices; n++) {
            work(lane, n, lock, recorder);
          }
          return null;
        }));
      }
      working.forEach(Future::result);
    }
    return recorder.timeline();
  }

  private void work(String lane, int n, @Nullable Lock lock, TimelineRecorder recorder) throws Exception {
    if (lock != null) {
      lock.lockInterruptibly();
    }
    try {
      long start = recorder.now();
      slice.call();
      recorder.add(lane, "slice " + n, start);
    } finally {
      if (lock != null) {
        lock.unlock();
      }
    }
  }

  private static void show(String title, Timeline timeline, PrintStream out) throws IOException {
    Path picture = Files.createTempFile("heddle-B37-", ".svg");
    timeline.save(picture);
    out.printf("%s: %.0f ms%n", title, timeline.duration() / 1e6);
    out.print(timeline.toText(COLUMNS));
    out.printf("The picture is %s%n%n", picture);
  }
}
