package dev.heddle.timeline.view;

import java.util.Comparator;

/** The order of names in which numbers count by their value: {@code worker-2} before {@code worker-10}. */
public final class NaturalOrder implements Comparator<String> {

  /** The order. */
  public static final NaturalOrder INSTANCE = new NaturalOrder();

  private NaturalOrder() {}

  @Override
  public int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      boolean numbers = isDigit(a.charAt(i)) && isDigit(b.charAt(j));
      int nextI = numbers ? numberEnd(a, i) : i + 1;
      int nextJ = numbers ? numberEnd(b, j) : j + 1;
      int order = numbers ? compareNumbers(a, i, nextI, b, j, nextJ) : Character.compare(a.charAt(i), b.charAt(j));
      if (order != 0) {
        return order;
      }
      i = nextI;
      j = nextJ;
    }
    int order = Integer.compare(a.length() - i, b.length() - j);
    return order != 0 ? order : a.compareTo(b); // 7 and 07 differ
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int numberEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int compareNumbers(String a, int from, int to, String b, int fromB, int toB) {
    int i = withoutZeros(a, from, to);
    int j = withoutZeros(b, fromB, toB);
    return to - i != toB - j
        ? Integer.compare(to - i, toB - j)
        : a.substring(i, to).compareTo(b.substring(j, toB));
  }

  private static int withoutZeros(String text, int from, int to) {
    int start = from;
    while (start < to - 1 && text.charAt(start) == '0') {
      start++;
    }
    return start;
  }
}
