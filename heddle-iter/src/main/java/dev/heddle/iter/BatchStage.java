package dev.heddle.iter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of a given number of consecutive elements. */
final class BatchStage<T extends @Nullable Object> extends Stage<T, List<T>> {

  /** What becomes of a last batch that is too short. */
  enum Rest {
    KEEP, DROP, REFUSE
  }

  private final int size;
  private final Rest rest;
  private List<T> batch = new ArrayList<>();

  BatchStage(Pull<? extends T> up, int size, Rest rest) {
    super(up);
    this.size = size;
    this.rest = rest;
  }

  @Override
  @Nullable
  Object offer(T input) {
    batch.add(input);
    return batch.size() == size ? handOver() : NEED;
  }

  @Override
  @Nullable
  Object ended() {
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

  private List<T> handOver() {
    List<T> full = batch;
    batch = new ArrayList<>(Math.min(size, 1 << 10));
    return full;
  }
}
