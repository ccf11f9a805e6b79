package dev.heddle.futures;

/** The condition that ends {@link Futures#wait}. Origin: {@code return_when} of Python's {@code wait}. */
public enum ReturnWhen {
  /** Every future is done. */
  ALL_COMPLETED,
  /** At least one future is done. */
  FIRST_COMPLETED,
  /** At least one future has failed, or every one is done. A cancelled one counts as done, not as failed. */
  FIRST_EXCEPTION
}
