package dev.heddle.iter;

import dev.heddle.base.Check;
import dev.heddle.iter.combine.MergeStage;
import dev.heddle.iter.combine.Zips;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.sinks.Sinks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Python's built-in functions over iterables that need more than one source or comparable elements, and those of {@code
 * heapq}.
 *
 * <p>They are functions, not methods of {@link Iter}, so that the compiler checks that the elements can be compared or
 * added. For other orders there are {@link Iter#sorted}, {@link Iter#min} and {@link Iter#max} with a {@link Comparator}.
 *
 * <p>Functions that return an {@link Iter} are lazy, and closing it closes the sources. Functions that return a value read
 * the source to its end at once: an {@code Iter} given to them stays open, any other source is closed. Nothing here is
 * thread-safe; nothing blocks unless a source does.
 */
public final class Builtins {
  private Builtins() {}

  /** All elements in ascending order, equal ones in that of the source, in a modifiable list. */
  public static <T extends Comparable<? super T>> List<T> sorted(Iterable<? extends T> source) {
    List<T> all = Sinks.toList(Check.notNull(source, "source"));
    all.sort(Comparator.naturalOrder());
    return all;
  }

  /** The first of the smallest elements; empty when there is none. */
  public static <T extends Comparable<? super T>> Optional<T> min(Iterable<? extends T> source) {
    return Sinks.<T, Optional<T>>reading(Check.notNull(source, "source"), pull -> pull.min(Comparator.naturalOrder()));
  }

  /** The first of the greatest elements; empty when there is none. */
  public static <T extends Comparable<? super T>> Optional<T> max(Iterable<? extends T> source) {
    return Sinks.<T, Optional<T>>reading(Check.notNull(source, "source"), pull -> pull.max(Comparator.naturalOrder()));
  }

  /**
   * The sum of whole numbers.
   *
   * @throws ArithmeticException when it is beyond a long
   * @throws IllegalArgumentException for a number that is no {@code Byte}, {@code Short}, {@code Integer} or {@code Long}
   */
  public static long sumLong(Iterable<? extends Number> source) {
    return Sinks.<Number, Long>reading(Check.notNull(source, "source"), pull -> pull.sumLong(Builtins::whole));
  }

  private static long whole(Number number) {
    return switch (Check.notNull(number, "element")) {
      case Byte n -> n;
      case Short n -> n;
      case Integer n -> n;
      case Long n -> n;
      default -> throw new IllegalArgumentException(
          "sumLong adds Byte, Short, Integer and Long, but an element was the " + number.getClass().getSimpleName() + " "
              + number + "; use sumDouble, or map and reduce");
    };
  }

  /** The sum of numbers as doubles, added one after the other. */
  public static double sumDouble(Iterable<? extends Number> source) {
    return Sinks.<Number, Double>reading(Check.notNull(source, "source"), pull -> pull.sumDouble(Number::doubleValue));
  }

  /** A function of one element of each of two sources, until the shorter ends. */
  public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      BiFunction<? super A, ? super B, ? extends R> fn, Iterable<? extends A> first, Iterable<? extends B> second) {
    Check.notNull(fn, "fn");
    return Itertools.<A, B>zip(first, second).map(pair -> fn.apply(pair.first(), pair.second()));
  }

  /** A function of one element of each of three sources, until the shortest ends; for more see {@link Itertools#zipAll}. */
  public static <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, R extends @Nullable Object> Iter<R> map(
      TriFunction<? super A, ? super B, ? super C, ? extends R> fn,
      Iterable<? extends A> first,
      Iterable<? extends B> second,
      Iterable<? extends C> third) {
    Check.notNull(fn, "fn");
    return Itertools.<A, B, C>zip(first, second, third).map(row -> fn.apply(row.first(), row.second(), row.third()));
  }

  // Of heapq

  /** The elements of sorted sources in ascending order, of equal ones that of the earlier source first. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends Comparable<? super T>> Iter<T> mergeSorted(Iterable<? extends T>... sources) {
    return mergeSorted(Comparator.<T>naturalOrder(), sources);
  }

  /** As {@link #mergeSorted(Iterable...)}, for sources that are sorted by the given order. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> Iter<T> mergeSorted(
      Comparator<? super T> order, Iterable<? extends T>... sources) {
    Check.notNull(order, "order");
    Zips.checkEach(sources);
    return new MergeStage<T>(Zips.<T>all(Arrays.asList(sources)), order);
  }

  /** The {@code n} greatest elements, 0 or more, the greatest first; equal ones in the order of the source. */
  public static <T extends Comparable<? super T>> List<T> nLargest(int n, Iterable<? extends T> source) {
    return nSmallest(n, source, Comparator.<T>reverseOrder());
  }

  /** As {@link #nLargest(int, Iterable)}, by the given order. */
  public static <T extends @Nullable Object> List<T> nLargest(
      int n, Iterable<? extends T> source, Comparator<? super T> order) {
    return nSmallest(n, source, Check.notNull(order, "order").reversed());
  }

  /** The {@code n} smallest elements, 0 or more, the smallest first; equal ones in the order of the source. */
  public static <T extends Comparable<? super T>> List<T> nSmallest(int n, Iterable<? extends T> source) {
    return nSmallest(n, source, Comparator.<T>naturalOrder());
  }

  /** As {@link #nSmallest(int, Iterable)}, by the given order; not more than about {@code 2 n} elements are kept. */
  public static <T extends @Nullable Object> List<T> nSmallest(
      int n, Iterable<? extends T> source, Comparator<? super T> order) {
    Check.notNegative(n, "n", "it says how many elements to return");
    Check.notNull(source, "source");
    Check.notNull(order, "order");
    return Sinks.<T, List<T>>reading(
        source,
        pull -> {
          List<T> kept = new ArrayList<>();
          for (Object e = pull.advance(Pull.BUDGET); e != Pull.END; e = pull.advance(Pull.BUDGET)) {
            kept.add(Pull.cast(e));
            if (kept.size() >= 2L * n + 64) {
              keep(n, kept, order);
            }
          }
          keep(n, kept, order);
          return kept;
        });
  }

  private static <T extends @Nullable Object> void keep(int n, List<T> kept, Comparator<? super T> order) {
    kept.sort(order);
    kept.subList(Math.min(n, kept.size()), kept.size()).clear();
  }
}
