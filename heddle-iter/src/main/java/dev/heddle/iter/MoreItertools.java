package dev.heddle.iter;

import dev.heddle.base.Check;
import dev.heddle.iter.combinatorics.DistinctPermutationsIter;
import dev.heddle.iter.combine.CollapseIter;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Row;
import dev.heddle.iter.sinks.Sinks;
import dev.heddle.iter.stages.KeyedBucket;
import dev.heddle.iter.stages.PeekStage;
import dev.heddle.iter.stages.PeekableStage;
import dev.heddle.iter.stages.SeekableStage;
import dev.heddle.iter.stages.SplitStage;
import dev.heddle.iter.stages.TimeLimitedStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Functions of Python's {@code more-itertools} library.
 *
 * <p>Functions that return an {@link Iter} are lazy, and closing it closes the source. Functions that return a value read
 * what they need at once: an {@code Iter} given to them stays open, with what is left, as in Python; any other source is
 * closed. Nothing here is thread-safe; nothing blocks unless a source does.
 */
public final class MoreItertools {
  private MoreItertools() {}

  // Looking ahead and going back

  /** The elements, with a look at the next one before it is taken. */
  public static <T extends @Nullable Object> Peekable<T> peekable(Iterable<? extends T> source) {
    return new PeekableStage<>(Pull.over(source, "source"));
  }

  /** The elements, all of which are kept so that one can go back. */
  public static <T extends @Nullable Object> Seekable<T> seekable(Iterable<? extends T> source) {
    return seekable(source, Integer.MAX_VALUE);
  }

  /** The elements, the last {@code maxKept} of which, 0 or more, are kept so that one can go back. */
  public static <T extends @Nullable Object> Seekable<T> seekable(Iterable<? extends T> source, int maxKept) {
    return new SeekableStage<>(
        Pull.over(source, "source"), Check.notNegative(maxKept, "maxKept", "leave it out to keep all elements"));
  }

  /** The first {@code n} elements, 0 or more, and an iterator over all, these included. */
  public static <T extends @Nullable Object> Pair<List<T>, Iter<T>> spy(Iterable<? extends T> source, int n) {
    Iter<T> rest = Iter.from(source);
    List<T> head = Recipes.take(n, rest);
    return new Pair<>(head, Itertools.chain(Row.<T>copyOf(head.toArray()), rest));
  }

  // Cutting a source into parts

  /** Modifiable lists of {@code n} consecutive elements, 1 or more; the last one may be shorter. */
  public static <T extends @Nullable Object> Iter<List<T>> chunked(Iterable<? extends T> source, int n) {
    return Itertools.batched(source, n);
  }

  /** As {@link #chunked}, but an {@link IllegalArgumentException} in place of a last list that is shorter. */
  public static <T extends @Nullable Object> Iter<List<T>> chunkedStrict(Iterable<? extends T> source, int n) {
    return Itertools.batchedStrict(source, n);
  }

  /** The lists between the elements for which the predicate is true, which are left out. */
  public static <T extends @Nullable Object> Iter<List<T>> splitAt(
      Iterable<? extends T> source, Predicate<? super T> predicate) {
    return splitAt(source, predicate, Long.MAX_VALUE);
  }

  /** As {@link #splitAt(Iterable, Predicate)}, with at most {@code maxSplits} cuts, 0 or more. */
  public static <T extends @Nullable Object> Iter<List<T>> splitAt(
      Iterable<? extends T> source, Predicate<? super T> predicate, long maxSplits) {
    return split(source, SplitStage.Cut.AT, predicate, maxSplits);
  }

  /** As {@link #splitAt(Iterable, Predicate)}, but each element at a cut stays, as a list of its own. */
  public static <T extends @Nullable Object> Iter<List<T>> splitAtKeeping(
      Iterable<? extends T> source, Predicate<? super T> predicate) {
    return splitAtKeeping(source, predicate, Long.MAX_VALUE);
  }

  /** As {@link #splitAtKeeping(Iterable, Predicate)}, with at most {@code maxSplits} cuts, 0 or more. */
  public static <T extends @Nullable Object> Iter<List<T>> splitAtKeeping(
      Iterable<? extends T> source, Predicate<? super T> predicate, long maxSplits) {
    return split(source, SplitStage.Cut.AT_KEEPING, predicate, maxSplits);
  }

  /** Lists that begin, but for the first, with an element for which the predicate is true. */
  public static <T extends @Nullable Object> Iter<List<T>> splitBefore(
      Iterable<? extends T> source, Predicate<? super T> predicate) {
    return splitBefore(source, predicate, Long.MAX_VALUE);
  }

  /** As {@link #splitBefore(Iterable, Predicate)}, with at most {@code maxSplits} cuts, 0 or more. */
  public static <T extends @Nullable Object> Iter<List<T>> splitBefore(
      Iterable<? extends T> source, Predicate<? super T> predicate, long maxSplits) {
    return split(source, SplitStage.Cut.BEFORE, predicate, maxSplits);
  }

  /** Lists that end, but for the last, with an element for which the predicate is true. */
  public static <T extends @Nullable Object> Iter<List<T>> splitAfter(
      Iterable<? extends T> source, Predicate<? super T> predicate) {
    return splitAfter(source, predicate, Long.MAX_VALUE);
  }

  /** As {@link #splitAfter(Iterable, Predicate)}, with at most {@code maxSplits} cuts, 0 or more. */
  public static <T extends @Nullable Object> Iter<List<T>> splitAfter(
      Iterable<? extends T> source, Predicate<? super T> predicate, long maxSplits) {
    return split(source, SplitStage.Cut.AFTER, predicate, maxSplits);
  }

  /** Lists cut between two elements for which the predicate is true. */
  public static <T extends @Nullable Object> Iter<List<T>> splitWhen(
      Iterable<? extends T> source, BiPredicate<? super T, ? super T> predicate) {
    return splitWhen(source, predicate, Long.MAX_VALUE);
  }

  /** As {@link #splitWhen(Iterable, BiPredicate)}, with at most {@code maxSplits} cuts, 0 or more. */
  public static <T extends @Nullable Object> Iter<List<T>> splitWhen(
      Iterable<? extends T> source, BiPredicate<? super T, ? super T> predicate, long maxSplits) {
    Check.notNull(predicate, "predicate");
    return new SplitStage<T>(
        Pull.over(source, "source"),
        SplitStage.Cut.BEFORE,
        (previous, e) -> predicate.test(Pull.<T>cast(previous), e),
        true,
        maxSplits(maxSplits));
  }

  private static <T extends @Nullable Object> Iter<List<T>> split(
      Iterable<? extends T> source, SplitStage.Cut cut, Predicate<? super T> predicate, long maxSplits) {
    Check.notNull(predicate, "predicate");
    return new SplitStage<T>(
        Pull.over(source, "source"), cut, (previous, e) -> predicate.test(e), false, maxSplits(maxSplits));
  }

  private static long maxSplits(long value) {
    return Check.notNegative(value, "maxSplits", "leave it out to cut everywhere");
  }

  /** Runs of elements whose numbers follow each other; a run ends, as a group does, when the next one is asked for. */
  public static <T extends @Nullable Object> Iter<Iter<T>> consecutiveGroups(
      Iterable<? extends T> source, ToLongFunction<? super T> number) {
    Check.notNull(number, "number");
    return Itertools.<T>enumerate(source)
        .groupBy(e -> e.index() - number.applyAsLong(e.value()))
        .map(group -> group.map(Indexed::value));
  }

  /** The elements split by key into iterators that read the source together. */
  public static <T extends @Nullable Object, K extends @Nullable Object> Bucket<K, T> bucket(
      Iterable<? extends T> source, Function<? super T, ? extends K> key) {
    return bucket(source, key, k -> true);
  }

  /** As {@link #bucket(Iterable, Function)}, leaving out the elements whose key fails the validator. */
  public static <T extends @Nullable Object, K extends @Nullable Object> Bucket<K, T> bucket(
      Iterable<? extends T> source, Function<? super T, ? extends K> key, Predicate<? super K> validator) {
    return new KeyedBucket<>(Pull.over(source, "source"), Check.notNull(key, "key"), Check.notNull(validator, "validator"));
  }

  // Single values

  /**
   * The only element.
   *
   * @throws IllegalArgumentException when there is none or more than one
   */
  public static <T extends @Nullable Object> T one(Iterable<? extends T> source) {
    return Sinks.<T, T>reading(
        source,
        pull -> {
          Object only = pull.advance(Pull.BUDGET);
          if (only == Pull.END) {
            throw new IllegalArgumentException(
                "source must have exactly one element, but has none; use first(source, other)");
          }
          Object second = pull.advance(Pull.BUDGET);
          if (second != Pull.END) {
            throw new IllegalArgumentException(
                "source must have exactly one element, but has "
                    + only
                    + ", "
                    + second
                    + " and perhaps more; use first(source)");
          }
          return Pull.cast(only);
        });
  }

  /**
   * The first element.
   *
   * @throws NoSuchElementException when there is none
   */
  public static <T extends @Nullable Object> T first(Iterable<? extends T> source) {
    return Sinks.<T, T>reading(source, pull -> present(pull, pull.advance(Pull.BUDGET), "first"));
  }

  /** The first element, or another value when there is none. */
  public static <T extends @Nullable Object> T first(Iterable<? extends T> source, T other) {
    return Sinks.<T, T>reading(source, pull -> pull.nextOr(other));
  }

  /**
   * The last element.
   *
   * @throws NoSuchElementException when there is none
   */
  public static <T extends @Nullable Object> T last(Iterable<? extends T> source) {
    return Sinks.<T, T>reading(source, pull -> present(pull, lastOf(pull), "last"));
  }

  /** The last element, or another value when there is none. */
  public static <T extends @Nullable Object> T last(Iterable<? extends T> source, T other) {
    return Sinks.<T, T>reading(
        source,
        pull -> {
          Object last = lastOf(pull);
          return last == Pull.END ? other : Pull.cast(last);
        });
  }

  private static @Nullable Object lastOf(Pull<?> pull) {
    Object last = Pull.END;
    for (Object e = pull.advance(Pull.BUDGET); e != Pull.END; e = pull.advance(Pull.BUDGET)) {
      last = e;
    }
    return last;
  }

  private static <T extends @Nullable Object> T present(Pull<T> source, @Nullable Object element, String which) {
    if (element == Pull.END) {
      throw new NoSuchElementException(
          "source must have a " + which + " element, but " + source + " has none; use " + which + "(source, other)");
    }
    return Pull.cast(element);
  }

  // The rest

  /** One element from each source in turn, until the longest has ended. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> Iter<T> interleaveLongest(Iterable<? extends T>... sources) {
    return Recipes.roundRobin(sources);
  }

  /** The leaves of nested iterables, at any depth; texts and arrays are leaves. */
  public static Iter<@Nullable Object> collapse(Iterable<?> source) {
    return new CollapseIter(Pull.over(source, "source"), null, Long.MAX_VALUE);
  }

  /** The elements with the given number of levels beneath them opened, 0 or more. */
  public static Iter<@Nullable Object> collapse(Iterable<?> source, long levels) {
    return new CollapseIter(
        Pull.over(source, "source"), null, Check.notNegative(levels, "levels", "leave it out to open all levels"));
  }

  /** The leaves of nested iterables, where an iterable of the given type is a leaf. */
  public static Iter<@Nullable Object> collapse(Iterable<?> source, Class<?> leafType) {
    return new CollapseIter(Pull.over(source, "source"), Check.notNull(leafType, "leafType"), Long.MAX_VALUE);
  }

  /** The elements in lists by key, the keys in the order in which they were met. */
  public static <T extends @Nullable Object, K extends @Nullable Object> Map<K, List<T>> mapReduce(
      Iterable<? extends T> source, Function<? super T, ? extends K> key) {
    return mapReduce(source, key, e -> e);
  }

  /** A value of each element, in lists by the element's key. */
  public static <T extends @Nullable Object, K extends @Nullable Object, V extends @Nullable Object> Map<K, List<V>> mapReduce(
      Iterable<? extends T> source, Function<? super T, ? extends K> key, Function<? super T, ? extends V> value) {
    Check.notNull(key, "key");
    Check.notNull(value, "value");
    return Sinks.<T, Map<K, List<V>>>reading(
        source,
        pull -> {
          Map<K, List<V>> lists = new LinkedHashMap<>();
          for (Object e = pull.advance(Pull.BUDGET); e != Pull.END; e = pull.advance(Pull.BUDGET)) {
            T element = Pull.cast(e);
            lists.computeIfAbsent(key.apply(element), k -> new ArrayList<>()).add(value.apply(element));
          }
          return lists;
        });
  }

  /** A value of each element, by the element's key, and each list of them reduced to one result. */
  public static <T extends @Nullable Object, K extends @Nullable Object, V extends @Nullable Object, R extends @Nullable Object> Map<K, R> mapReduce(
      Iterable<? extends T> source,
      Function<? super T, ? extends K> key,
      Function<? super T, ? extends V> value,
      Function<? super List<V>, ? extends R> reduce) {
    Check.notNull(reduce, "reduce");
    Map<K, R> results = new LinkedHashMap<>();
    MoreItertools.<T, K, V>mapReduce(source, key, value).forEach((k, values) -> results.put(k, reduce.apply(values)));
    return results;
  }

  /** The different orders of the elements, in ascending order: equal elements are not told apart. */
  public static <T extends Comparable<? super T>> Iter<List<T>> distinctPermutations(Iterable<? extends T> source) {
    List<T> pool = Sinks.toList(source);
    return new DistinctPermutationsIter<T>(pool, pool.size(), Comparator.naturalOrder());
  }

  /** The different orders of {@code r} of the elements, 0 or more, in ascending order; none when there are fewer. */
  public static <T extends Comparable<? super T>> Iter<List<T>> distinctPermutations(Iterable<? extends T> source, int r) {
    return distinctPermutations(source, r, Comparator.<T>naturalOrder());
  }

  /** As {@link #distinctPermutations(Iterable, int)}, for elements of any type: an order says which are equal. */
  public static <T> Iter<List<T>> distinctPermutations(
      Iterable<? extends T> source, int r, Comparator<? super T> order) {
    Check.notNull(source, "source");
    Check.notNegative(r, "r", "it says how many elements a permutation has");
    Check.notNull(order, "order");
    return new DistinctPermutationsIter<T>(Sinks.toList(source), r, order);
  }

  /** The elements unchanged; each is shown to an action as it passes. */
  public static <T extends @Nullable Object> Iter<T> sideEffect(Consumer<? super T> action, Iterable<? extends T> source) {
    return new PeekStage<>(Pull.over(source, "source"), Check.notNull(action, "action"), null, null);
  }

  /**
   * As {@link #sideEffect(Consumer, Iterable)}, with an action before the first element is asked for and one at the end.
   *
   * @param after run once, when the source has ended or when the result is closed before
   */
  public static <T extends @Nullable Object> Iter<T> sideEffect(
      Consumer<? super T> action, Iterable<? extends T> source, Runnable before, Runnable after) {
    return new PeekStage<>(
        Pull.over(source, "source"),
        Check.notNull(action, "action"),
        Check.notNull(before, "before"),
        Check.notNull(after, "after"));
  }

  /** The elements that come before a time is over; the time runs from now. */
  public static <T extends @Nullable Object> TimeLimited<T> timeLimited(Duration limit, Iterable<? extends T> source) {
    return timeLimited(limit, source, System::nanoTime);
  }

  /** As {@link #timeLimited(Duration, Iterable)}, with a clock of one's own, in nanoseconds. */
  public static <T extends @Nullable Object> TimeLimited<T> timeLimited(
      Duration limit, Iterable<? extends T> source, LongSupplier nanoTime) {
    Check.notNegative(limit, "limit", "it is the time to go on for");
    return new TimeLimitedStage<>(Pull.over(source, "source"), limit, Check.notNull(nanoTime, "nanoTime"));
  }
}
