package dev.heddle.queue;

/** A null where none is allowed. */
final class Nulls {
  private Nulls() {}

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // to see what becomes of it
  static <T> T aNull() {
    return null;
  }
}
