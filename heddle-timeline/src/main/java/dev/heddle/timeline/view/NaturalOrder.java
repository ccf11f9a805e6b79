package dev.heddle.timeline.view;

import java.util.Comparator;
import java.util.Iterator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The order of names in which numbers count by their value: {@code worker-2} before {@code worker-10}. */
public final class NaturalOrder implements Comparator<String> {
  private static final Pattern PART = Pattern.compile("\\d+|\\D+");

  /** The order. */
  public static final NaturalOrder INSTANCE = new NaturalOrder();

  private NaturalOrder() {}

  @Override
  public int compare(String a, String b) {
    Iterator<String> left = PART.matcher(a).results().map(MatchResult::group).iterator();
    Iterator<String> right = PART.matcher(b).results().map(MatchResult::group).iterator();
    while (left.hasNext() && right.hasNext()) {
      int order = compareParts(left.next(), right.next());
      if (order != 0) {
        return order;
      }
    }
    return left.hasNext() ? 1 : right.hasNext() ? -1 : a.compareTo(b);
  }

  private static int compareParts(String a, String b) {
    if (!Character.isDigit(a.charAt(0)) || !Character.isDigit(b.charAt(0))) {
      return a.compareTo(b);
    }
    String left = a.replaceFirst("^0+(?=\\d)", "");
    String right = b.replaceFirst("^0+(?=\\d)", "");
    return left.length() != right.length() ? Integer.compare(left.length(), right.length()) : left.compareTo(right);
  }
}
