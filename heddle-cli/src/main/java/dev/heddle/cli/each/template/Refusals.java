package dev.heddle.cli.each.template;

import dev.heddle.cli.terminal.ControlCharacters;

/** Words the errors that refuse a template. */
final class Refusals {
  private static final int LONGEST = 300;

  private final String template;

  Refusals(String template) {
    this.template = template;
  }

  /**
   * Returns an error.
   *
   * @param what what the template has
   * @param why what the shell would do with it
   * @param remedy what to write instead
   */
  IllegalArgumentException of(String what, String why, String remedy) {
    return new IllegalArgumentException("COMMAND must not have " + what + ", " + why + "; " + remedy + ", but was '"
        + ControlCharacters.shortened(template, LONGEST) + "'");
  }

  /** Returns an error for what shells read in different ways. */
  IllegalArgumentException ofUncertain(String what, String remedy) {
    return of(what, "where an input might not stay one word", remedy);
  }

  /** Returns an error for a context in which bash evaluates a word. */
  IllegalArgumentException ofEvaluated(String what, String remedy) {
    return of(what, "where bash evaluates the input, which may hold commands", remedy);
  }
}
