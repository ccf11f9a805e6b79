package dev.heddle.cli.each.run;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The condition under which a run stops early. Origin: {@code --halt} of GNU parallel.
 *
 * @param now whether running jobs are ended; otherwise no further jobs are started
 * @param what the kind of jobs to count
 * @param count the number, or the percentage, of these jobs at which the run stops
 * @param percent whether count is a percentage of all jobs, for which all inputs are read first
 */
public record HaltCondition(boolean now, What what, int count, boolean percent) {
  public static final HaltCondition NEVER = new HaltCondition(false, What.FAIL, Integer.MAX_VALUE, false);

  private static final Pattern FORM = Pattern.compile("(now|soon),(fail|success|done)=(\\d{1,9})(%?)");

  public enum What {
    FAIL, SUCCESS, DONE
  }

  public static HaltCondition parse(String text) {
    if (text.equals("never")) {
      return NEVER;
    }
    Matcher form = FORM.matcher(text);
    int count = form.matches() ? Integer.parseInt(form.group(3)) : 0;
    boolean percent = count > 0 && !form.group(4).isEmpty();
    if (count < 1 || (percent && count > 100)) {
      throw new IllegalArgumentException(
          "--halt must be never, or now or soon with fail, success or done and a number, such as"
              + " now,fail=1, soon,success=3 or soon,fail=10%, but was '" + text + "'");
    }
    What what = What.valueOf(form.group(2).toUpperCase(Locale.ROOT));
    return new HaltCondition(form.group(1).equals("now"), what, count, percent);
  }

  /**
   * Whether the condition is met.
   *
   * @param total the number of all jobs; only for a percentage
   */
  public boolean isReached(long done, long failed, long total) {
    long counted = switch (what) {
      case FAIL -> failed;
      case SUCCESS -> done - failed;
      case DONE -> done;
    };
    return percent ? counted * 100 >= count * total : counted >= count;
  }
}
