package dev.heddle.futures.limit;

import dev.heddle.futures.Limit;
import org.jspecify.annotations.Nullable;

/** A limit that can be told which task will hold a permit. */
public interface OwnedLimit extends Limit {

  /** Asks for a permit that is held until the given task has ended; null means until it is closed. */
  PermitFuture acquire(PermitFuture.@Nullable Holder holder);
}
