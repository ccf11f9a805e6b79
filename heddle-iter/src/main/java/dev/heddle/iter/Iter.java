package dev.heddle.iter;

import dev.heddle.base.Check;
import dev.heddle.iter.combine.ChainStage;
import dev.heddle.iter.combine.FlatStage;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.SourceIter;
import dev.heddle.iter.sinks.Sinks;
import dev.heddle.iter.stages.AccumulateStage;
import dev.heddle.iter.stages.DropWhileStage;
import dev.heddle.iter.stages.EnumerateStage;
import dev.heddle.iter.stages.FilterStage;
import dev.heddle.iter.stages.GatherStage;
import dev.heddle.iter.stages.GroupStage;
import dev.heddle.iter.stages.MapStage;
import dev.heddle.iter.stages.PairwiseStage;
import dev.heddle.iter.stages.PeekStage;
import dev.heddle.iter.stages.SliceStage;
import dev.heddle.iter.stages.TakeWhileStage;
import dev.heddle.iter.stages.UniqueStage;
import dev.heddle.iter.stages.WholeStage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.BaseStream;
import java.util.stream.Collector;
import java.util.stream.Gatherer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A pull iterator: a lazy, single-use sequence that computes an element only when it is asked for and that can be closed
 * before its end.
 *
 * <p>It is its own {@link Iterable}, so it can be used in a for-each loop; a second loop continues where the first stopped,
 * as a Python iterator does. Methods come in two kinds:
 *
 * <ul>
 *   <li><b>Stages</b> ({@link #map}, {@link #filter}, {@link #limit}, {@link #chain}, ...) return a new {@code Iter} that
 *       reads from this one. Both may go on being used; they share the elements that are left. Stages may be stacked to
 *       any depth.
 *   <li><b>Sinks</b> ({@link #toList}, {@link #forEach}, {@link #reduce}, {@link #anyMatch}, ...) read it, as far as they
 *       need, and leave it open: what they have not read is still there.
 * </ul>
 *
 * <p>So {@code lines.limit(2).toList()} takes two lines, and {@code lines.toList()} then takes the others.
 *
 * <p><b>Closing:</b> running to the end of a source closes it. What stops before (a {@code break}, {@code limit}, {@code
 * takeWhile}, {@code zip}, {@code anyMatch}, {@code first}, an exception) leaves the source open for others; where it holds
 * something that has to be released, code that stops early calls {@link #close()}, best in a try-with-resources statement.
 * {@link #close()} closes all that the iterator reads from. An iterator that was closed before its end says so: each call
 * that asks it for an element is an {@link IllegalStateException}.
 *
 * <p><b>Looking ahead:</b> {@link #hasNext()} may have to compute the next element, and keeps it; where it can it only asks
 * the source, and leaves the element there. So code that takes elements from a shared source calls {@code hasNext} and
 * {@code next} with nothing in between. {@link #next()} alone never takes more from the source than it needs. When the
 * source or a function throws, the exception reaches the caller, the iterator stays open, and the next call goes on behind
 * the element that failed.
 *
 * <p>Not thread-safe: one thread at a time pulls and closes; {@link Itertools#serialize} and {@link
 * Itertools#concurrentTee} share an iterator between threads. Whether {@link #next()} blocks depends on the
 * source.
 *
 * <p>Origin: Python's iterator protocol ({@code iter}, {@code next}), with {@code close} as on its generators.
 *
 * @param <T> the type of the elements
 */
@SuppressWarnings("IterableAndIterator") // as in Python, an iterator is its own single-use iterable
public interface Iter<T extends @Nullable Object> extends Iterator<T>, Iterable<T>, AutoCloseable {

  /**
   * An {@code Iter} over the elements of a source.
   *
   * @param source where the elements come from; an {@code Iter} is returned as it is, and another source that is {@link
   *     AutoCloseable} (or whose iterator is) is closed with the result
   */
  @SuppressWarnings("unchecked") // an Iter only hands elements out, so Iter<? extends T> serves as Iter<T>
  static <T extends @Nullable Object> Iter<T> from(Iterable<? extends T> source) {
    return Check.notNull(source, "source") instanceof Iter<?> iter ? (Iter<T>) iter : SourceIter.of(source);
  }

  /** An {@code Iter} over what is left of an iterator; one that is {@link AutoCloseable} is closed with the result. */
  static <T extends @Nullable Object> Iter<T> fromIterator(Iterator<? extends T> iterator) {
    return SourceIter.of(iterator, Check.notNull(iterator, "iterator"));
  }

  /** An {@code Iter} over a stream, which is closed with it and when it has run to its end. */
  static <T extends @Nullable Object> Iter<T> fromStream(BaseStream<T, ?> stream) {
    return SourceIter.of(stream, Check.notNull(stream, "stream").iterator());
  }

  /** An {@code Iter} over the given elements, in their order. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  static <T extends @Nullable Object> Iter<T> of(T... elements) {
    return from(Arrays.asList(Check.notNull(elements, "elements")));
  }

  /** An {@code Iter} over the characters of a text, each a string of one code point, as over a Python {@code str}. */
  static Iter<String> ofCharacters(CharSequence text) {
    return fromStream(Check.notNull(text, "text").codePoints().mapToObj(Character::toString));
  }

  /**
   * This iterator itself.
   *
   * <p>Single-use: a loop over it starts where the last one stopped.
   */
  @Override
  default Iterator<T> iterator() {
    return this;
  }

  /**
   * Closes all that this iterator reads from.
   *
   * <p>If it had not run to its end, asking it for an element is an {@link IllegalStateException} from then on. A second
   * call does nothing. (A {@link Generator} itself then answers {@code hasNext} and {@code next} as at its end, as in
   * Python; all else that reads it is a {@link GeneratorException.WrongState}.)
   */
  @Override
  default void close() {}

  /** The next element, or another value when there is none. Origin: Python's {@code next(iterator, default)}. */
  default T nextOr(T other) {
    return Sinks.nextOr(this, other);
  }

  // Stages

  /** {@code fn} of each element. */
  default <R extends @Nullable Object> Iter<R> map(Function<? super T, ? extends R> fn) {
    return new MapStage<>(Pull.over(this), Check.notNull(fn, "fn"));
  }

  /**
   * The elements of the sources that {@code fn} makes of each element; a source is closed when its elements are through.
   */
  default <R extends @Nullable Object> Iter<R> flatMap(Function<? super T, ? extends Iterable<? extends R>> fn) {
    return new FlatStage<T, R>(Pull.over(this), Check.notNull(fn, "fn"), true);
  }

  /** The elements for which the predicate is true. */
  default Iter<T> filter(Predicate<? super T> predicate) {
    return new FilterStage<>(Pull.over(this), Check.notNull(predicate, "predicate"), true);
  }

  /** The elements for which the predicate is false. Origin: {@code itertools.filterfalse}. */
  default Iter<T> filterFalse(Predicate<? super T> predicate) {
    return new FilterStage<>(Pull.over(this), Check.notNull(predicate, "predicate"), false);
  }

  /** The elements before the first that fails the predicate; that one is lost. Origin: {@code itertools.takewhile}. */
  default Iter<T> takeWhile(Predicate<? super T> predicate) {
    return new TakeWhileStage<>(Pull.over(this), Check.notNull(predicate, "predicate"));
  }

  /** The first element that fails the predicate and all after it. Origin: {@code itertools.dropwhile}. */
  default Iter<T> dropWhile(Predicate<? super T> predicate) {
    return new DropWhileStage<>(Pull.over(this), Check.notNull(predicate, "predicate"));
  }

  /** The first {@code count} elements, 0 or more; no further one is taken from the source. */
  default Iter<T> limit(long count) {
    Check.notNegative(count, "count", "it says how many elements to keep");
    return new SliceStage<>(Pull.over(this), 0, count, 1);
  }

  /** All but the first {@code count} elements, 0 or more. */
  default Iter<T> skip(long count) {
    Check.notNegative(count, "count", "it says how many elements to leave out");
    return new SliceStage<>(Pull.over(this), count, Long.MAX_VALUE, 1);
  }

  /** Every {@code step}-th element from {@code start} up to, not including, {@code stop}: {@link Itertools#islice}. */
  default Iter<T> islice(long start, long stop, long step) {
    return Itertools.islice(this, start, stop, step);
  }

  /** Each element with its number, counted from 0. Origin: Python's {@code enumerate}. */
  default Iter<Indexed<T>> enumerate() {
    return enumerate(0);
  }

  /** Each element with its number, counted from {@code start}. */
  default Iter<Indexed<T>> enumerate(long start) {
    return new EnumerateStage<>(Pull.over(this), start);
  }

  /** Pairs of the elements of this and another source, until one ends: {@link Itertools#zip}. */
  default <U extends @Nullable Object> Iter<Pair<T, U>> zip(Iterable<? extends U> other) {
    return Itertools.zip(this, other);
  }

  /** This one's elements, then those of another source: {@link Itertools#chain}. */
  default Iter<T> chain(Iterable<? extends T> next) {
    return new ChainStage<>(List.of(this, Check.notNull(next, "next")));
  }

  /** Lists of {@code n} consecutive elements, the last perhaps shorter: {@link Itertools#batched}. */
  default Iter<List<T>> batched(int n) {
    return Itertools.batched(this, n);
  }

  /** Each element with its successor. Origin: {@code itertools.pairwise}. */
  default Iter<Pair<T, T>> pairwise() {
    return new PairwiseStage<>(Pull.over(this));
  }

  /** Running results of {@code fn}, beginning with the first element. Origin: {@code itertools.accumulate}. */
  default Iter<T> accumulate(BinaryOperator<T> fn) {
    return AccumulateStage.of(Pull.over(this), Check.notNull(fn, "fn"));
  }

  /** Running results of {@code fn}, beginning with {@code initial}, which is handed out first. */
  default <R extends @Nullable Object> Iter<R> accumulate(R initial, BiFunction<? super R, ? super T, ? extends R> fn) {
    return AccumulateStage.from(Pull.over(this), Check.notNull(fn, "fn"), initial);
  }

  /** Runs of consecutive elements with equal keys: {@link Itertools#groupBy}. */
  default <K extends @Nullable Object> Iter<Group<K, T>> groupBy(Function<? super T, ? extends K> key) {
    return new GroupStage<T, K>(Pull.over(this), Check.notNull(key, "key"));
  }

  /** The elements unchanged; each is shown to an action as it passes. */
  default Iter<T> peek(Consumer<? super T> action) {
    return new PeekStage<>(Pull.over(this), Check.notNull(action, "action"), null, null);
  }

  /** The elements without those that were there before, which are remembered. */
  default Iter<T> distinct() {
    return new UniqueStage<>(Pull.over(this), e -> e, true);
  }

  /** All elements in the given order, equal ones in that of the source, which is read to its end for the first of them. */
  default Iter<T> sorted(Comparator<? super T> order) {
    Check.notNull(order, "order");
    return new WholeStage<>(Pull.over(this), all -> all.sort(order));
  }

  /** All elements from the last to the first; the source is read to its end for the first of them. */
  default Iter<T> reversed() {
    return new WholeStage<>(Pull.over(this), Collections::reverse);
  }

  /** What a {@link Gatherer} makes of the elements; it is run one element at a time, as they are asked for. */
  default <R extends @Nullable Object> Iter<R> gather(Gatherer<? super T, ?, R> gatherer) {
    return new GatherStage<>(Pull.over(this), Check.notNull(gatherer, "gatherer"));
  }

  /** The result of a function of this iterator: a place in a chain of calls for one's own stages. */
  default <R extends @Nullable Object> R then(Function<? super Iter<T>, ? extends R> fn) {
    return Check.notNull(fn, "fn").apply(this);
  }

  /** The remaining elements as a sequential {@link Stream}; closing the stream closes this iterator. */
  default Stream<T> stream() {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(Pull.over(this), Spliterator.ORDERED), false)
        .onClose(this::close);
  }

  // Sinks: all leave this iterator open, with what they have not read

  /** Gives each remaining element to an action. */
  @Override
  default void forEach(Consumer<? super T> action) {
    Sinks.forEach(this, Check.notNull(action, "action"));
  }

  /** All remaining elements in a modifiable list. */
  default List<T> toList() {
    List<T> all = new ArrayList<>();
    Sinks.drain(this, all::add);
    return all;
  }

  /** What a collector makes of the remaining elements. */
  default <A extends @Nullable Object, R extends @Nullable Object> R collect(Collector<? super T, A, R> collector) {
    return Sinks.collect(this, Check.notNull(collector, "collector"));
  }

  /** All elements combined from the left, starting with the first; empty when there is none. */
  default Optional<T> reduce(BinaryOperator<T> fn) {
    return Sinks.reduce(this, Check.notNull(fn, "fn"));
  }

  /** All elements combined from the left, starting with an initial value. Origin: {@code functools.reduce}. */
  default <R extends @Nullable Object> R reduce(R initial, BiFunction<? super R, ? super T, ? extends R> fn) {
    return Sinks.reduce(this, initial, Check.notNull(fn, "fn"));
  }

  /** How many elements remain. */
  default long count() {
    long[] count = new long[1];
    Sinks.drain(this, e -> count[0]++);
    return count[0];
  }

  /** The sum of a whole number of each element; an {@link ArithmeticException} when it is beyond a long. */
  default long sumLong(ToLongFunction<? super T> value) {
    Check.notNull(value, "value");
    long[] sum = new long[1];
    Sinks.drain(this, e -> sum[0] = Math.addExact(sum[0], value.applyAsLong(e)));
    return sum[0];
  }

  /** The sum of a number of each element, added one after the other. */
  default double sumDouble(ToDoubleFunction<? super T> value) {
    Check.notNull(value, "value");
    double[] sum = new double[1];
    Sinks.drain(this, e -> sum[0] += value.applyAsDouble(e));
    return sum[0];
  }

  /** The first of the smallest elements; empty when there is none. */
  default Optional<T> min(Comparator<? super T> order) {
    Check.notNull(order, "order");
    return reduce((a, b) -> order.compare(b, a) < 0 ? b : a);
  }

  /** The first of the greatest elements, as in Python; empty when there is none. */
  default Optional<T> max(Comparator<? super T> order) {
    Check.notNull(order, "order");
    return reduce((a, b) -> order.compare(b, a) > 0 ? b : a);
  }

  /** Whether the predicate is true for an element; it stops at the first. */
  default boolean anyMatch(Predicate<? super T> predicate) {
    return Sinks.anyMatch(this, Check.notNull(predicate, "predicate"));
  }

  /** Whether the predicate is true for every element; it stops at the first that fails. */
  default boolean allMatch(Predicate<? super T> predicate) {
    Check.notNull(predicate, "predicate");
    return !Sinks.anyMatch(this, e -> !predicate.test(e));
  }

  /** The next element; empty when there is none. */
  default Optional<T> first() {
    return Sinks.first(this);
  }

  /** The texts of all elements with a delimiter between them. */
  default String joining(CharSequence delimiter) {
    return Sinks.joining(this, Check.notNull(delimiter, "delimiter"));
  }
}
