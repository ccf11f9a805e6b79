package dev.heddle.iter.combine;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.SourceIter;
import dev.heddle.iter.pull.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows of one element from each source, until the longest ends; a fill value stands for what is missing. */
public final class ZipLongestStage<R extends @Nullable Object> extends Stage<@Nullable Object, R> {
  private final Pull<?>[] sources;
  private final boolean[] over;
  private final @Nullable Object[] fill;
  private final @Nullable Object[] row;
  private final Function<@Nullable Object[], R> make;
  private int filled;
  private int alive;

  /**
   * A stage.
   *
   * @param fill what stands for the missing elements of each source
   */
  public ZipLongestStage(List<? extends Pull<?>> sources, @Nullable Object[] fill, Function<@Nullable Object[], R> make) {
    super(sources.isEmpty() ? SourceIter.none() : sources.getFirst());
    this.sources = sources.toArray(new Pull<?>[0]);
    this.alive = sources.size();
    this.over = new boolean[alive];
    this.row = new @Nullable Object[alive];
    this.fill = fill;
    this.make = make;
  }

  @Override
  protected @Nullable Object offer(@Nullable Object input) {
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
    if (alive == 0) {
      return END;
    }
    if (!over[filled]) {
      over[filled] = true;
      if (--alive == 0) {
        Arrays.fill(row, null);
        return END;
      }
    }
    return offer(fill[filled]);
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
