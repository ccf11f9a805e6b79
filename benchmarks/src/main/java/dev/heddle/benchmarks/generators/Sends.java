package dev.heddle.benchmarks.generators;

import dev.heddle.iter.Coroutine;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The time of a round trip into a coroutine and back, with a value and without.
 *
 * <p>The calls are kept apart from the loop. Else the JIT compiler makes one loop of both and leaves out what it can, which
 * is more where nothing is sent: what is measured then is the sum and not the round trip.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Sends {
  private static final int TRIPS = 1000;

  private final Coroutine<Integer, @Nullable Integer, Void> counter = Coroutine.of(
      y -> {
        int count = 0;
        while (true) {
          Integer got = y.yield(count);
          count += got == null ? 1 : got; // changes each time, so that no round trip can be left out
        }
      });

  /** Runs to the first yield. */
  @Setup
  public void start() {
    counter.next();
  }

  @Benchmark
  @OperationsPerInvocation(TRIPS)
  public long send() {
    long sum = 0;
    for (int i = 0; i < TRIPS; i++) {
      sum += sent(counter, i);
    }
    return sum;
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static int sent(Coroutine<Integer, @Nullable Integer, Void> to, Integer value) {
    return to.send(value);
  }

  @Benchmark
  @OperationsPerInvocation(TRIPS)
  public long next() {
    long sum = 0;
    for (int i = 0; i < TRIPS; i++) {
      sum += pulled(counter, i);
    }
    return sum;
  }

  /** Boxes a number that is not sent, since the other does so too. */
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  @SuppressWarnings("unused") // has a part in what is measured
  private static int pulled(Coroutine<Integer, @Nullable Integer, Void> from, Integer value) {
    return from.next();
  }
}
