package dev.heddle.iter;

import dev.heddle.base.Check;
import dev.heddle.iter.combinatorics.Pools;
import dev.heddle.iter.combinatorics.PowersetIter;
import dev.heddle.iter.combinatorics.SubslicesIter;
import dev.heddle.iter.combine.RoundRobinStage;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Row;
import dev.heddle.iter.sinks.Sinks;
import dev.heddle.iter.sources.CallIter;
import dev.heddle.iter.stages.BatchStage;
import dev.heddle.iter.stages.CycleStage;
import dev.heddle.iter.stages.MapStage;
import dev.heddle.iter.stages.TailStage;
import dev.heddle.iter.stages.UniqueStage;
import dev.heddle.iter.stages.WindowStage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The recipes of Python's {@code itertools} documentation; those that compute numbers are in {@link NumberRecipes}.
 *
 * <p>Functions that return an {@link Iter} are lazy, and closing it closes the source. Functions that return a value read
 * what they need at once: an {@code Iter} given to them stays open, with what is left, as in Python; any other source is
 * closed. Nothing here is thread-safe; nothing blocks unless a source does.
 */
public final class Recipes {
  private Recipes() {}

  // Sources

  /** A value, then the elements of the source. */
  public static <T extends @Nullable Object> Iter<T> prepend(T value, Iterable<? extends T> source) {
    return Itertools.chain(Row.<T>copyOf(new @Nullable Object[]{value}), Check.notNull(source, "source"));
  }

  /** {@code fn} of {@code start}, of {@code start + 1}, and so on up to the largest int. */
  public static <R extends @Nullable Object> Iter<R> tabulate(IntFunction<? extends R> fn, int start) {
    Check.notNull(fn, "fn");
    return Itertools.count(start).map(fn::apply);
  }

  /** What a function returns, called again for each element, for ever. */
  public static <R extends @Nullable Object> Iter<R> repeatFunc(Supplier<? extends R> fn) {
    return repeatFunc(fn, Long.MAX_VALUE);
  }

  /** What a function returns, called {@code times} times, 0 or more. */
  public static <R extends @Nullable Object> Iter<R> repeatFunc(Supplier<? extends R> fn, long times) {
    return Itertools.<Supplier<? extends R>>repeat(Check.notNull(fn, "fn"), times).map(Supplier::get);
  }

  /** The elements of all sources, one level deep: {@link Itertools#chainFromIterable}. */
  public static <T extends @Nullable Object> Iter<T> flatten(Iterable<? extends Iterable<? extends T>> sources) {
    return Itertools.chainFromIterable(sources);
  }

  /** The elements of the source, which are kept, {@code n} times over, 0 or more. */
  public static <T extends @Nullable Object> Iter<T> nCycles(Iterable<? extends T> source, long n) {
    Check.notNegative(n, "n", "it says how many times the elements are handed out");
    return new CycleStage<>(Pull.over(source, "source"), n);
  }

  /** The columns of rows of equal length, otherwise an {@link IllegalArgumentException}: {@link Itertools#zipAllStrict}. */
  public static <T extends @Nullable Object> Iter<List<T>> transpose(Iterable<? extends Iterable<? extends T>> rows) {
    return Itertools.zipAllStrict(rows);
  }

  /** The elements of rows in rows of {@code columns} elements, 1 or more; the last one may be shorter. */
  public static <T extends @Nullable Object> Iter<List<T>> reshape(
      Iterable<? extends Iterable<? extends T>> rows, int columns) {
    return Itertools.batched(Recipes.<T>flatten(rows), columns);
  }

  // Parts and places

  /** The first {@code n} elements, 0 or more, in a modifiable list; fewer when the source ends before. */
  public static <T extends @Nullable Object> List<T> take(int n, Iterable<? extends T> source) {
    Check.notNegative(n, "n", "it says how many elements to take");
    return Sinks.<T, List<T>>reading(
        source,
        pull -> {
          List<T> taken = new ArrayList<>();
          while (taken.size() < n) {
            Object element = pull.advance(Pull.BUDGET);
            if (element == Pull.END) {
              break;
            }
            taken.add(Pull.cast(element));
          }
          return taken;
        });
  }

  /** The last {@code n} elements, 0 or more. */
  public static <T extends @Nullable Object> Iter<T> tail(int n, Iterable<? extends T> source) {
    return new TailStage<>(
        Pull.over(source, "source"), Check.notNegative(n, "n", "it says how many elements to keep"));
  }

  /** Reads the source to its end. */
  public static void consume(Iterable<?> source) {
    consume(source, Long.MAX_VALUE);
  }

  /** Reads {@code n} elements, 0 or more, as far as there are any. */
  public static void consume(Iterable<?> source, long n) {
    Check.notNegative(n, "n", "leave it out to read to the end");
    Sinks.<@Nullable Object, Boolean>reading(source, pull -> skip(pull, n));
  }

  /** Whether so many elements were there. */
  private static boolean skip(Pull<?> pull, long n) {
    for (long i = 0; i < n; i++) {
      if (pull.advance(Pull.BUDGET) == Pull.END) {
        return false;
      }
    }
    return true;
  }

  /** The element number {@code n}, 0 or more, or another value when the source ends before. */
  public static <T extends @Nullable Object> T nth(Iterable<? extends T> source, long n, T other) {
    Check.notNegative(n, "n", "elements are numbered from 0; use tail to reach those at the end");
    return Sinks.<T, T>reading(source, pull -> skip(pull, n) ? pull.nextOr(other) : other);
  }

  /** The element number {@code n}, 0 or more; empty when the source ends before. */
  public static <T> Optional<T> nth(Iterable<? extends T> source, long n) {
    return Optional.ofNullable(Recipes.<@Nullable T>nth(source, n, null));
  }

  /** How many elements fulfil the predicate. */
  public static <T extends @Nullable Object> long quantify(Iterable<? extends T> source, Predicate<? super T> predicate) {
    Check.notNull(predicate, "predicate");
    return Sinks.<T, Long>reading(source, pull -> pull.filter(predicate).count());
  }

  /** The first element that fulfils the predicate, or another value when there is none. */
  public static <T extends @Nullable Object> T firstTrue(
      Iterable<? extends T> source, T other, Predicate<? super T> predicate) {
    Check.notNull(predicate, "predicate");
    return Sinks.<T, T>reading(source, pull -> pull.filter(predicate).nextOr(other));
  }

  /** The different elements in ascending order; the source is read to its end for the first of them. */
  public static <T extends Comparable<? super T>> Iter<T> unique(Iterable<? extends T> source) {
    return uniqueJustSeen(Iter.<T>from(source).sorted(Comparator.<T>naturalOrder()));
  }

  /**
   * All runs of consecutive elements: those that begin with the first, then those with the second; the source is read at
   * once.
   */
  public static <T extends @Nullable Object> Iter<List<T>> subslices(Iterable<? extends T> source) {
    return new SubslicesIter<>(Pools.read(source, "source"));
  }

  /** The numbers of the elements that equal a value, counted from 0. */
  public static Iter<Long> iterIndex(Iterable<?> source, @Nullable Object value) {
    return Itertools.<@Nullable Object>enumerate(source).filter(e -> Objects.equals(e.value(), value)).map(Indexed::index);
  }

  /**
   * The choice number {@code index}, counted from 0, of those that {@link Itertools#combinations} makes of {@code r}
   * elements.
   *
   * @param index below the number of choices
   * @throws ArithmeticException when the number of choices is beyond a long
   */
  public static <T extends @Nullable Object> List<T> nthCombination(Iterable<? extends T> source, int r, long index) {
    return Pools.nthCombination(source, Check.notNegative(r, "r", "it says how many elements a choice has"), index);
  }

  /**
   * The elements before the first that fails the predicate, and that one and all after it.
   *
   * <p>Unlike {@link Itertools#takeWhile} it loses none. The two may be read in any order; the predicate is asked twice.
   */
  public static <T extends @Nullable Object> Pair<Iter<T>, Iter<T>> beforeAndAfter(
      Predicate<? super T> predicate, Iterable<? extends T> source) {
    Check.notNull(predicate, "predicate");
    Pair<Iter<T>, Iter<T>> both = Itertools.tee(source);
    return new Pair<>(both.first().takeWhile(predicate), both.second().dropWhile(predicate));
  }

  /** Whether all elements are equal; it reads as far as the first that differs. */
  public static boolean allEqual(Iterable<?> source) {
    return allEqual(source, e -> e);
  }

  /** Whether the keys of all elements are equal; it reads as far as the first that differs. */
  public static <T extends @Nullable Object> boolean allEqual(
      Iterable<? extends T> source, Function<? super T, ? extends @Nullable Object> key) {
    Check.notNull(key, "key");
    return Sinks.<T, Boolean>reading(
        source,
        pull -> {
          Object first = pull.advance(Pull.BUDGET);
          Object firstKey = first == Pull.END ? null : key.apply(Pull.cast(first));
          for (Object e = pull.advance(Pull.BUDGET); e != Pull.END; e = pull.advance(Pull.BUDGET)) {
            if (!Objects.equals(firstKey, key.apply(Pull.cast(e)))) {
              return false;
            }
          }
          return true;
        });
  }

  /** The elements without those equal to the one just before. */
  public static <T extends @Nullable Object> Iter<T> uniqueJustSeen(Iterable<? extends T> source) {
    return uniqueJustSeen(source, e -> e);
  }

  /** The elements without those whose key equals the key of the one just before. */
  public static <T extends @Nullable Object> Iter<T> uniqueJustSeen(
      Iterable<? extends T> source, Function<? super T, ? extends @Nullable Object> key) {
    return new UniqueStage<>(Pull.over(source, "source"), Check.notNull(key, "key"), false);
  }

  /** The elements without those equal to any before, which are remembered. */
  public static <T extends @Nullable Object> Iter<T> uniqueEverSeen(Iterable<? extends T> source) {
    return uniqueEverSeen(source, e -> e);
  }

  /** The elements without those whose key equals the key of any before; the keys are remembered. */
  public static <T extends @Nullable Object> Iter<T> uniqueEverSeen(
      Iterable<? extends T> source, Function<? super T, ? extends @Nullable Object> key) {
    return new UniqueStage<>(Pull.over(source, "source"), Check.notNull(key, "key"), true);
  }

  /** Lists of {@code n} consecutive elements, 1 or more, each one element on; none when there are fewer than {@code n}. */
  public static <T extends @Nullable Object> Iter<List<T>> slidingWindow(Iterable<? extends T> source, int n) {
    return new WindowStage<>(Pull.over(source, "source"), Check.positive(n, "n", "it says how wide the window is"));
  }

  /** Lists of {@code n} consecutive elements, 1 or more, the last one filled up. */
  public static <T extends @Nullable Object> Iter<List<T>> grouper(Iterable<? extends T> source, int n, T fill) {
    return BatchStage.<T>of(source, n, BatchStage.Rest.KEEP)
        .map(
            batch -> {
              while (batch.size() < n) {
                batch.add(fill);
              }
              return batch;
            });
  }

  /**
   * Lists of {@code n} consecutive elements, 1 or more; an {@link IllegalArgumentException} when the last one is shorter.
   */
  public static <T extends @Nullable Object> Iter<List<T>> grouperStrict(Iterable<? extends T> source, int n) {
    return Itertools.batchedStrict(source, n);
  }

  /** Lists of {@code n} consecutive elements, 1 or more; a last one that would be shorter is left out. */
  public static <T extends @Nullable Object> Iter<List<T>> grouperIgnore(Iterable<? extends T> source, int n) {
    return BatchStage.of(source, n, BatchStage.Rest.DROP);
  }

  /** One element from each source in turn, until all have ended. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> Iter<T> roundRobin(Iterable<? extends T>... sources) {
    List<Pull<? extends T>> all = new ArrayList<>();
    for (Iterable<? extends T> source : Check.notNull(sources, "sources")) {
      all.add(Pull.over(source, "sources[" + all.size() + "]"));
    }
    return new RoundRobinStage<>(all);
  }

  /**
   * Two iterators, over the elements for which the predicate is false, and over those for which it is true.
   *
   * <p>The predicate is asked once for each element; what one has read for the other is kept, without a bound.
   */
  public static <T extends @Nullable Object> Pair<Iter<T>, Iter<T>> partition(
      Predicate<? super T> predicate, Iterable<? extends T> source) {
    Check.notNull(predicate, "predicate");
    Iter<Pair<Boolean, T>> tested = new MapStage<T, Pair<Boolean, T>>(Pull.over(source, "source"),
        e -> new Pair<>(predicate.test(e), e));
    Pair<Iter<Pair<Boolean, T>>, Iter<Pair<Boolean, T>>> both = Itertools.tee(tested);
    return new Pair<>(
        both.first().filterFalse(Pair::first).map(Pair::second), both.second().filter(Pair::first).map(Pair::second));
  }

  /**
   * What a function returns, called again and again until it throws an exception of the given type.
   *
   * @param call may throw other exceptions, which reach the reader; a checked one is wrapped in an {@link
   *     IllegalStateException}
   */
  public static <T extends @Nullable Object> Iter<T> iterExcept(
      Callable<? extends T> call, Class<? extends Exception> stop) {
    Check.notNull(stop, "stop");
    return new CallIter<>(Check.notNull(call, "call"), stop::isInstance);
  }

  /** All choices of any number of the elements, the shorter first; the source is read at once. */
  public static <T extends @Nullable Object> Iter<List<T>> powerset(Iterable<? extends T> source) {
    return new PowersetIter<>(Pools.read(source, "source"));
  }

  /**
   * The discrete convolution of a signal with a kernel: {@code n + k - 1} sums for {@code n} and {@code k} numbers.
   *
   * @param kernel read at once, at least one number; it is not changed
   */
  public static Iter<Double> convolve(Iterable<? extends Number> signal, double... kernel) {
    Check.notNull(signal, "signal");
    if (Check.notNull(kernel, "kernel").length == 0) {
      throw new IllegalArgumentException(
          "kernel must have at least one number, but was empty; 1.0 leaves the signal as it is");
    }
    double[] reversed = new double[kernel.length];
    for (int i = 0; i < kernel.length; i++) {
      reversed[i] = kernel[kernel.length - 1 - i];
    }
    Iter<Number> padding = Itertools.repeat(0.0, kernel.length - 1);
    Iter<Number> padded = Itertools.chain(padding, signal, Itertools.repeat(0.0, kernel.length - 1));
    return slidingWindow(padded, kernel.length).map(window -> sumOfProducts(window, reversed));
  }

  private static double sumOfProducts(List<Number> window, double[] kernel) {
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      sum += window.get(i).doubleValue() * kernel[i];
    }
    return sum;
  }
}
