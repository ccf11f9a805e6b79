package dev.heddle.asyncio.task;

import dev.heddle.asyncio.ContextVar;
import org.jspecify.annotations.Nullable;

/**
 * The values of context variables: an immutable linked list, the latest first, shared by tasks until one of them sets a
 * value.
 */
record ContextValues(ContextVar<?> variable, @Nullable Object value, @Nullable ContextValues earlier) {

  static @Nullable ContextValues with(@Nullable ContextValues all, ContextVar<?> variable, @Nullable Object value) {
    return new ContextValues(variable, value, without(all, variable));
  }

  static @Nullable ContextValues without(@Nullable ContextValues all, ContextVar<?> variable) {
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
