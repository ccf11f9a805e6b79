package dev.heddle.iter.stages;

import dev.heddle.base.Check;
import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of a given number of consecutive elements. */
public final class BatchStage<T extends @Nullable Object> extends Stage<T, List<T>> {

  /** The treatment of a last batch that is too short. */
  public enum Rest {
    KEEP, DROP, REFUSE
  }

  private final int size;
  private final Rest rest;
  private List<T> batch = new ArrayList<>();

  public BatchStage(Pull<? extends T> up, int size, Rest rest) {
    super(up);
    this.size = size;
    this.rest = rest;
  }

  /** Creates a stage over a source; both arguments are checked. */
  public static <T extends @Nullable Object> BatchStage<T> of(Iterable<? extends T> source, int n, Rest rest) {
    return new BatchStage<>(
        Pull.over(source, "source"), Check.positive(n, "n", "it says how many elements a batch has"), rest);
  }

  @Override
  protected @Nullable Object offer(T input) {
    batch.add(input);
    return batch.size() == size ? handOver() : NEED;
  }

  @Override
  protected @Nullable Object ended() {
    if (batch.isEmpty()) {
      return END;
    }
    List<T> last = handOver();
    return switch (rest) {
      case KEEP -> last;
      case DROP -> END;
      case REFUSE ->
        throw new IllegalArgumentException(
            "the last batch has "
                + last.size()
                + " elements, but every batch must have n = "
                + size
                + "; use batched(source, n) if a shorter last batch is welcome. It held "
                + last);
    };
  }

  @Override
  protected void release(Closing closing) {
    batch = new ArrayList<>();
    super.release(closing);
  }

  private List<T> handOver() {
    List<T> full = batch;
    batch = new ArrayList<>(Math.min(size, 1 << 10));
    return full;
  }
}
