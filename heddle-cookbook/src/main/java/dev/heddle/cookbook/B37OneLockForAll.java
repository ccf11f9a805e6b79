package dev.heddle.cookbook;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import dev.heddle.timeline.TimelineRecorder;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The same work by threads that share one lock, as in CPython, and by threads that do not; with a timeline of each. */
final class B37OneLockForAll extends Recipe implements RecordedRecipe {
  private static final int COLUMNS = 70;
  private static final int SLICE = 3_000_000;

  private final int threads;
  private final int slices;
  private final Callable<?> slice;
  private @Nullable Timeline recorded;

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
            With a global lock only one thread computes at a time: the lanes alternate, and two threads take twice as long as
            one. Without it they compute in parallel. Each # or = is a measured piece of work.""");
    this.threads = threads;
    this.slices = slices;
    this.slice = slice;
  }

  @Override
  public void run(PrintStream out) {
    record(null); // a warm-up, so that just-in-time compilation does not distort the picture
    Timeline locked = record(new ReentrantLock(true));
    show("One lock for all", locked, out);
    Timeline free = record(null);
    show("Free threads", free, out);
    List<Span> both = new ArrayList<>(fromZero("one lock: ", locked));
    both.addAll(fromZero("no lock: ", free));
    recorded = Timeline.of(both);
  }

  /** Returns the spans as if the run had begun at 0, so that both runs are on one scale. */
  private static List<Span> fromZero(String run, Timeline timeline) {
    return timeline.spans().stream().map(span -> new Span(run + span.lane(), span.name(), run.substring(0, run.indexOf(':')),
        span.start() - timeline.start(), span.end() - timeline.start(), span.ending())).toList();
  }

  @Override
  public Timeline timeline() {
    if (recorded == null) {
      throw new IllegalStateException("recipe " + id() + " must run before it has a timeline");
    }
    return recorded;
  }

  /** Runs all threads, under a lock if there is one, and records when each worked. */
  Timeline record(@Nullable Lock lock) {
    TimelineRecorder recorder = new TimelineRecorder();
    CountDownLatch ready = new CountDownLatch(threads); // all begin when the last one has started
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

  private static void show(String title, Timeline timeline, PrintStream out) {
    out.printf("%s: %.0f ms%n", title, timeline.duration() / 1e6);
    out.print(timeline.toText(COLUMNS));
    out.println();
  }
}
