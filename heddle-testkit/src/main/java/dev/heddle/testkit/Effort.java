package dev.heddle.testkit;

/** The factor on the iterations of model checkers, fuzzers and stress tests: {@code -Dheddle.effort=20} for a long run. */
public final class Effort {
  /** 1 by default. */
  public static final int FACTOR = Integer.getInteger("heddle.effort", 1);

  private Effort() {}
}
