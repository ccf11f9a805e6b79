package dev.heddle.codec.filter;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code List.of}, {@code Set.of} and {@code Map.of} have made, in place of {@value #REPLACED}, whose serialized
 * form it has.
 *
 * <p>The JDK builds such a set once all elements have been read, by looking for free places one after the other. Elements
 * that are chosen for it take a time that grows with the square of their number, and no filter is asked meanwhile. So how
 * long it takes is computed here before.
 */
public final class CheckedCollection implements Serializable {
  /** The class of the JDK. */
  public static final String REPLACED = "java.util.CollSer";

  private static final long serialVersionUID = 1;
  private static final int LIST = 1;
  private static final int SET = 2;
  private static final int MAP = 3;
  private static final int LIST_WITH_NULLS = 4;
  private static final long LEAST = 10_000_000;
  private static final int PER_ELEMENT = 100;
  private static final int HEAVY = 1000; // steps of a comparison, which lighter elements have few of
  private static final long MOST_COMPARED = 1_000_000_000;

  private int tag; // named as in the JDK
  private transient @Nullable Object[] array = {};
  private transient long[] weights = {}; // of the elements of array

  private CheckedCollection() {}

  private void writeObject(ObjectOutputStream out) throws IOException {
    throw new NotSerializableException("is for reading only");
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    int length = in.readInt();
    List<@Nullable Object> read = new ArrayList<>(); // its memory is taken as elements come
    for (int i = 0; i < length; i++) {
      read.add(in.readObject());
    }
    array = read.toArray();
    weights = new long[length];
    if (in instanceof Weighing weighing) {
      Arrays.setAll(weights, i -> weighing.weight(array[i]));
    }
  }

  private Object readResolve() throws InvalidObjectException {
    try {
      return switch (tag & 0xff) {
        case LIST -> List.of(array);
        case LIST_WITH_NULLS -> Arrays.stream(array).toList();
        case SET -> {
          check(1);
          yield Set.of(array);
        }
        case MAP -> {
          check(2);
          yield map();
        }
        default -> throw new InvalidObjectException("an immutable collection of the unknown kind " + (tag & 0xff));
      };
    } catch (NullPointerException | IllegalArgumentException e) {
      InvalidObjectException invalid = new InvalidObjectException("an immutable collection with " + e.getMessage());
      invalid.initCause(e);
      throw invalid;
    }
  }

  private Map<?, ?> map() throws InvalidObjectException {
    if (array.length % 2 != 0) {
      throw new InvalidObjectException("an immutable map with " + array.length + " keys and values");
    }
    @SuppressWarnings({"rawtypes", "unchecked"})
    Map.Entry<Object, Object>[] entries = new Map.Entry[array.length / 2];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = Map.entry(array[2 * i], array[2 * i + 1]);
    }
    return Map.ofEntries(entries);
  }

  /** Checks how far elements are from the places that their hash codes name, in a table of twice their number. */
  private void check(int step) throws InvalidObjectException {
    int count = array.length / step;
    if (count < 2) {
      return;
    }
    HashMap<Integer, Integer> wanted = new HashMap<>();
    HashMap<Integer, Long> heavy = new HashMap<>();
    for (int i = 0; i < array.length; i += step) {
      Object element = array[i];
      if (element != null) { // else the JDK refuses it
        int place = Math.floorMod(element.hashCode(), 2 * count);
        wanted.merge(place, 1, Integer::sum);
        if (weights[i] > HEAVY) {
          heavy.merge(place, weights[i], Long::sum);
        }
      }
    }
    long pushed = 0;
    long steps = 0;
    for (int i = 0; i < 4 * count; i++) { // twice around, since what is pushed beyond the end begins anew
      pushed = Math.max(0, pushed - 1) + wanted.getOrDefault(i % (2 * count), 0) * (i < 2 * count ? 1L : 0L);
      steps += pushed;
    }
    if (steps > LEAST + (long) PER_ELEMENT * count || (!heavy.isEmpty() && compared(count, wanted, heavy) > MOST_COMPARED)) {
      throw new InvalidObjectException(
          "the hash codes of " + count + " elements of a set or map collide, so that it takes too long to build");
    }
  }

  /**
   * Returns the steps of comparisons: each heavy element may be compared with all that lie in the same row of full places.
   */
  private static long compared(int count, Map<Integer, Integer> wanted, Map<Integer, Long> heavy) {
    long pushed = 0;
    for (int i = 0; i < 2 * count; i++) {
      pushed = Math.max(0, pushed + wanted.getOrDefault(i, 0) - 1);
    }
    long steps = 0;
    long row = 0;
    long weight = 0;
    for (int i = 0; i < 2 * count; i++) {
      int here = wanted.getOrDefault(i, 0);
      if (here == 0 && pushed == 0) {
        row = 0;
        weight = 0;
      } else {
        row += here;
        weight += heavy.getOrDefault(i, 0L);
        pushed += here - 1L;
      }
      steps = here > 0 && row > 1 ? Math.max(steps, row * weight) : steps;
    }
    return steps;
  }
}
