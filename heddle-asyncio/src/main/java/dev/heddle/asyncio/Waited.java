package dev.heddle.asyncio;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that have ended after {@link Asyncio#wait}, and those that have not. Immutable; both sets keep the given order.
 *
 * @param done the tasks that have ended
 * @param notDone the tasks that have not ended; they go on
 */
public record Waited<T extends @Nullable Object>(Set<Task<T>> done, Set<Task<T>> notDone) {

  /** Copies the sets. */
  public Waited {
    done = Collections.unmodifiableSet(new LinkedHashSet<>(done));
    notDone = Collections.unmodifiableSet(new LinkedHashSet<>(notDone));
  }
}
