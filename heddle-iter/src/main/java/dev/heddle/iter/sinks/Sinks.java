package dev.heddle.iter.sinks;

import dev.heddle.iter.Generator;
import dev.heddle.iter.Iter;
import dev.heddle.iter.engine.Drain;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.SourceIter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * The loops that read an iterator.
 *
 * <p>They leave it open, for what is left. A source is closed when it has run to its end; the pipeline over it need not be
 * told.
 */
public final class Sinks {
  private Sinks() {}

  public static <T extends @Nullable Object> void forEach(Iter<T> iter, Consumer<? super T> action) {
    anyMatch(
        iter,
        e -> {
          action.accept(e);
          return false;
        });
  }

  /**
   * As {@link #forEach}, for an action that leaves the iterator alone.
   *
   * <p>So nothing can happen between two elements that needs a generator to be suspended, and one that was not started is
   * run straight through. When its action fails it cannot be left suspended; so a generator is closed when a sink of it
   * fails.
   */
  public static <T extends @Nullable Object> void drain(Iter<T> iter, Consumer<? super T> sink) {
    if (!Drain.all(iter, sink, Pull.BUDGET)) {
      forEach(iter, sink);
    }
  }

  public static <T extends @Nullable Object> boolean anyMatch(Iter<T> iter, Predicate<? super T> predicate) {
    if (!(iter instanceof Generator<T> generator)) {
      return anyOf(Pull.over(iter), predicate);
    }
    Pull<T> pull = SourceIter.of(generator); // as a loop over it, which is refused when it has ended
    try {
      return anyOf(pull, predicate);
    } catch (Throwable t) {
      try (generator) {
        throw t;
      }
    }
  }

  private static <T extends @Nullable Object> boolean anyOf(Pull<T> pull, Predicate<? super T> predicate) {
    for (Object e = pull.advance(Pull.BUDGET); e != Pull.END; e = pull.advance(Pull.BUDGET)) {
      if (predicate.test(Pull.cast(e))) {
        return true;
      }
    }
    return false;
  }

  /** The combination of the elements so far; {@link Pull#NEED} before the first. */
  private static final class Combined<T extends @Nullable Object, R extends @Nullable Object> implements Consumer<T> {
    private final BiFunction<? super R, ? super T, ? extends R> fn;
    private @Nullable Object value;

    Combined(@Nullable Object initial, BiFunction<? super R, ? super T, ? extends R> fn) {
      this.value = initial;
      this.fn = fn;
    }

    @Override
    public void accept(T element) {
      value = value == Pull.NEED ? element : fn.apply(Pull.cast(value), element);
    }
  }

  public static <T extends @Nullable Object, R extends @Nullable Object> R reduce(
      Iter<T> iter, R initial, BiFunction<? super R, ? super T, ? extends R> fn) {
    Combined<T, R> combined = new Combined<>(initial, fn);
    drain(iter, combined);
    return Pull.cast(combined.value);
  }

  /** All elements combined; empty when there is none. */
  public static <T extends @Nullable Object> Optional<T> reduce(Iter<T> iter, BinaryOperator<T> fn) {
    Combined<T, T> combined = new Combined<>(Pull.NEED, fn);
    drain(iter, combined);
    return combined.value == Pull.NEED ? Optional.empty() : Optional.ofNullable(Pull.cast(combined.value));
  }

  public static <T extends @Nullable Object, A extends @Nullable Object, R extends @Nullable Object> R collect(
      Iter<T> iter, Collector<? super T, A, R> collector) {
    A container = collector.supplier().get();
    BiConsumer<A, ? super T> accumulator = collector.accumulator();
    drain(iter, e -> accumulator.accept(container, e));
    return collector.finisher().apply(container);
  }

  public static String joining(Iter<?> iter, CharSequence delimiter) {
    StringBuilder text = new StringBuilder();
    boolean[] begun = new boolean[1];
    drain(
        iter,
        e -> {
          text.append(begun[0] ? delimiter : "").append(e);
          begun[0] = true;
        });
    return text.toString();
  }

  /** The last element, or another value when there is none. */
  public static <T extends @Nullable Object> T last(Iter<? extends T> iter, T other) {
    return reduce(iter, other, (before, e) -> e);
  }

  public static <T extends @Nullable Object> T nextOr(Iter<T> iter, T other) {
    Object e = Pull.over(iter).advance(Pull.BUDGET);
    return e == Pull.END ? other : Pull.cast(e);
  }

  public static <T extends @Nullable Object> Optional<T> first(Iter<T> iter) {
    Object e = Pull.over(iter).advance(Pull.BUDGET);
    return e == Pull.END
        ? Optional.empty()
        : Optional.of(Pull.cast(Objects.requireNonNull(e, "the first element is null; use next()")));
  }

  /**
   * The result of reading some elements of a source. An {@code Iter} stays open for its owner, with what is left; anything
   * else cannot be read further, so it is closed.
   */
  public static <T extends @Nullable Object, R extends @Nullable Object> R reading(
      Iterable<? extends T> source, Function<Pull<T>, R> fn) {
    return Sinks.<T, R>consuming(source, iter -> fn.apply(Pull.over(iter)));
  }

  /** All elements of a source in a modifiable list; it is left open or closed as by {@link #reading}. */
  public static <T extends @Nullable Object> List<T> toList(Iterable<? extends T> source) {
    return Sinks.<T, List<T>>consuming(source, Iter::toList);
  }

  private static <T extends @Nullable Object, R extends @Nullable Object> R consuming(
      Iterable<? extends T> source, Function<Iter<T>, R> fn) {
    Iter<T> iter = Iter.from(source);
    if (source instanceof Iter<?>) {
      return fn.apply(iter);
    }
    try (iter) {
      return fn.apply(iter);
    }
  }
}
