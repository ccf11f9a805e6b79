package dev.heddle.asyncio;

import java.io.Serializable;

/** The code of a coroutine without a result; see {@link AsyncBody}. */
@FunctionalInterface
public interface AsyncAction extends Serializable {

  /**
   * Runs the body once.
   *
   * @throws Exception any exception; it is thrown unchanged at the await, also a checked one
   */
  void run(Awaiter a) throws Exception;
}
