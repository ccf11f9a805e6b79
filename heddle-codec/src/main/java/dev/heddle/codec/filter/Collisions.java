package dev.heddle.codec.filter;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts different objects of the same hash code among all that a message holds, and the time to compare them. A {@code
 * ConcurrentHashMap} is built once all keys have been read, in a time that grows with the square of that number if they
 * cannot be compared; no filter is asked meanwhile. Not thread-safe.
 */
final class Collisions {
  private static final long LEAST = 10_000_000;
  private static final long PER_BYTE = 10;
  private static final int HEAVY = 1000; // steps of a comparison; lighter ones take less time than their references to read
  private static final int STEPS_PER_PAIR = 8; // of a comparison, in the time that it takes to find the next element

  private static final ClassValue<Boolean> COUNTS = new ClassValue<>() {
    @Override
    protected Boolean computeValue(Class<?> type) {
      boolean compared = JdkClasses.contain(type) && Comparable.class.isAssignableFrom(type); // a tree finds those
      return !compared && !type.isArray() && !Enum.class.isAssignableFrom(type) && HashCost.hasHashCode(type);
    }
  };

  private final Map<Integer, Same> byHash = new HashMap<>();
  private final long most;
  private long steps;
  private long heaviestTwin = 1;

  /** Objects of one hash code. */
  private static final class Same {
    final Object first;
    int others; // that are not equal to it

    Same(Object first) {
      this.first = first;
    }
  }

  /**
   * Creates an account.
   *
   * @param length the length of the message in bytes, which the limit grows with
   */
  Collisions(long length) {
    this.most = LEAST + PER_BYTE * length;
  }

  /**
   * Adds an object that has been read; returns whether all of them are below the limit.
   *
   * @param weight the number of steps in which it is compared with an equal one
   */
  boolean add(@Nullable Object object, long weight) {
    if (object == null || !(weight > HEAVY || COUNTS.get(object.getClass()))) {
      return true;
    }
    Same same = byHash.computeIfAbsent(object.hashCode(), _ -> new Same(object));
    if (same.first == object) {
      return true;
    }
    if (weight > HEAVY) {
      heaviestTwin = Math.max(heaviestTwin, weight);
    }
    if (COUNTS.get(object.getClass()) && !same.first.equals(object)) {
      steps += ++same.others * (1 + weight / STEPS_PER_PAIR);
    }
    return steps <= most;
  }

  /** Returns the greatest weight of an object that has the hash code of another one. */
  long heaviestTwin() {
    return heaviestTwin;
  }
}
