package dev.heddle.iter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One element from each source in turn; a source that has ended is left out of the later rounds. */
final class RoundRobinStage<T extends @Nullable Object> extends Stage<T, T> {
  private final List<Pull<? extends T>> sources;
  private final List<Pull<? extends T>> inTurn;
  private int turn;

  RoundRobinStage(List<Pull<? extends T>> sources) {
    super(sources.isEmpty() ? SourceIter.none() : sources.getFirst());
    this.sources = sources;
    this.inTurn = new ArrayList<>(sources);
  }

  @Override
  @Nullable
  Object offer(T input) {
    turn++;
    pointAtTurn();
    return input;
  }

  @Override
  @Nullable
  Object ended() {
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
  void release(Closing closing) {
    sources.forEach(closing::add);
  }

  @Override
  boolean isLinear() {
    return false;
  }
}
