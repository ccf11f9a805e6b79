package dev.heddle.iter.combine;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Passed;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The elements of the sources that a function makes of the upstream's elements, one source after the other. */
public final class FlatStage<T extends @Nullable Object, R extends @Nullable Object> extends Stage<@Nullable Object, R> {
  private final Pull<? extends T> outer;
  private final Function<? super T, ? extends Iterable<? extends R>> fn;
  private final boolean owning;
  private final Passed passed = new Passed();

  /**
   * A stage over the sources that {@code fn} returns.
   *
   * @param owning whether the sources are made by {@code fn} and closed when they have ended; otherwise they belong to
   *     other code, which may go on reading them, and are closed with this only
   */
  public FlatStage(Pull<? extends T> outer, Function<? super T, ? extends Iterable<? extends R>> fn, boolean owning) {
    super(outer);
    this.outer = outer;
    this.fn = fn;
    this.owning = owning;
  }

  @Override
  protected @Nullable Object offer(@Nullable Object input) {
    if (up != outer) {
      return input;
    }
    T element = cast(input);
    up = Pull.over(returned(fn.apply(element), "the function of flatMap", element));
    return NEED;
  }

  @Override
  protected @Nullable Object ended() {
    if (up == outer) {
      return END;
    }
    Pull<?> inner = up;
    up = outer;
    if (!owning) {
      passed.add(inner);
    } else if (!inner.spent()) {
      inner.close();
    }
    return NEED;
  }

  @Override
  protected void release(Closing closing) {
    closing.add(up);
    closing.add(outer);
    passed.release(closing);
  }

  @Override
  protected boolean isLinear() {
    return false;
  }

  /** Returns the source that the function made of an element, which must not be null. */
  private static <T> T returned(@Nullable T source, String function, @Nullable Object element) {
    if (source == null) {
      throw new NullPointerException(
          function + " returned null for " + element + "; return an empty Iterable, such as List.of(), for no elements");
    }
    return source;
  }
}
