package dev.heddle.iter;

/**
 * The signal that {@code close()} raises at the yield where a body waits, so that its {@code finally} blocks run.
 *
 * <p>It is no {@link Exception}, so {@code catch (Exception e)} lets it pass. A body that catches it returns or throws
 * it on; to yield again is an error. Origin: Python's {@code GeneratorExit}.
 */
public final class GeneratorExit extends Error {
  private static final long serialVersionUID = 1;

  /** A new signal; it carries no stack trace, since it tells of no failure. */
  public GeneratorExit() {
    super("the generator is being closed", null, false, false);
  }
}
