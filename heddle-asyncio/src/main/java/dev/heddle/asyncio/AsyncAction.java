package dev.heddle.asyncio;

import java.io.Serializable;

/** The code of a coroutine without a result; see {@link AsyncBody}. */
@FunctionalInterface
public interface AsyncAction extends Serializable {

  /**
   * Runs the body once.
   *
   * @throws Exception whatever the body throws goes to whoever awaits it, unchanged, also a checked exception
   */
  void run(Awaiter a) throws Exception;
}
