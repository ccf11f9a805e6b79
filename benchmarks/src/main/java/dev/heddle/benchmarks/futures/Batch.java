package dev.heddle.benchmarks.futures;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.ThreadPool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
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

/** The time to submit 100,000 tasks and to take their results: in order, and in the order of completion. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Batch {
  private static final int TASKS = 100_000;

  private final Executor heddle = ThreadPool.of(2);
  private final ExecutorService jdk = Executors.newFixedThreadPool(2);
  private final Executor heddleVirtual = ThreadPool.virtual();
  private final ExecutorService jdkVirtual = Executors.newVirtualThreadPerTaskExecutor();

  @Benchmark
  public long asCompleted() {
    List<Future<Integer>> futures = new ArrayList<>(TASKS);
    for (int i = 0; i < TASKS; i++) {
      int n = i;
      futures.add(heddle.submit(() -> n));
    }
    long sum = 0;
    for (Future<Integer> each : Futures.asCompleted(futures)) {
      sum += each.result();
    }
    return sum;
  }

  @Benchmark
  public long asCompletedPeer() throws ExecutionException, InterruptedException {
    var completion = new ExecutorCompletionService<Integer>(jdk);
    for (int i = 0; i < TASKS; i++) {
      int n = i;
      completion.submit(() -> n);
    }
    long sum = 0;
    for (int i = 0; i < TASKS; i++) {
      sum += completion.take().get();
    }
    return sum;
  }

  @Benchmark
  public long inOrder() {
    return sum(heddle);
  }

  @Benchmark
  public long inOrderPeer() throws ExecutionException, InterruptedException {
    return sum(jdk);
  }

  @Benchmark
  public long inOrderVirtual() {
    return sum(heddleVirtual);
  }

  @Benchmark
  public long inOrderVirtualPeer() throws ExecutionException, InterruptedException {
    return sum(jdkVirtual);
  }

  private static long sum(Executor executor) {
    List<Future<Integer>> futures = new ArrayList<>(TASKS);
    for (int i = 0; i < TASKS; i++) {
      int n = i;
      futures.add(executor.submit(() -> n));
    }
    long sum = 0;
    for (Future<Integer> each : futures) {
      sum += each.result();
    }
    return sum;
  }

  private static long sum(ExecutorService executor) throws ExecutionException, InterruptedException {
    List<java.util.concurrent.Future<Integer>> futures = new ArrayList<>(TASKS);
    for (int i = 0; i < TASKS; i++) {
      int n = i;
      futures.add(executor.submit(() -> n));
    }
    long sum = 0;
    for (java.util.concurrent.Future<Integer> each : futures) {
      sum += each.get();
    }
    return sum;
  }

  @TearDown
  public void close() {
    heddle.close();
    jdk.close();
    heddleVirtual.close();
    jdkVirtual.close();
  }
}
