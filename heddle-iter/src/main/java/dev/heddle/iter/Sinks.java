package dev.heddle.iter;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** The loops that read an iterator and close it. */
final class Sinks {
  private Sinks() {}

  static <T extends @Nullable Object> void forEach(Iter<T> iter, Consumer<? super T> action) {
    try (iter) {
      Pull<T> pull = Pull.over(iter);
      for (Object e = pull.advance(Pull.BUDGET); e != Pull.END; e = pull.advance(Pull.BUDGET)) {
        action.accept(Pull.cast(e));
      }
    }
  }

  /**
   * As {@link #forEach}, for a sink of this package: it neither fails nor touches the iterator.
   *
   * <p>So nothing can happen between two elements, and the body of a generator that was not started need not be suspended
   * there.
   */
  @SuppressWarnings("unchecked") // what a coroutine that is an Iter<T> yields is a T
  static <T extends @Nullable Object> void drain(Iter<T> iter, Consumer<? super T> sink) {
    if (iter instanceof AbstractCoroutine<?, ?, ?> coroutine && coroutine.state == AbstractCoroutine.CREATED) {
      coroutine.drain((Consumer<@Nullable Object>) sink, Pull.BUDGET); // to its end or its failure: it is closed then
    } else {
      forEach(iter, sink);
    }
  }

  static <T extends @Nullable Object, R extends @Nullable Object> R reduce(
      Iter<T> iter, R initial, BiFunction<? super R, ? super T, ? extends R> fn) {
    try (iter) {
      Pull<T> pull = Pull.over(iter);
      R result = initial;
      for (Object e = pull.advance(Pull.BUDGET); e != Pull.END; e = pull.advance(Pull.BUDGET)) {
        result = fn.apply(result, Pull.cast(e));
      }
      return result;
    }
  }

  static <T extends @Nullable Object, A extends @Nullable Object, R extends @Nullable Object> R collect(
      Iter<T> iter, Collector<? super T, A, R> collector) {
    A container = collector.supplier().get();
    BiConsumer<A, ? super T> accumulator = collector.accumulator();
    forEach(iter, e -> accumulator.accept(container, e));
    return collector.finisher().apply(container);
  }

  static <T extends @Nullable Object> boolean anyMatch(Iter<T> iter, Predicate<? super T> predicate) {
    try (iter) {
      Pull<T> pull = Pull.over(iter);
      for (Object e = pull.advance(Pull.BUDGET); e != Pull.END; e = pull.advance(Pull.BUDGET)) {
        if (predicate.test(Pull.cast(e))) {
          return true;
        }
      }
      return false;
    }
  }

  /** The last element, or another value when there is none. */
  static <T extends @Nullable Object> T last(Iter<? extends T> iter, T other) {
    return reduce(iter, other, (before, e) -> e);
  }

  static <T extends @Nullable Object> T nextOr(Iter<T> iter, T other) {
    Object e = Pull.over(iter).advance(Pull.BUDGET);
    return e == Pull.END ? other : Pull.cast(e);
  }

  /**
   * The result of reading some elements of a source. An {@code Iter} stays open for its owner, with what is left; anything
   * else nobody can go on with, so it is closed.
   */
  static <T extends @Nullable Object, R extends @Nullable Object> R reading(
      Iterable<? extends T> source, Function<Pull<T>, R> fn) {
    Pull<T> pull = Pull.over(source, "source");
    if (source instanceof Iter<?>) {
      return fn.apply(pull);
    }
    try (pull) {
      return fn.apply(pull);
    }
  }
}
