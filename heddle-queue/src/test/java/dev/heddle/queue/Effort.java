package dev.heddle.queue;

/** How hard model checkers and stress tests try: 1, or more in the {@code long} profile. */
final class Effort {
  static final int FACTOR = Integer.getInteger("heddle.effort", 1);

  private Effort() {}
}
