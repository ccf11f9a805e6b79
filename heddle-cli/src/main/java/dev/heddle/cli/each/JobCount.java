package dev.heddle.cli.each;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of jobs at once: a number, or a percentage of the processors. */
final class JobCount {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(%?)");
  private static final int MOST = 100_000;

  private JobCount() {}

  /**
   * Returns the number, at least 1.
   *
   * @throws IllegalArgumentException if the text is neither form, zero, or more than 100,000 jobs
   */
  static int parse(String text, int processors) {
    Matcher form = FORM.matcher(text);
    long number = form.matches() ? Long.parseLong(form.group(1)) : 0;
    boolean percent = number > 0 && !form.group(2).isEmpty();
    long jobs = percent ? Math.max(1, number * processors / 100) : number;
    if (jobs < 1 || jobs > MOST) {
      throw new IllegalArgumentException(
          "--jobs must be a number from 1 to 100000, or a percentage of the processors such as 50%,"
              + " but was '" + text + "'; omit it for the number of processors");
    }
    return (int) jobs;
  }
}
