package dev.heddle.benchmarks.futures;

import dev.heddle.benchmarks.measure.Area;
import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.benchmarks.measure.Pairs;
import dev.heddle.cookbook.CPython;
import dev.heddle.futures.Executor;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.ThreadPool;
import dev.heddle.iter.Iter;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/** Futures and executors beside those of java.util.concurrent and CPython. */
public final class FuturesArea implements Area {
  private static final String AREA = "futures";
  private static final List<Long> SUMS = List.of(100_000L, 1_000_000L, 10_000_000L, 10_000_000L);
  private static final long SLEEP_MILLIS = 100;
  private static final int CALLS = 5;

  private static final String SUMS_IN_PYTHON = """
      import time
      from concurrent import futures
      def upto(n):
          return sum(n for n in range(1, n + 1))
      start = time.perf_counter()
      with futures.ThreadPoolExecutor() as pool:
          list(pool.map(upto, [100000, 1000000, 10000000, 10000000]))
      print(time.perf_counter() - start)
      """;
  private static final String CALLS_IN_PYTHON = """
      import time
      from concurrent import futures
      start = time.perf_counter()
      with futures.ThreadPoolExecutor(5) as pool:
          list(pool.map(time.sleep, [0.1] * 5))
      print(time.perf_counter() - start)
      """;

  @Override
  public List<Figure> measure(PrintStream out) throws Exception {
    Pairs pairs = new Pairs(out, AREA, Pairs.Effort.THOROUGH);
    List<Figure> rows = new ArrayList<>();
    rows.add(pairs.time("submit + result, threads", RoundTrip.class, "threads", "threadsPeer", "fixed thread pool"));
    rows.add(pairs.time("submit + result, virtual", RoundTrip.class, "virtual", "virtualPeer", "thread per task"));
    rows.add(pairs.time("a task that waits for its child", RoundTrip.class, "nested", "nestedPeer", "fixed thread pool"));
    rows.add(pairs.time("a task of 20 us, threads", RoundTrip.class, "work", "workPeer", "fixed thread pool"));
    rows.add(pairs.time("100,000 tasks in order, threads", Batch.class, "inOrder", "inOrderPeer", "fixed thread pool"));
    rows.add(
        pairs.time("100,000 tasks in order, virtual", Batch.class, "inOrderVirtual", "inOrderVirtualPeer",
            "thread per task"));
    rows.add(pairs.time("asCompleted of 100,000", Batch.class, "asCompleted", "asCompletedPeer", "CompletionService"));
    rows.add(heapOfALongMap(out));
    rows.addAll(sums(out));
    rows.addAll(blockingCalls(out));
    return rows;
  }

  /** A map over 10 million inputs, pulled by a consumer that keeps nothing. */
  private static Figure heapOfALongMap(PrintStream out) {
    out.println(AREA + ": map over 10,000,000 inputs");
    int inputs = 10_000_000;
    long before = usedHeap();
    long most = before;
    Iterable<Integer> numbers = () -> java.util.stream.IntStream.range(0, inputs).iterator();
    try (Executor pool = ThreadPool.of(2);
        Iter<Integer> results = pool.map(MapOptions.defaults().withChunkSize(100), (Integer n) -> n + 1, numbers)) {
      for (int taken = 1; results.hasNext(); taken++) {
        results.next();
        if (taken % (inputs / 4) == 0) {
          most = Math.max(most, usedHeap());
        }
      }
    }
    double grown = Math.max(0, most - before) / 1024.0 / 1024.0;
    return new Figure(AREA, "heap of map over 10,000,000", grown, Double.NaN, "-", "MiB", Double.NaN);
  }

  @SuppressWarnings("SystemGc") // to see what is reachable
  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Figure A20: four sums by map on threads, beside one after the other, and beside CPython's threads. */
  private static List<Figure> sums(PrintStream out) throws Exception {
    out.println(AREA + ": A20, four sums");
    try (Executor pool = ThreadPool.of(Math.min(4, Runtime.getRuntime().availableProcessors()))) {
      Callable<?> onThreads = () -> pool.map(FuturesArea::upTo, SUMS).toList();
      Callable<?> inTurn = () -> SUMS.stream().map(FuturesArea::upTo).toList();
      medianMillis(20, onThreads); // for the compiler
      medianMillis(20, inTurn);
      double threads = medianMillis(21, onThreads);
      double oneByOne = medianMillis(21, inTurn);
      double python = CPython.seconds(SUMS_IN_PYTHON).orElse(Double.NaN) * 1e3;
      return List.of(
          Figure.of(AREA, "A20 four sums, threads", threads, oneByOne, "one by one", "ms"),
          Figure.of(AREA, "A20 four sums, threads", threads, python, "CPython threads", "ms"));
    }
  }

  private static long upTo(long n) {
    long sum = 0;
    for (long i = 1; i <= n; i++) {
      sum += i;
    }
    return sum;
  }

  /** Figure C44: five blocking calls on threads, beside one after the other, and beside CPython's threads. */
  private static List<Figure> blockingCalls(PrintStream out) throws Exception {
    out.println(AREA + ": C44, five blocking calls");
    List<Long> naps = Collections.nCopies(CALLS, SLEEP_MILLIS);
    try (Executor pool = ThreadPool.virtual()) {
      double threads = medianMillis(5, () -> pool.map(FuturesArea::nap, naps).toList());
      double oneByOne = medianMillis(1, () -> naps.stream().map(FuturesArea::nap).toList());
      double python = CPython.seconds(CALLS_IN_PYTHON).orElse(Double.NaN) * 1e3;
      return List.of(
          Figure.of(AREA, "C44 five blocking calls, threads", threads, oneByOne, "one by one", "ms"),
          Figure.of(AREA, "C44 five blocking calls, threads", threads, python, "CPython threads", "ms"));
    }
  }

  private static long nap(long millis) {
    try {
      Thread.sleep(millis);
      return millis;
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted in a nap", e);
    }
  }

  private static double medianMillis(int runs, Callable<?> work) throws Exception {
    double[] millis = new double[runs];
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      work.call();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return Pairs.median(millis);
  }
}
