package dev.heddle.cli.doctor;

/**
 * A result of one check.
 *
 * @param name the thing that was checked
 * @param remedy what follows from it and what to do; empty if all is well
 */
record Finding(String name, Level level, String value, String remedy) {

  /** The end of a check. */
  enum Level {
    /** All is well. */
    OK,
    /** Something is slower or missing; the rest works. */
    NOTE,
    /** Something that Heddle needs does not work. */
    PROBLEM
  }

  static Finding ok(String name, String value) {
    return new Finding(name, Level.OK, value, "");
  }

  static Finding note(String name, String value, String remedy) {
    return new Finding(name, Level.NOTE, value, remedy);
  }

  static Finding problem(String name, String value, String remedy) {
    return new Finding(name, Level.PROBLEM, value, remedy);
  }
}
