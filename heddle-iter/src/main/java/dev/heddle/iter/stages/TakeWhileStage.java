package dev.heddle.iter.stages;

import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The elements before the first that fails a predicate; that one is taken from upstream and lost, as in Python.
 *
 * <p>{@code produce} is written by hand for the case {@code takeWhile} of {@code ./heddle bench itertools}.
 */
public final class TakeWhileStage<T extends @Nullable Object> extends Stage<T, T> {
  private final Predicate<? super T> predicate;

  public TakeWhileStage(Pull<? extends T> up, Predicate<? super T> predicate) {
    super(up);
    this.predicate = predicate;
  }

  @Override
  protected @Nullable Object offer(T input) {
    return predicate.test(input) ? input : END;
  }

  @Override
  protected @Nullable Object produce(int budget) {
    if (budget <= 0) {
      return drive(this);
    }
    Object input = up.advance(budget - 1);
    return input == END || predicate.test(cast(input)) ? input : END;
  }
}
