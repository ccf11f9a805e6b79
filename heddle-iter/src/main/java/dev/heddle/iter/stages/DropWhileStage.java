package dev.heddle.iter.stages;

import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The first element that fails a predicate and all that follow. */
public final class DropWhileStage<T extends @Nullable Object> extends Stage<T, T> {
  private final Predicate<? super T> predicate;
  private boolean dropping = true;

  public DropWhileStage(Pull<? extends T> up, Predicate<? super T> predicate) {
    super(up);
    this.predicate = predicate;
  }

  @Override
  protected @Nullable Object offer(T input) {
    if (dropping && predicate.test(input)) {
      return NEED;
    }
    dropping = false;
    return input;
  }
}
