package dev.heddle.iter.stages;

import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The elements for which a predicate gives the wanted answer.
 *
 * <p>{@code produce} is written by hand for the case {@code filter} of {@code ./heddle bench itertools}.
 */
public final class FilterStage<T extends @Nullable Object> extends Stage<T, T> {
  private final Predicate<? super T> predicate;
  private final boolean wanted;

  public FilterStage(Pull<? extends T> up, Predicate<? super T> predicate, boolean wanted) {
    super(up);
    this.predicate = predicate;
    this.wanted = wanted;
  }

  @Override
  protected @Nullable Object offer(T input) {
    return predicate.test(input) == wanted ? input : NEED;
  }

  @Override
  protected @Nullable Object produce(int budget) {
    if (budget <= 0) {
      return drive(this);
    }
    while (true) {
      Object input = up.advance(budget - 1);
      if (input == END || predicate.test(cast(input)) == wanted) {
        return input;
      }
    }
  }
}
