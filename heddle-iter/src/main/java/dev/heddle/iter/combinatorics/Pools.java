package dev.heddle.iter.combinatorics;

import dev.heddle.base.Check;
import dev.heddle.iter.Iter;
import dev.heddle.iter.pull.Row;
import dev.heddle.iter.sinks.Sinks;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the sources of combinatoric functions into memory, and creates the iterators over them. */
public final class Pools {
  private Pools() {}

  /** Returns all elements of a source; {@code name} is that of the argument. */
  public static @Nullable Object[] read(@Nullable Iterable<?> source, String name) {
    return Sinks.<@Nullable Object>toList(Check.notNull(source, name)).toArray();
  }

  /** Returns selections of {@code r} elements of a source. */
  public static <T extends @Nullable Object> Iter<List<T>> select(
      @Nullable Iterable<? extends T> source, int r, SelectionIter.Kind kind) {
    Check.notNull(source, "source");
    Check.notNegative(r, "r", "it says how many elements a selection has");
    return new SelectionIter<>(read(source, "source"), r, kind);
  }

  /** Returns all orders of the elements of a source. */
  public static <T extends @Nullable Object> Iter<List<T>> orders(@Nullable Iterable<? extends T> source) {
    @Nullable
    Object[] pool = read(source, "source");
    return new SelectionIter<>(pool, pool.length, SelectionIter.Kind.PERMUTATIONS);
  }

  /** Returns the product of sources, {@code repeat} times over; for 0 no source is read. */
  public static <T extends @Nullable Object> Iter<List<T>> product(int repeat, Iterable<? extends T>[] sources) {
    if (repeat > Integer.MAX_VALUE / Math.max(1, sources.length)) {
      throw new IllegalArgumentException(
          "repeat must be at most " + Integer.MAX_VALUE / sources.length + " for " + sources.length
              + " sources, but was " + repeat + "; no list is longer than an int counts");
    }
    int width = repeat * sources.length;
    @Nullable
    Object[][] pools = new @Nullable Object[width][];
    for (int i = 0; i < sources.length && repeat > 0; i++) {
      @Nullable
      Object[] pool = read(sources[i], "sources[" + i + "]");
      for (int k = i; k < width; k += sources.length) {
        pools[k] = pool;
      }
    }
    return new ProductIter<>(pools);
  }

  /** Returns one of the choices of {@code r} elements of a source without making those before it. */
  public static <T extends @Nullable Object> List<T> nthCombination(Iterable<? extends T> source, int r, long index) {
    @Nullable
    Object[] pool = read(source, "source");
    long choices = choices(pool.length, r);
    if (index < 0 || index >= choices) {
      throw new IndexOutOfBoundsException(
          "index must be from 0 to " + (choices - 1) + ", but was " + index + "; there are " + choices + " choices of " + r
              + " of " + pool.length + " elements");
    }
    int[] chosen = new int[r];
    int place = 0;
    long rest = index;
    for (int i = 0; i < r; place++) {
      long withThis = choices(pool.length - place - 1, r - i - 1);
      if (rest < withThis) {
        chosen[i++] = place;
      } else {
        rest -= withThis;
      }
    }
    return Row.pick(pool, chosen);
  }

  /** Returns how many choices of r of n elements there are. */
  private static long choices(int n, int r) {
    BigInteger count = r > n ? BigInteger.ZERO : BigInteger.ONE;
    for (int i = 1; i <= Math.min(r, n - r); i++) {
      count = count.multiply(BigInteger.valueOf(n - i + 1L)).divide(BigInteger.valueOf(i));
    }
    return count.longValueExact();
  }
}
