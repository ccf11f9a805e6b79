package dev.heddle.benchmarks.queue;

import dev.heddle.queue.ClosableQueue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The time to hand an item over from one thread to another, through a queue of 64 places. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandOver {
  private static final int ITEMS = 100_000;
  private static final int CAPACITY = 64;

  private interface Work {
    void run() throws InterruptedException;
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public void threads() throws InterruptedException {
    ClosableQueue<Integer> queue = ClosableQueue.fifo(CAPACITY);
    run(Thread.ofPlatform(), () -> put(queue), () -> take(queue));
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public void threadsPeer() throws InterruptedException {
    BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(CAPACITY);
    run(Thread.ofPlatform(), () -> put(queue), () -> take(queue));
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public void virtual() throws InterruptedException {
    ClosableQueue<Integer> queue = ClosableQueue.fifo(CAPACITY);
    run(Thread.ofVirtual(), () -> put(queue), () -> take(queue));
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public void virtualPeer() throws InterruptedException {
    BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(CAPACITY);
    run(Thread.ofVirtual(), () -> put(queue), () -> take(queue));
  }

  private static void run(Thread.Builder threads, Work putter, Work taker) throws InterruptedException {
    Thread puts = threads.start(() -> surely(putter));
    Thread takes = threads.start(() -> surely(taker));
    puts.join();
    takes.join();
  }

  private static void surely(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException("the benchmark's threads are not interrupted", e);
    }
  }

  private static void put(ClosableQueue<Integer> queue) throws InterruptedException {
    for (int i = 0; i < ITEMS; i++) {
      queue.put(i & 127);
    }
  }

  private static void take(ClosableQueue<Integer> queue) throws InterruptedException {
    for (int i = 0; i < ITEMS; i++) {
      inOrder(queue.take(), i);
    }
  }

  private static void put(BlockingQueue<Integer> queue) throws InterruptedException {
    for (int i = 0; i < ITEMS; i++) {
      queue.put(i & 127);
    }
  }

  private static void take(BlockingQueue<Integer> queue) throws InterruptedException {
    for (int i = 0; i < ITEMS; i++) {
      inOrder(queue.take(), i);
    }
  }

  private static void inOrder(int item, int index) {
    if (item != (index & 127)) {
      throw new IllegalStateException("item " + index + " is " + item);
    }
  }
}
