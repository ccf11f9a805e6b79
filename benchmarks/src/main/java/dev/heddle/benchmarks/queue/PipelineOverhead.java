package dev.heddle.benchmarks.queue;

import dev.heddle.queue.Pipeline;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Measures the cost of a pipeline for each item and stage, when the stages do next to nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PipelineOverhead {
  private static final int ITEMS = 50_000;
  private static final int STAGES = 4;

  @Benchmark
  @OperationsPerInvocation(ITEMS * STAGES)
  public long oneWorkerEach() {
    return run(1);
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS * STAGES)
  public long fourWorkersEach() {
    return run(4);
  }

  private static long run(int workers) {
    Iterable<Integer> source = () -> IntStream.range(0, ITEMS).iterator();
    long[] sum = new long[1];
    Pipeline.from(source)
        .stage("one", workers, n -> n + 1)
        .stage("two", workers, n -> n + 1)
        .stage("three", workers, n -> n + 1)
        .to(n -> sum[0] += n)
        .run();
    return sum[0];
  }
}
