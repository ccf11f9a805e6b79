package dev.heddle.iter.combine;

import dev.heddle.base.Check;
import dev.heddle.iter.Pair;
import dev.heddle.iter.Triple;
import dev.heddle.iter.pull.Pull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments and the rows of the functions that read several sources side by side. */
public final class Zips {
  private Zips() {}

  public static <A extends @Nullable Object, B extends @Nullable Object> Pair<A, B> pair(@Nullable Object[] row) {
    return new Pair<A, B>(Pull.cast(row[0]), Pull.cast(row[1]));
  }

  public static <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> Triple<A, B, C> triple(
      @Nullable Object[] row) {
    return new Triple<A, B, C>(Pull.cast(row[0]), Pull.cast(row[1]), Pull.cast(row[2]));
  }

  public static <T extends @Nullable Object> List<Pull<T>> all(Iterable<? extends Iterable<? extends T>> sources) {
    List<Pull<T>> all = new ArrayList<>();
    for (Iterable<? extends T> source : Check.notNull(sources, "sources")) {
      all.add(Pull.over(source, "sources[" + all.size() + "]"));
    }
    return all;
  }

  /** Returns an array with the same fill value for each source. */
  public static @Nullable Object[] fills(@Nullable Object fill, int sources) {
    @Nullable
    Object[] fills = new @Nullable Object[sources];
    Arrays.fill(fills, fill);
    return fills;
  }

  /** Returns pairs of the elements of two sources, until the longer ends. */
  public static <A extends @Nullable Object, B extends @Nullable Object> ZipLongestStage<Pair<A, B>> longest(
      Pull<A> first, Pull<B> second, A fillFirst, B fillSecond) {
    return new ZipLongestStage<Pair<A, B>>(
        List.of(first, second), new @Nullable Object[]{fillFirst, fillSecond}, Zips::pair);
  }

  /** Checks that neither the array of sources nor one of them is null. */
  public static void checkEach(Iterable<?>[] sources) {
    Check.notNull(sources, "sources");
    for (int i = 0; i < sources.length; i++) {
      Check.notNull(sources[i], "sources[" + i + "]");
    }
  }
}
