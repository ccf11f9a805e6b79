package dev.heddle.benchmarks.itertools;

import dev.heddle.iter.Iter;
import dev.heddle.iter.Itertools;
import dev.heddle.iter.Pair;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Functions of or for several sources, about 1,000 elements long; the rest is as in {@link OneSource}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SeveralSources {
  private final List<Integer> data = IntStream.range(1000, 2000).boxed().toList();
  private final List<Integer> others = IntStream.range(3000, 4000).boxed().toList();
  private final List<Integer> thirty = data.subList(0, 30);
  private final List<Integer> twenty = data.subList(0, 20);

  @Benchmark
  public long zip() {
    long sum = 0;
    for (Pair<Integer, Integer> pair : Itertools.<Integer, Integer>zip(data, others)) {
      sum += pair.first() ^ pair.second();
    }
    return sum;
  }

  @Benchmark
  public long zipLoop() {
    long sum = 0;
    int size = Math.min(data.size(), others.size());
    for (int i = 0; i < size; i++) {
      Pair<Integer, Integer> pair = Pair.of(data.get(i), others.get(i));
      sum += pair.first() ^ pair.second();
    }
    return sum;
  }

  @Benchmark
  public long zipByHand() {
    long sum = 0;
    for (Pair<Integer, Integer> pair : HandMade.zip(data, others)) {
      sum += pair.first() ^ pair.second();
    }
    return sum;
  }

  @Benchmark
  public long chain() {
    long sum = 0;
    for (int x : Itertools.<Integer>chain(data, others)) {
      sum += x;
    }
    return sum;
  }

  @Benchmark
  public long chainLoop() {
    long sum = 0;
    for (int x : data) {
      sum += x;
    }
    for (int x : others) {
      sum += x;
    }
    return sum;
  }

  @Benchmark
  public long chainByHand() {
    long sum = 0;
    for (int x : HandMade.chain(List.of(data, others))) {
      sum += x;
    }
    return sum;
  }

  @Benchmark
  public long product() {
    long sum = 0;
    for (List<Integer> row : Itertools.<Integer>product(thirty, thirty)) {
      sum += row.get(0) ^ row.get(1);
    }
    return sum;
  }

  @Benchmark
  public long productLoop() {
    long sum = 0;
    for (Integer x : thirty) {
      for (Integer y : thirty) {
        List<Integer> row = List.of(x, y);
        sum += row.get(0) ^ row.get(1);
      }
    }
    return sum;
  }

  @Benchmark
  public long productByHand() {
    long sum = 0;
    for (List<Integer> row : HandMade.product(List.of(thirty, thirty))) {
      sum += row.get(0) ^ row.get(1);
    }
    return sum;
  }

  @Benchmark
  public long combinations() {
    long sum = 0;
    for (List<Integer> row : Itertools.<Integer>combinations(twenty, 3)) {
      sum += row.get(0) ^ row.get(2);
    }
    return sum;
  }

  @Benchmark
  public long combinationsLoop() {
    long sum = 0;
    int size = twenty.size();
    for (int i = 0; i < size; i++) {
      for (int j = i + 1; j < size; j++) {
        for (int k = j + 1; k < size; k++) {
          List<Integer> row = List.of(twenty.get(i), twenty.get(j), twenty.get(k));
          sum += row.get(0) ^ row.get(2);
        }
      }
    }
    return sum;
  }

  @Benchmark
  public long combinationsByHand() {
    long sum = 0;
    for (List<Integer> row : HandMade.combinations(twenty, 3)) {
      sum += row.get(0) ^ row.get(2);
    }
    return sum;
  }

  /** Both read in step. */
  @Benchmark
  public long tee() {
    long sum = 0;
    Pair<Iter<Integer>, Iter<Integer>> both = Itertools.tee(data);
    for (int x : both.first()) {
      sum += x;
      sum += both.second().next();
    }
    return sum;
  }

  @Benchmark
  public long teeLoop() {
    long sum = 0;
    Queue<Integer> kept = new ArrayDeque<>();
    for (Integer x : data) {
      kept.add(x);
      sum += x;
      sum += kept.remove();
    }
    return sum;
  }

  @Benchmark
  public long teeByHand() {
    long sum = 0;
    Pair<Iterable<Integer>, Iterator<Integer>> both = HandMade.tee(data);
    for (int x : both.first()) {
      sum += x;
      sum += both.second().next();
    }
    return sum;
  }
}
