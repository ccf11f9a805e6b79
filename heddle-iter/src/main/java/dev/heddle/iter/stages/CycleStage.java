package dev.heddle.iter.stages;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The elements of the upstream, kept, over and over again: a given number of rounds, or for ever. */
public final class CycleStage<T extends @Nullable Object> extends Stage<T, T> {
  private List<T> kept = new ArrayList<>();
  private final long rounds;
  private long round;
  private int position;

  /**
   * A stage.
   *
   * @param rounds 0 or more; {@code Long.MAX_VALUE} for ever
   */
  public CycleStage(Pull<? extends T> up, long rounds) {
    super(up);
    this.rounds = rounds;
  }

  @Override
  protected @Nullable Object ready() {
    if (rounds == 0) {
      return END;
    }
    return round == 0 ? NEED : replay();
  }

  @Override
  protected @Nullable Object offer(T input) {
    if (rounds > 1) {
      kept.add(input);
    }
    return input;
  }

  @Override
  protected @Nullable Object ended() {
    if (kept.isEmpty()) {
      return END;
    }
    round = 1;
    return replay();
  }

  private @Nullable Object replay() {
    if (position == kept.size()) {
      position = 0;
      round++;
    }
    if (round >= rounds && rounds != Long.MAX_VALUE) {
      kept = new ArrayList<>();
      return END;
    }
    return kept.get(position++);
  }

  @Override
  protected void release(Closing closing) {
    kept = new ArrayList<>();
    super.release(closing);
  }
}
