package dev.heddle.futures.map;

import dev.heddle.futures.group.CompletionQueue;
import dev.heddle.futures.group.CompletionQueue.Arrival;
import dev.heddle.futures.map.MapWindow.Chunk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results of a {@code map} in the order in which they complete. */
public final class UnorderedMap<R extends @Nullable Object> extends MapResults<R> {
  private final Map<Arrival, Chunk> underWay = new LinkedHashMap<>();
  private final CompletionQueue arrived = new CompletionQueue();

  /** Starts the map; with outcomes, its results are those of the chunks as {@code MapOutcome}s. */
  public UnorderedMap(MapWindow<?, ?> window, boolean outcomes) {
    super(window, outcomes);
    start();
  }

  @Override
  void submitted(Chunk chunk) {
    underWay.put(arrived.expect(chunk.future(), chunk.size()), chunk);
  }

  @Override
  void resubmitted(Chunk chunk) {
    submitted(chunk);
  }

  @Override
  List<Chunk> underWay() {
    return List.copyOf(underWay.values());
  }

  @Override
  boolean anyUnderWay() {
    return !underWay.isEmpty();
  }

  @Override
  @Nullable
  Chunk takeNext(long nanos) throws InterruptedException {
    Arrival first = arrived.poll();
    if (first == null) {
      List<Arrival> open = List.copyOf(underWay.keySet()); // a copy: other threads read it while this one waits
      first = arrived.take(nanos, () -> open.stream().map(Arrival::future));
    }
    if (first == null) {
      return null;
    }
    return underWay.remove(first);
  }

  @Override
  void cancelAll(boolean interrupt) {
    underWay.keySet().forEach(Arrival::forget);
    cancel(underWay.keySet().stream().map(Arrival::future).toList(), interrupt);
    underWay.clear();
  }
}
