package dev.heddle.cli;

/**
 * Whether somebody is looking: colours and progress bars are for terminals only.
 *
 * <p>Java cannot tell which of its streams is a terminal. The launcher can, and passes {@code -Dheddle.terminal=out,err};
 * started in another way nobody is taken to be looking.
 */
final class Terminal {
  private Terminal() {}

  /** Whether standard output is a terminal that wants colours. */
  static boolean isOut() {
    return is("out") && System.getenv("NO_COLOR") == null;
  }

  /** Whether standard error is a terminal, where a progress bar can move. */
  static boolean isErr() {
    return is("err");
  }

  private static boolean is(String stream) {
    return System.getProperty("heddle.terminal", "").contains(stream);
  }
}
