package dev.heddle.cluster.seal;

/** The numbers that have come of one sender: each is accepted once, and none that is far behind the newest. Thread-safe. */
final class ReplayWindow {
  static final int SIZE = 1 << 14; // of messages that may overtake each other

  private final long[] seen = new long[SIZE / Long.SIZE];
  private long newest; // numbers begin at 1

  /** Returns whether the number is new, and notes it. Called only for messages that are authentic. */
  synchronized boolean accept(long number) {
    if (number <= 0 || number <= newest - SIZE) {
      return false;
    }
    if (number > newest) {
      long from = Math.max(newest + 1, number - SIZE + 1);
      for (long each = from; each <= number; each++) {
        seen[word(each)] &= ~bit(each);
      }
      newest = number;
    }
    boolean first = (seen[word(number)] & bit(number)) == 0;
    seen[word(number)] |= bit(number);
    return first;
  }

  private static int word(long number) {
    return (int) (number % SIZE) / Long.SIZE;
  }

  private static long bit(long number) {
    return 1L << (number % Long.SIZE);
  }
}
