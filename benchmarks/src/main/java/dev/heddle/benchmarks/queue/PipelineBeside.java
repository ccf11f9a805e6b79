package dev.heddle.benchmarks.queue;

import com.softwaremill.jox.Channel;
import dev.heddle.queue.Pipeline;
import dev.heddle.queue.StageOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A pipeline of two stages that do next to nothing beside the same written by hand with {@link ArrayBlockingQueue}s, with Jox
 * channels, and with Reactor's schedulers, of the same capacity: the time for each item and stage. By hand there is no order
 * behind several workers, no failure, no report.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PipelineBeside {
  private static final int ITEMS = 50_000;
  private static final int STAGES = 3;
  private static final int CAPACITY = 32;
  private static final long SUM = (long) ITEMS * (ITEMS - 1) / 2 + 2L * ITEMS;
  private static final Integer END = -1;

  @Benchmark
  @OperationsPerInvocation(ITEMS * STAGES)
  public long threads() {
    return pipeline(StageOptions.workers(1).onPlatformThreads());
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS * STAGES)
  public long threadsByHand() throws InterruptedException {
    return byHand(Thread.ofPlatform(), 1);
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS * STAGES)
  public long virtual() {
    return pipeline(StageOptions.workers(1));
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS * STAGES)
  public long virtualByHand() throws InterruptedException {
    return byHand(Thread.ofVirtual(), 1);
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS * STAGES)
  public long fourOrdered() {
    return pipeline(StageOptions.workers(4));
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS * STAGES)
  public long fourUnordered() {
    return pipeline(StageOptions.workers(4).unordered());
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS * STAGES)
  public long fourByHand() throws InterruptedException {
    return byHand(Thread.ofVirtual(), 4);
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS * STAGES)
  public long threadsJox() throws InterruptedException {
    return jox(Thread.ofPlatform(), 1);
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS * STAGES)
  public long virtualJox() throws InterruptedException {
    return jox(Thread.ofVirtual(), 1);
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS * STAGES)
  public long fourJox() throws InterruptedException {
    return jox(Thread.ofVirtual(), 4);
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS * STAGES)
  public long threadsReactor() {
    List<Scheduler> threads = List.of(Schedulers.newSingle("source"), Schedulers.newSingle("one"),
        Schedulers.newSingle("two"), Schedulers.newSingle("sink"));
    try {
      long[] sum = new long[1];
      Flux.range(0, ITEMS)
          .subscribeOn(threads.get(0))
          .publishOn(threads.get(1), CAPACITY)
          .map(n -> n + 1)
          .publishOn(threads.get(2), CAPACITY)
          .map(n -> n + 1)
          .publishOn(threads.get(3), CAPACITY)
          .doOnNext(n -> sum[0] += n)
          .blockLast();
      return checked(sum[0]);
    } finally {
      threads.forEach(Scheduler::dispose);
    }
  }

  private static long pipeline(StageOptions options) {
    Iterable<Integer> source = () -> IntStream.range(0, ITEMS).iterator();
    long[] sum = new long[1];
    Pipeline.from(source)
        .stage("one", options.withBuffer(CAPACITY), n -> n + 1)
        .stage("two", options.withBuffer(CAPACITY), n -> n + 1)
        .to(n -> sum[0] += n)
        .run();
    return checked(sum[0]);
  }

  private static long byHand(Thread.Builder threads, int workers) throws InterruptedException {
    BlockingQueue<Integer> first = new ArrayBlockingQueue<>(CAPACITY);
    BlockingQueue<Integer> second = new ArrayBlockingQueue<>(CAPACITY);
    BlockingQueue<Integer> third = new ArrayBlockingQueue<>(CAPACITY);
    List<Thread> all = new ArrayList<>();
    all.add(threads.start(() -> surely(() -> {
      for (int i = 0; i < ITEMS; i++) {
        first.put(i);
      }
      first.put(END);
    })));
    stage(threads, workers, first, second, all);
    stage(threads, workers, second, third, all);
    long[] sum = new long[1];
    all.add(threads.start(() -> surely(() -> {
      for (Integer item = third.take(); !item.equals(END); item = third.take()) {
        sum[0] += item;
      }
    })));
    for (Thread thread : all) {
      thread.join();
    }
    return checked(sum[0]);
  }

  /** Each worker that takes the end puts it back for the others; the last one hands it on. */
  private static void stage(
      Thread.Builder threads, int workers, BlockingQueue<Integer> in, BlockingQueue<Integer> out, List<Thread> all) {
    AtomicInteger live = new AtomicInteger(workers);
    for (int i = 0; i < workers; i++) {
      all.add(threads.start(() -> surely(() -> {
        for (Integer item = in.take(); !item.equals(END); item = in.take()) {
          out.put(item + 1);
        }
        (live.decrementAndGet() == 0 ? out : in).put(END);
      })));
    }
  }

  private static long jox(Thread.Builder threads, int workers) throws InterruptedException {
    Channel<Integer> first = Channel.newBufferedChannel(CAPACITY);
    Channel<Integer> second = Channel.newBufferedChannel(CAPACITY);
    Channel<Integer> third = Channel.newBufferedChannel(CAPACITY);
    List<Thread> all = new ArrayList<>();
    all.add(threads.start(() -> surely(() -> {
      for (int i = 0; i < ITEMS; i++) {
        first.send(i);
      }
      first.done();
    })));
    stage(threads, workers, first, second, all);
    stage(threads, workers, second, third, all);
    long[] sum = new long[1];
    all.add(threads.start(() -> surely(() -> {
      for (Object item = third.receiveOrClosed(); item instanceof Integer n; item = third.receiveOrClosed()) {
        sum[0] += n;
      }
    })));
    for (Thread thread : all) {
      thread.join();
    }
    return checked(sum[0]);
  }

  private static void stage(
      Thread.Builder threads, int workers, Channel<Integer> in, Channel<Integer> out, List<Thread> all) {
    AtomicInteger live = new AtomicInteger(workers);
    for (int i = 0; i < workers; i++) {
      all.add(threads.start(() -> surely(() -> {
        for (Object item = in.receiveOrClosed(); item instanceof Integer n; item = in.receiveOrClosed()) {
          out.send(n + 1);
        }
        if (live.decrementAndGet() == 0) {
          out.done();
        }
      })));
    }
  }

  private static long checked(long sum) {
    if (sum != SUM) {
      throw new IllegalStateException("the sum is " + sum + " in place of " + SUM);
    }
    return sum;
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static void surely(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException("the benchmark's threads are not interrupted", e);
    }
  }
}
