package dev.heddle.iter.combine;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.SourceIter;
import dev.heddle.iter.pull.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows of one element from each source, until the shortest ends; the elements taken for an unfinished row are lost. */
public final class ZipStage<R extends @Nullable Object> extends Stage<@Nullable Object, R> {
  private final Pull<?>[] sources;
  private final @Nullable Object[] row;
  private final Function<@Nullable Object[], R> make;
  private final boolean strict;
  private int filled;
  private boolean checkingEnds;

  public ZipStage(List<? extends Pull<?>> sources, Function<@Nullable Object[], R> make, boolean strict) {
    super(sources.isEmpty() ? SourceIter.none() : sources.getFirst());
    this.sources = sources.toArray(new Pull<?>[0]);
    this.row = new @Nullable Object[this.sources.length];
    this.make = make;
    this.strict = strict;
  }

  @Override
  protected @Nullable Object offer(@Nullable Object input) {
    if (checkingEnds) {
      throw unequal("argument " + (filled + 1) + " is longer than " + precedingArguments());
    }
    row[filled++] = input;
    if (filled < sources.length) {
      up = sources[filled];
      return NEED;
    }
    filled = 0;
    up = sources[0];
    R made = make.apply(row);
    Arrays.fill(row, null);
    return made;
  }

  @Override
  protected @Nullable Object ended() {
    if (!strict) {
      Arrays.fill(row, null); // the elements taken for a row that does not come about
      return END;
    }
    if (filled > 0 && !checkingEnds) {
      throw unequal("argument " + (filled + 1) + " is shorter than " + precedingArguments());
    }
    checkingEnds = true;
    if (++filled >= sources.length) {
      return END;
    }
    up = sources[filled];
    return NEED;
  }

  private String precedingArguments() {
    return filled == 1 ? "argument 1" : "arguments 1 to " + filled;
  }

  private static IllegalArgumentException unequal(String what) {
    return new IllegalArgumentException(
        "zipStrict needs sources of equal length, but " + what + "; use zip or zipLongest for sources of different lengths");
  }

  @Override
  protected void release(Closing closing) {
    Arrays.fill(row, null);
    for (Pull<?> source : sources) {
      closing.add(source);
    }
  }

  @Override
  protected boolean isLinear() {
    return false;
  }
}
