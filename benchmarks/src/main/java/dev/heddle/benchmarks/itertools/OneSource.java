package dev.heddle.benchmarks.itertools;

import dev.heddle.iter.Group;
import dev.heddle.iter.IntIter;
import dev.heddle.iter.Iter;
import dev.heddle.iter.Itertools;
import dev.heddle.iter.Pair;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Functions of one source of 1,000 elements, read by a for-each loop that adds up, beside loops written out by hand.
 *
 * <p>A {@code Loop} says the whole in one loop, and makes the same rows and pairs as the function does: the JIT compiler may
 * leave out of it whatever is not in the sum, boxes too. {@code ByHand} is the same loop as the function's over an iterator
 * written for the purpose, which hands out the same objects ({@link HandMade}).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OneSource {
  /** Beyond the integers that the JDK keeps boxed. */
  private final List<Integer> data = IntStream.range(1000, 2000).boxed().toList();

  /** Not constants to the compiler. */
  private int start = 1000;

  private int stop = 2000;

  @Benchmark
  public long map() {
    long sum = 0;
    for (int x : Iter.<Integer>from(data).map(x -> x * 3)) {
      sum += x;
    }
    return sum;
  }

  @Benchmark
  public long mapLoop() {
    long sum = 0;
    for (int x : data) {
      int tripled = x * 3;
      sum += tripled;
    }
    return sum;
  }

  @Benchmark
  public long mapByHand() {
    long sum = 0;
    for (int x : HandMade.map(data, x -> x * 3)) {
      sum += x;
    }
    return sum;
  }

  @Benchmark
  public long filter() {
    long sum = 0;
    for (int x : Iter.<Integer>from(data).filter(x -> x % 3 != 0)) {
      sum += x;
    }
    return sum;
  }

  @Benchmark
  public long filterLoop() {
    long sum = 0;
    for (int x : data) {
      if (x % 3 != 0) {
        sum += x;
      }
    }
    return sum;
  }

  @Benchmark
  public long filterByHand() {
    long sum = 0;
    for (int x : HandMade.filter(data, x -> x % 3 != 0)) {
      sum += x;
    }
    return sum;
  }

  @Benchmark
  public long accumulate() {
    long sum = 0;
    for (int x : Itertools.accumulate(data, Integer::sum)) {
      sum += x;
    }
    return sum;
  }

  @Benchmark
  public long accumulateLoop() {
    long sum = 0;
    int total = 0;
    for (int x : data) {
      total += x;
      sum += total;
    }
    return sum;
  }

  @Benchmark
  public long accumulateByHand() {
    long sum = 0;
    for (int x : HandMade.accumulate(data, Integer::sum)) {
      sum += x;
    }
    return sum;
  }

  @Benchmark
  public long accumulateAsInt() {
    long sum = 0;
    IntIter totals = Itertools.range(start, stop).accumulateAsInt(Integer::sum);
    while (totals.hasNext()) {
      sum += totals.nextInt();
    }
    return sum;
  }

  @Benchmark
  public long accumulateAsIntLoop() {
    long sum = 0;
    int total = 0;
    for (int x = start; x < stop; x++) {
      total += x;
      sum += total;
    }
    return sum;
  }

  @Benchmark
  public long islice() {
    long sum = 0;
    for (int x : Itertools.islice(data, 100, 900, 2)) {
      sum += x;
    }
    return sum;
  }

  @Benchmark
  public long isliceLoop() {
    long sum = 0;
    int index = 0;
    for (int x : data) {
      if (index >= 900) {
        break;
      }
      if (index >= 100 && index % 2 == 0) {
        sum += x;
      }
      index++;
    }
    return sum;
  }

  @Benchmark
  public long isliceByHand() {
    long sum = 0;
    for (int x : HandMade.islice(data, 100, 900, 2)) {
      sum += x;
    }
    return sum;
  }

  @Benchmark
  public long takeWhile() {
    long sum = 0;
    for (int x : Itertools.takeWhile(x -> x < 1900, data)) {
      sum += x;
    }
    return sum;
  }

  @Benchmark
  public long takeWhileLoop() {
    long sum = 0;
    for (int x : data) {
      if (x >= 1900) {
        break;
      }
      sum += x;
    }
    return sum;
  }

  @Benchmark
  public long takeWhileByHand() {
    long sum = 0;
    for (int x : HandMade.takeWhile(x -> x < 1900, data)) {
      sum += x;
    }
    return sum;
  }

  @Benchmark
  public long pairwise() {
    long sum = 0;
    for (Pair<Integer, Integer> pair : Itertools.<Integer>pairwise(data)) {
      sum += pair.first() ^ pair.second();
    }
    return sum;
  }

  @Benchmark
  public long pairwiseLoop() {
    long sum = 0;
    Integer before = null;
    for (Integer x : data) {
      if (before != null) {
        Pair<Integer, Integer> pair = Pair.of(before, x);
        sum += pair.first() ^ pair.second();
      }
      before = x;
    }
    return sum;
  }

  @Benchmark
  public long pairwiseByHand() {
    long sum = 0;
    for (Pair<Integer, Integer> pair : HandMade.pairwise(data)) {
      sum += pair.first() ^ pair.second();
    }
    return sum;
  }

  @Benchmark
  public long groupBy() {
    long sum = 0;
    for (Group<Integer, Integer> group : Itertools.groupBy(data, x -> x / 10)) {
      for (int x : group) {
        sum += group.key() * x;
      }
    }
    return sum;
  }

  @Benchmark
  public long groupByLoop() {
    long sum = 0;
    for (int i = 0; i < data.size();) {
      int key = data.get(i) / 10;
      for (; i < data.size() && data.get(i) / 10 == key; i++) {
        sum += key * data.get(i);
      }
    }
    return sum;
  }

  @Benchmark
  public long groupByByHand() {
    long sum = 0;
    for (HandMade.Run<Integer, Integer> run : HandMade.groupBy(data, x -> x / 10)) {
      for (int x : run) {
        sum += run.key() * x;
      }
    }
    return sum;
  }
}
