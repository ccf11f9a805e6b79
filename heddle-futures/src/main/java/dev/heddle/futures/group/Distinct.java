package dev.heddle.futures.group;

import dev.heddle.base.Check;
import dev.heddle.futures.Future;
import dev.heddle.futures.core.CoreFuture;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;

/** Removes duplicates from collections of futures, without an object for each as a set has. */
final class Distinct {
  private Distinct() {}

  /** Returns the futures, each once, in the order given. */
  static CoreFuture<?>[] of(Collection<? extends Future<?>> futures) {
    Object[] given = Check.notNull(futures, "futures").toArray();
    CoreFuture<?>[] each = new CoreFuture<?>[given.length];
    int[] slots = new int[futures instanceof Set ? 0 : slots(given.length)]; // of a hash table: indexes in each, plus 1
    int count = 0;
    for (Object one : given) {
      if (one == null) {
        throw new NullPointerException("futures[" + count + "] must not be null");
      }
      each[count] = (CoreFuture<?>) one;
      if (slots.length == 0 || isNew(each, count, slots)) {
        count++;
      }
    }
    return count == each.length ? each : Arrays.copyOf(each, count);
  }

  /** A power of two, so that at most half of the slots are used. */
  private static int slots(int futures) {
    return Integer.highestOneBit(Math.max(4, futures)) * 4;
  }

  private static boolean isNew(CoreFuture<?>[] each, int number, int[] slots) {
    int slot = each[number].hashCode() & (slots.length - 1);
    while (slots[slot] != 0) {
      if (each[slots[slot] - 1] == each[number]) {
        return false;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = number + 1;
    return true;
  }
}
