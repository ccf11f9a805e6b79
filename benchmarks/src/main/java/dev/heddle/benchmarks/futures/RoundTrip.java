package dev.heddle.benchmarks.futures;

import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The time to submit one task and to wait for its result: Heddle's pools beside those of java.util.concurrent. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoundTrip {
  private final Executor heddleThreads = ThreadPool.of(2);
  private final Executor heddleVirtual = ThreadPool.virtual();
  private final ExecutorService jdkThreads = Executors.newFixedThreadPool(2);
  private final ExecutorService jdkVirtual = Executors.newVirtualThreadPerTaskExecutor();
  private int next;

  @Benchmark
  public int threads() {
    int n = next++;
    return heddleThreads.submit(() -> n).result();
  }

  @Benchmark
  public int threadsPeer() throws ExecutionException, InterruptedException {
    int n = next++;
    return jdkThreads.submit(() -> n).get();
  }

  @Benchmark
  public int virtual() {
    int n = next++;
    return heddleVirtual.submit(() -> n).result();
  }

  @Benchmark
  public int virtualPeer() throws ExecutionException, InterruptedException {
    int n = next++;
    return jdkVirtual.submit(() -> n).get();
  }

  @Benchmark
  public int nested() {
    int n = next++;
    return heddleThreads.submit(() -> heddleThreads.submit(() -> n).result()).result();
  }

  @Benchmark
  public int nestedPeer() throws ExecutionException, InterruptedException {
    int n = next++;
    return jdkThreads.submit(() -> jdkThreads.submit(() -> n).get()).get();
  }

  @Benchmark
  public long work() {
    return heddleThreads.submit(RoundTrip::twentyMicroseconds).result();
  }

  @Benchmark
  public long workPeer() throws ExecutionException, InterruptedException {
    return jdkThreads.submit(RoundTrip::twentyMicroseconds).get();
  }

  private static long twentyMicroseconds() {
    long end = System.nanoTime() + 20_000;
    long looks = 0;
    while (System.nanoTime() - end < 0) {
      looks++;
    }
    return looks;
  }

  @TearDown
  public void close() {
    heddleThreads.close();
    heddleVirtual.close();
    jdkThreads.close();
    jdkVirtual.close();
  }
}
