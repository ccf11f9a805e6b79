package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** The values of context variables: an immutable list, the latest first, shared by tasks until one of them sets another. */
record ContextValues(ContextVar<?> variable, @Nullable Object value, @Nullable ContextValues earlier) {

  static @Nullable ContextValues with(@Nullable ContextValues all, ContextVar<?> variable, @Nullable Object value) {
    return new ContextValues(variable, value, without(all, variable));
  }

  private static @Nullable ContextValues without(@Nullable ContextValues all, ContextVar<?> variable) {
    if (all == null || find(all, variable) == null) {
      return all;
    }
    return all.variable == variable
        ? all.earlier
        : new ContextValues(all.variable, all.value, without(all.earlier, variable));
  }

  static @Nullable ContextValues find(@Nullable ContextValues all, ContextVar<?> variable) {
    ContextValues each = all;
    while (each != null && each.variable != variable) {
      each = each.earlier;
    }
    return each;
  }
}
