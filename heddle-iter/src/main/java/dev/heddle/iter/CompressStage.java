package dev.heddle.iter;

import org.jspecify.annotations.Nullable;

/** The elements whose selector is true, until either source ends. */
final class CompressStage<T extends @Nullable Object> extends Stage<@Nullable Object, T> {
  private final Pull<? extends T> data;
  private final Pull<Boolean> selectors;
  private @Nullable Object element;

  CompressStage(Pull<? extends T> data, Pull<Boolean> selectors) {
    super(data);
    this.data = data;
    this.selectors = selectors;
  }

  @Override
  @Nullable
  Object offer(@Nullable Object input) {
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
  void release(Closing closing) {
    closing.add(data);
    closing.add(selectors);
  }

  @Override
  boolean isLinear() {
    return false;
  }
}
