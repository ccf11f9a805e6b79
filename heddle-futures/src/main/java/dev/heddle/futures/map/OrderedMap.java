package dev.heddle.futures.map;

import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.SingleWait;
import dev.heddle.futures.map.MapWindow.Chunk;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The results of a {@code map} in the order of its inputs. */
public final class OrderedMap<R extends @Nullable Object> extends MapResults<R> {
  private final ArrayDeque<Chunk> underWay = new ArrayDeque<>();

  /** Starts the map; with outcomes, its results are those of the chunks as {@code MapOutcome}s. */
  public OrderedMap(MapWindow<?, ?> window, boolean outcomes) {
    super(window, outcomes);
    start();
  }

  @Override
  void submitted(Chunk chunk) {
    underWay.addLast(chunk);
  }

  @Override
  void resubmitted(Chunk chunk) {
    underWay.addFirst(chunk);
  }

  @Override
  List<Chunk> underWay() {
    return List.copyOf(underWay);
  }

  @Override
  boolean anyUnderWay() {
    return !underWay.isEmpty();
  }

  @Override
  @Nullable
  Chunk takeNext(long nanos) throws InterruptedException {
    CoreFuture<?> first = underWay.getFirst().future();
    if (!first.isDone() && !new SingleWait(first).await(nanos)) {
      return null;
    }
    return underWay.removeFirst();
  }

  @Override
  void cancelAll(boolean interrupt) {
    cancel(underWay.stream().map(Chunk::future).toList(), interrupt);
    underWay.clear();
  }
}
