package dev.heddle.asyncio;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks have ended after {@link Asyncio#waitFor}, and which have not. Immutable; both sets keep the order given.
 *
 * @param done ended
 * @param notDone had not ended; they go on
 */
public record Waited<T extends @Nullable Object>(Set<Task<T>> done, Set<Task<T>> notDone) {

  /** Copies the sets. */
  public Waited {
    done = Collections.unmodifiableSet(new LinkedHashSet<>(done));
    notDone = Collections.unmodifiableSet(new LinkedHashSet<>(notDone));
  }
}
