package dev.heddle.iter;

import dev.heddle.base.Check;
import dev.heddle.iter.combinatorics.Pools;
import dev.heddle.iter.combinatorics.SelectionIter;
import dev.heddle.iter.combine.ChainStage;
import dev.heddle.iter.combine.CompressStage;
import dev.heddle.iter.combine.FlatStage;
import dev.heddle.iter.combine.PairStage;
import dev.heddle.iter.combine.ZipLongestStage;
import dev.heddle.iter.combine.ZipStage;
import dev.heddle.iter.combine.Zips;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Row;
import dev.heddle.iter.sharing.ConcurrentTeeIter;
import dev.heddle.iter.sharing.SerializedIter;
import dev.heddle.iter.sharing.TeeStage;
import dev.heddle.iter.sources.DoubleCount;
import dev.heddle.iter.sources.IntCount;
import dev.heddle.iter.sources.IntRange;
import dev.heddle.iter.sources.LongCount;
import dev.heddle.iter.sources.LongRange;
import dev.heddle.iter.sources.RepeatIter;
import dev.heddle.iter.stages.BatchStage;
import dev.heddle.iter.stages.CycleStage;
import dev.heddle.iter.stages.MapStage;
import dev.heddle.iter.stages.SliceStage;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The functions of Python's {@code itertools}, and {@code enumerate}, {@code range} and {@code zip}, as lazy {@link Iter}s.
 *
 * <p>Every function takes any {@link Iterable}. An {@code Iter} given as an argument is read from where it stands; closing
 * the result closes the arguments. Arguments are checked at once, elements are asked for lazily; where Python reads a whole
 * argument at once ({@link #product}, {@link #permutations}, {@link #combinations}, {@link #combinationsWithReplacement}),
 * it is read to its end at once here, which closes it, and an endless one never returns.
 *
 * <p>The results are not thread-safe but for {@link #serialize} and {@link #concurrentTee}; nothing blocks unless an
 * argument does. The recipes of Python's documentation are in {@link Recipes}, more in {@link MoreItertools}.
 */
public final class Itertools {
  private Itertools() {}

  // Endless sources

  /** 0, 1, 2, ... up to the largest int, then an {@link ArithmeticException}. */
  public static IntIter count() {
    return count(0);
  }

  /** {@code start}, {@code start + 1}, ... up to the largest int, then an {@link ArithmeticException}. */
  public static IntIter count(int start) {
    return count(start, 1);
  }

  /** {@code start}, {@code start + step}, ...; an {@link ArithmeticException} at the first that is no int. */
  public static IntIter count(int start, int step) {
    return new IntCount(start, step);
  }

  /** {@code start}, {@code start + 1}, ... up to the largest long, then an {@link ArithmeticException}. */
  public static LongIter count(long start) {
    return count(start, 1L);
  }

  /** {@code start}, {@code start + step}, ...; an {@link ArithmeticException} at the first that is no long. */
  public static LongIter count(long start, long step) {
    return new LongCount(start, step);
  }

  /** {@code start}, {@code start + step}, ...; as in CPython each is the one before plus the step, so errors add up. */
  public static DoubleIter count(double start, double step) {
    return new DoubleCount(start, step);
  }

  /** The elements of the source, which are kept, over and over again; nothing when there are none. */
  public static <T extends @Nullable Object> Iter<T> cycle(Iterable<? extends T> source) {
    return new CycleStage<>(Pull.over(source, "source"), Long.MAX_VALUE);
  }

  /** The same object for ever. */
  public static <T extends @Nullable Object> Iter<T> repeat(T element) {
    return new RepeatIter<>(element, Long.MAX_VALUE);
  }

  /** The same object {@code times} times, 0 or more; {@code Long.MAX_VALUE} stands for ever. */
  public static <T extends @Nullable Object> Iter<T> repeat(T element, long times) {
    return new RepeatIter<>(element, Check.notNegative(times, "times", "leave it out to repeat for ever"));
  }

  // Ranges

  /** 0 up to, not including, {@code stop}. */
  public static IntIter range(int stop) {
    return range(0, stop);
  }

  /** {@code start} up to, not including, {@code stop}. */
  public static IntIter range(int start, int stop) {
    return range(start, stop, 1);
  }

  /** From {@code start} in steps, which may be negative but not 0, up to, not including, {@code stop}. */
  public static IntIter range(int start, int stop, int step) {
    return new IntRange(start, stop, step);
  }

  /** {@code start} up to, not including, {@code stop}. */
  public static LongIter range(long start, long stop) {
    return range(start, stop, 1L);
  }

  /** From {@code start} in steps, which may be negative but not 0, up to, not including, {@code stop}. */
  public static LongIter range(long start, long stop, long step) {
    return new LongRange(start, stop, step);
  }

  /** Running results of {@code fn}: the first element, then {@code fn} of the last result and the next element. */
  public static <T extends @Nullable Object> Iter<T> accumulate(Iterable<? extends T> source, BinaryOperator<T> fn) {
    return Iter.<T>from(source).accumulate(fn);
  }

  /** Running results of {@code fn} that begin with {@code initial}: one element more than the source has. */
  public static <T extends @Nullable Object, R extends @Nullable Object> Iter<R> accumulate(
      Iterable<? extends T> source, R initial, BiFunction<? super R, ? super T, ? extends R> fn) {
    return Iter.<T>from(source).accumulate(initial, fn);
  }

  /** Lists of {@code n} consecutive elements, 1 or more; the last one may be shorter. */
  public static <T extends @Nullable Object> Iter<List<T>> batched(Iterable<? extends T> source, int n) {
    return BatchStage.of(source, n, BatchStage.Rest.KEEP);
  }

  /** As {@link #batched}, but an {@link IllegalArgumentException} in place of a last list that is shorter. */
  public static <T extends @Nullable Object> Iter<List<T>> batchedStrict(Iterable<? extends T> source, int n) {
    return BatchStage.of(source, n, BatchStage.Rest.REFUSE);
  }

  /** The first element that fails the predicate and all after it. */
  public static <T extends @Nullable Object> Iter<T> dropWhile(
      Predicate<? super T> predicate, Iterable<? extends T> source) {
    return Iter.<T>from(source).dropWhile(predicate);
  }

  /** The elements before the first that fails the predicate; that one is taken from the source and lost. */
  public static <T extends @Nullable Object> Iter<T> takeWhile(
      Predicate<? super T> predicate, Iterable<? extends T> source) {
    return Iter.<T>from(source).takeWhile(predicate);
  }

  /** The elements for which the predicate is false. */
  public static <T extends @Nullable Object> Iter<T> filterFalse(
      Predicate<? super T> predicate, Iterable<? extends T> source) {
    return Iter.<T>from(source).filterFalse(predicate);
  }

  /** Each element with its number, counted from 0. */
  public static <T extends @Nullable Object> Iter<Indexed<T>> enumerate(Iterable<? extends T> source) {
    return enumerate(source, 0);
  }

  /** Each element with its number, counted from {@code start}. */
  public static <T extends @Nullable Object> Iter<Indexed<T>> enumerate(Iterable<? extends T> source, long start) {
    return Iter.<T>from(source).enumerate(start);
  }

  /** Runs of consecutive equal elements: {@link #groupBy(Iterable, Function)} with the element as its own key. */
  public static <T extends @Nullable Object> Iter<Group<T, T>> groupBy(Iterable<? extends T> source) {
    return groupBy(source, e -> e);
  }

  /**
   * Runs of consecutive elements with equal keys; sort by the key first to have one run for each.
   *
   * <p>The groups read from the one source: when the result looks for the next group, the last group has no more elements.
   */
  public static <T extends @Nullable Object, K extends @Nullable Object> Iter<Group<K, T>> groupBy(
      Iterable<? extends T> source, Function<? super T, ? extends K> key) {
    return Iter.<T>from(source).groupBy(key);
  }

  /** The first {@code stop} elements. */
  public static <T extends @Nullable Object> Iter<T> islice(Iterable<? extends T> source, long stop) {
    return islice(source, 0, stop, 1);
  }

  /** The elements from number {@code start} up to, not including, number {@code stop}. */
  public static <T extends @Nullable Object> Iter<T> islice(Iterable<? extends T> source, long start, long stop) {
    return islice(source, start, stop, 1);
  }

  /**
   * Every {@code step}-th element from number {@code start} up to, not including, number {@code stop}.
   *
   * @param start 0 or more
   * @param stop at least {@code start}; {@code Long.MAX_VALUE} for all there are
   * @param step 1 or more
   */
  public static <T extends @Nullable Object> Iter<T> islice(Iterable<? extends T> source, long start, long stop, long step) {
    Check.notNull(source, "source");
    return SliceStage.of(Pull.over(source, "source"), start, stop, step);
  }

  /** Each element with its successor; nothing when there is only one element. */
  public static <T extends @Nullable Object> Iter<Pair<T, T>> pairwise(Iterable<? extends T> source) {
    return Iter.<T>from(source).pairwise();
  }

  /** A function of two arguments applied to the parts of each pair. */
  public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Iter<R> starMap(
      BiFunction<? super A, ? super B, ? extends R> fn, Iterable<Pair<A, B>> source) {
    Check.notNull(fn, "fn");
    return new MapStage<Pair<A, B>, R>(Pull.over(source, "source"), pair -> fn.apply(pair.first(), pair.second()));
  }

  /** Two iterators over the same elements: {@link #tee(Iterable, int)}. */
  public static <T extends @Nullable Object> Pair<Iter<T>, Iter<T>> tee(Iterable<? extends T> source) {
    return TeeStage.two(Pull.over(source, "source"));
  }

  /**
   * {@code n} iterators, 0 or more, over the same elements; the source must not be read otherwise any more.
   *
   * <p>What one has read and another has not is kept, without a bound. Closing one frees what it held back; the source is
   * closed with the last. An error of the source reaches the one that asked; the others may go on. Threads may take
   * turns. An {@link IllegalStateException} if a branch needs the source while another one reads it: because the source asks
   * a branch, or two threads do at the same time; for threads see {@link #concurrentTee}.
   */
  public static <T extends @Nullable Object> List<Iter<T>> tee(Iterable<? extends T> source, int n) {
    Check.notNull(source, "source");
    Check.notNegative(n, "n", "it says how many iterators to make");
    return n == 0 ? List.of() : TeeStage.branches(Pull.over(source, "source"), n);
  }

  /** The elements of all sources, one source after the other; each is opened when its turn comes. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> Iter<T> chain(Iterable<? extends T>... sources) {
    Zips.checkEach(sources);
    return new ChainStage<>(Arrays.asList(sources));
  }

  /** The elements of all sources, which are themselves found lazily: {@code chain.from_iterable}. */
  public static <T extends @Nullable Object> Iter<T> chainFromIterable(
      Iterable<? extends Iterable<? extends T>> sources) {
    return new FlatStage<Iterable<? extends T>, T>(Pull.over(sources, "sources"), source -> source, false);
  }

  /** The elements of {@code data} whose selector is true, until either ends. */
  public static <T extends @Nullable Object> Iter<T> compress(Iterable<? extends T> data, Iterable<Boolean> selectors) {
    return new CompressStage<>(Pull.over(data, "data"), Pull.over(selectors, "selectors"));
  }

  /**
   * Pairs of the elements of two sources until the shorter ends; an element of the first may be lost then, as in Python.
   */
  public static <A extends @Nullable Object, B extends @Nullable Object> Iter<Pair<A, B>> zip(
      Iterable<? extends A> first, Iterable<? extends B> second) {
    boolean independent = first instanceof Collection<?> && second instanceof Collection<?>;
    return new PairStage<>(Pull.over(first, "first"), Pull.over(second, "second"), independent);
  }

  /** Triples of the elements of three sources until the shortest ends; for more sources there is {@link #zipAll}. */
  public static <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> Iter<Triple<A, B, C>> zip(
      Iterable<? extends A> first, Iterable<? extends B> second, Iterable<? extends C> third) {
    List<Pull<?>> sources = List.of(Pull.over(first, "first"), Pull.over(second, "second"), Pull.over(third, "third"));
    return new ZipStage<Triple<A, B, C>>(sources, Zips::triple, false);
  }

  /** As {@link #zip(Iterable, Iterable)}, but an {@link IllegalArgumentException} when one source ends before the other. */
  public static <A extends @Nullable Object, B extends @Nullable Object> Iter<Pair<A, B>> zipStrict(
      Iterable<? extends A> first, Iterable<? extends B> second) {
    return new ZipStage<Pair<A, B>>(List.of(Pull.over(first, "first"), Pull.over(second, "second")), Zips::pair, true);
  }

  /** Rows of one element from each of any number of sources, until the shortest ends. */
  public static <T extends @Nullable Object> Iter<List<T>> zipAll(Iterable<? extends Iterable<? extends T>> sources) {
    return new ZipStage<List<T>>(Zips.<T>all(sources), Row::copyOf, false);
  }

  /** As {@link #zipAll}, but an {@link IllegalArgumentException} when the sources do not end together. */
  public static <T extends @Nullable Object> Iter<List<T>> zipAllStrict(
      Iterable<? extends Iterable<? extends T>> sources) {
    return new ZipStage<List<T>>(Zips.<T>all(sources), Row::copyOf, true);
  }

  /** Pairs of the elements of two sources until the longer ends, with {@code null} for what is missing. */
  public static <A extends @Nullable Object, B extends @Nullable Object> Iter<Pair<@Nullable A, @Nullable B>> zipLongest(
      Iterable<? extends A> first, Iterable<? extends B> second) {
    return Itertools.<@Nullable A, @Nullable B>zipLongest(first, second, null, null);
  }

  /** Pairs of the elements of two sources until the longer ends, with a fill value for what is missing on either side. */
  public static <A extends @Nullable Object, B extends @Nullable Object> Iter<Pair<A, B>> zipLongest(
      Iterable<? extends A> first, Iterable<? extends B> second, A fillFirst, B fillSecond) {
    return Zips.longest(Pull.over(first, "first"), Pull.over(second, "second"), fillFirst, fillSecond);
  }

  /**
   * Rows of one element from each of any number of sources, until the longest ends, with {@code fill} for what is missing.
   */
  public static <T extends @Nullable Object> Iter<List<T>> zipAllLongest(
      Iterable<? extends Iterable<? extends T>> sources, T fill) {
    List<Pull<T>> all = Zips.all(sources);
    return new ZipLongestStage<List<T>>(all, Zips.fills(fill, all.size()), Row::copyOf);
  }

  // Combinatorics: the sources are read at once

  /**
   * The rows of one element from each source, the last position changing fastest; one empty row when there is no source.
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> Iter<List<T>> product(Iterable<? extends T>... sources) {
    return productRepeat(1, sources);
  }

  /**
   * Returns the product of the sources with themselves: {@code product(*sources, repeat=repeat)}.
   *
   * @param repeat 0 or more; for 0 the one row is empty, and the sources are not read
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> Iter<List<T>> productRepeat(int repeat, Iterable<? extends T>... sources) {
    Check.notNegative(repeat, "repeat", "it says how many times the sources are multiplied");
    Zips.checkEach(sources);
    return Pools.product(repeat, sources);
  }

  /** All orders of the elements, by position: equal elements at different positions are different. */
  public static <T extends @Nullable Object> Iter<List<T>> permutations(Iterable<? extends T> source) {
    return Pools.orders(source);
  }

  /** All orders of {@code r} of the elements, 0 or more; none when there are fewer. */
  public static <T extends @Nullable Object> Iter<List<T>> permutations(Iterable<? extends T> source, int r) {
    return Pools.select(source, r, SelectionIter.Kind.PERMUTATIONS);
  }

  /** All choices of {@code r} of the elements, 0 or more, each in the order of the source; none when there are fewer. */
  public static <T extends @Nullable Object> Iter<List<T>> combinations(Iterable<? extends T> source, int r) {
    return Pools.select(source, r, SelectionIter.Kind.COMBINATIONS);
  }

  /** As {@link #combinations}, but an element may be chosen more than once. */
  public static <T extends @Nullable Object> Iter<List<T>> combinationsWithReplacement(
      Iterable<? extends T> source, int r) {
    return Pools.select(source, r, SelectionIter.Kind.WITH_REPLACEMENT);
  }

  /**
   * One iterator that any number of threads may read at the same time; every element goes to exactly one of them.
   *
   * <p>Thread-safe. {@code next} and sinks take elements one at a time under a lock. A for-each loop over the result may
   * run in each thread ({@link Iter#iterator()} gives each loop a view that holds the one element it has been promised);
   * calling {@code hasNext} and {@code next} on the shared object itself allows another thread to come in between. Stages
   * made from it belong to the thread that made them.
   *
   * <p>Blocking and interruption: a thread waits while another one is in the source's {@code next}. When it is interrupted
   * while it waits, it gets a {@link java.util.concurrent.CancellationException}, its interrupt status stays set, and no
   * element is lost. Closing waits as well and ignores interrupts; threads that wait for an element then find the end.
   * What happened before an element was made in the source's {@code next} happened before it is returned here. A source
   * that reads from its own serialized iterator gets an {@link IllegalStateException}.
   *
   * <p>Origin: {@code more_itertools.serialize}.
   */
  public static <T extends @Nullable Object> Iter<T> serialize(Iterable<? extends T> source) {
    return new SerializedIter<>(Pull.over(source, "source"));
  }

  /**
   * {@code n} iterators, 0 or more, over the same elements, each of which may be read by another thread.
   *
   * <p>Thread-safe between the iterators; each of them is for one thread at a time ({@link #serialize} it to share it
   * further). What one has read and another has not is kept, without a bound; closing one frees what it held back, and the
   * source is closed with the last. An error of the source reaches the one that asked; the others may go on.
   *
   * <p>Blocking and interruption: reading what another one has read already never waits. Otherwise a thread waits while
   * another one is in the source's {@code next}; when it is interrupted while it waits, it gets a {@link
   * java.util.concurrent.CancellationException}, its interrupt status stays set, and no element is lost. What happened
   * before an element was made happened before each iterator returns it.
   *
   * <p>Origin: {@code more_itertools.concurrent_tee}.
   */
  public static <T extends @Nullable Object> List<Iter<T>> concurrentTee(Iterable<? extends T> source, int n) {
    Check.notNull(source, "source");
    Check.notNegative(n, "n", "it says how many iterators to make");
    return n == 0 ? List.of() : ConcurrentTeeIter.branches(Pull.over(source, "source"), n);
  }
}
