package dev.heddle.benchmarks.asyncio;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.Queue;
import dev.heddle.asyncio.Task;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Coroutines of one loop that take turns, and that hand things to each other. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventLoops {
  static final int COUNT = 100_000;

  private static Async<@Nullable Void> yielding(int count) {
    return Async.action(
        a -> {
          for (int i = 0; i < count; i++) {
            a.await(Asyncio.yieldNow());
          }
        });
  }

  private static Async<@Nullable Void> putting(Queue<Integer> queue) {
    return Async.action(
        a -> {
          for (int i = 0; i < COUNT; i++) {
            a.await(queue.put(i & 127));
          }
        });
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public int switches() {
    return EventLoop.run(
        a -> {
          Task<@Nullable Void> one = Asyncio.createTask(yielding(COUNT / 2));
          Task<@Nullable Void> two = Asyncio.createTask(yielding(COUNT / 2));
          a.await(one);
          a.await(two);
          return COUNT;
        });
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public int switchesKotlin() {
    KotlinCoroutines.switches(COUNT);
    return COUNT;
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public long queue() {
    return EventLoop.run(
        a -> {
          Queue<Integer> queue = Queue.of(1);
          Task<@Nullable Void> putter = Asyncio.createTask(putting(queue));
          long sum = 0;
          for (int i = 0; i < COUNT; i++) {
            sum += a.await(queue.get());
          }
          a.await(putter);
          return sum;
        });
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public long queueKotlin() {
    return KotlinCoroutines.channel(COUNT);
  }
}
