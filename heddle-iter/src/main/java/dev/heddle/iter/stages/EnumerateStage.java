package dev.heddle.iter.stages;

import dev.heddle.iter.Indexed;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import org.jspecify.annotations.Nullable;

/** Each element with its number. */
public final class EnumerateStage<T extends @Nullable Object> extends Stage<T, Indexed<T>> {
  private long next;

  public EnumerateStage(Pull<? extends T> up, long start) {
    super(up);
    this.next = start;
  }

  @Override
  protected @Nullable Object offer(T input) {
    return new Indexed<T>(next++, input);
  }
}
