package dev.heddle.asyncio.task;

import dev.heddle.futures.ContextCarrier;
import org.jspecify.annotations.Nullable;

/** Runs callbacks in the context of the code that has registered them. */
public final class RegistrantContext {

  private RegistrantContext() {}

  /**
   * Returns a callback that runs in the context of the calling code: its values of context variables, and what the carrier
   * captures here; the given one if there is nothing to carry.
   */
  public static Runnable carry(Runnable callback, @Nullable ContextCarrier carrier) {
    CarriedValues values = CarriedValues.current();
    ContextCarrier.Captured within = carrier == null ? null : carrier.capture();
    if (values.isEmpty() && within == null) {
      return callback;
    }
    return () -> {
      try {
        values.<@Nullable Object>call(() -> {
          if (within == null) {
            callback.run();
            return null;
          }
          return within.<@Nullable Object>call(() -> {
            callback.run();
            return null;
          });
        });
      } catch (Exception e) {
        throw Unchecked.rethrow(e);
      }
    };
  }
}
