package dev.heddle.futures;

/** How hard the model checker tries: {@code -Dheddle.effort=20} for a long run. */
final class Effort {
  static final int FACTOR = Integer.getInteger("heddle.effort", 1);

  private Effort() {}
}
