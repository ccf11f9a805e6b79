package dev.heddle.iter.combine;

import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Pull;
import dev.heddle.iter.pull.SourceIter;
import dev.heddle.iter.pull.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One element from each source in turn; a source that has ended is left out of the later rounds. */
public final class RoundRobinStage<T extends @Nullable Object> extends Stage<T, T> {
  private final List<Pull<? extends T>> sources;
  private final List<Pull<? extends T>> inTurn;
  private int turn;

  public RoundRobinStage(List<Pull<? extends T>> sources) {
    super(sources.isEmpty() ? SourceIter.none() : sources.getFirst());
    this.sources = sources;
    this.inTurn = new ArrayList<>(sources);
  }

  @Override
  protected @Nullable Object offer(T input) {
    turn++;
    pointAtTurn();
    return input;
  }

  @Override
  protected @Nullable Object ended() {
    if (inTurn.isEmpty()) {
      return END;
    }
    inTurn.remove(turn);
    if (inTurn.isEmpty()) {
      return END;
    }
    pointAtTurn();
    return NEED;
  }

  private void pointAtTurn() {
    turn = turn == inTurn.size() ? 0 : turn;
    up = inTurn.get(turn);
  }

  @Override
  protected void release(Closing closing) {
    sources.forEach(closing::add);
  }

  @Override
  protected boolean isLinear() {
    return false;
  }
}
