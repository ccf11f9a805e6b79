package dev.heddle.benchmarks.generators;

import dev.heddle.iter.Generator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A generator of 1,000 numbers, made and read: Heddle's beside Kotlin's and beside plain loops. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Generators {
  static final int ELEMENTS = 1000;

  /** Not a constant to the compiler. */
  private int elements = ELEMENTS;

  static Generator<Integer> range(int stop) {
    return Generator.of(
        y -> {
          for (int i = 0; i < stop; i++) {
            y.yield(i);
          }
        });
  }

  static Generator<Integer> nested(int depth, int stop) {
    return Generator.of(
        y -> {
          if (depth == 0) {
            for (int i = 0; i < stop; i++) {
              y.yield(i);
            }
          } else {
            y.yieldFrom(nested(depth - 1, stop));
          }
        });
  }

  private static long pull(Iterator<Integer> numbers) {
    long sum = 0;
    while (numbers.hasNext()) {
      sum += numbers.next();
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public long pull() {
    return pull(range(elements));
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public long pullKotlin() {
    return pull(KotlinPeers.range(elements));
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public long pullKotlinSequence() {
    return pull(KotlinPeers.sequenceOfRange(elements));
  }

  /** On the fallback engine, since the yielder is captured. */
  static Generator<Integer> capturingRange(int stop) {
    return Generator.of(
        y -> {
          Consumer<Integer> yields = y::yield;
          for (int i = 0; i < stop; i++) {
            yields.accept(i);
          }
        });
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public long fallbackForPlatform() {
    return pull(capturingRange(elements));
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public long fallbackForVirtual() throws InterruptedException {
    long[] sum = new long[1];
    Thread.startVirtualThread(() -> sum[0] = pull(capturingRange(elements))).join();
    return sum[0];
  }

  @Benchmark
  public Object create() {
    return range(elements);
  }

  @Benchmark
  public Object createKotlin() {
    return KotlinPeers.range(elements);
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public List<Integer> list() {
    return range(elements).toList();
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public List<Integer> listLoop() {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < elements; i++) {
      all.add(i);
    }
    return all;
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public long sum() {
    return range(elements).sumLong(n -> n);
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public long sumLoop() {
    long sum = 0;
    for (int i = 0; i < elements; i++) {
      sum = Math.addExact(sum, i);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public long deep() {
    return pull(nested(10, elements));
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public long shallow() {
    return pull(nested(1, elements));
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public long deepKotlin() {
    return pull(KotlinPeers.nested(10, elements));
  }
}
