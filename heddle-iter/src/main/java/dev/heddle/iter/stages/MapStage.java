package dev.heddle.iter.stages;

import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Each element through a function when it is asked for.
 *
 * <p>Its methods are written by hand for the case {@code map} of {@code ./heddle bench itertools}.
 */
public final class MapStage<T extends @Nullable Object, R extends @Nullable Object> extends Stage<T, R> {
  private final Function<? super T, ? extends R> fn;

  public MapStage(Pull<? extends T> up, Function<? super T, ? extends R> fn) {
    super(up);
    this.fn = fn;
  }

  @Override
  protected @Nullable Object offer(T input) {
    return fn.apply(input);
  }

  @Override
  public boolean hasNext() {
    return isDirect() ? upHasNext() : super.hasNext();
  }

  @Override
  public R next() {
    return isDirect() ? fn.apply(up.next()) : super.next();
  }

  @Override
  protected @Nullable Object produce(int budget) {
    if (budget <= 0) {
      return drive(this);
    }
    Object input = up.advance(budget - 1);
    return input == END ? END : fn.apply(cast(input));
  }
}
