package dev.heddle.iter.combine;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import org.jspecify.annotations.Nullable;

/** The elements whose selector is true, until either source ends. */
public final class CompressStage<T extends @Nullable Object> extends Stage<@Nullable Object, T> {
  private final Pull<? extends T> data;
  private final Pull<Boolean> selectors;
  private @Nullable Object element;

  public CompressStage(Pull<? extends T> data, Pull<Boolean> selectors) {
    super(data);
    this.data = data;
    this.selectors = selectors;
  }

  @Override
  protected @Nullable Object offer(@Nullable Object input) {
    if (up == data) {
      element = input;
      up = selectors;
      return NEED;
    }
    up = data;
    Object candidate = element;
    element = null;
    return Boolean.TRUE.equals(input) ? candidate : NEED;
  }

  @Override
  protected @Nullable Object ended() {
    element = null;
    return END;
  }

  @Override
  protected void release(Closing closing) {
    element = null;
    closing.add(data);
    closing.add(selectors);
  }

  @Override
  protected boolean isLinear() {
    return false;
  }
}
