package dev.heddle.futures.map;

import dev.heddle.futures.group.CompletionQueue;
import dev.heddle.futures.group.CompletionQueue.Arrival;
import dev.heddle.futures.map.MapWindow.Chunk;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The results of a {@code map} in the order in which they complete. */
public final class UnorderedMap<R extends @Nullable Object> extends MapResults<R> {
  private final Set<Arrival> underWay = new LinkedHashSet<>();
  private final CompletionQueue arrived = new CompletionQueue();

  /** Starts the map. */
  public UnorderedMap(MapWindow<?, R> window) {
    super(window);
    start();
  }

  @Override
  void submitted(Chunk chunk) {
    underWay.add(arrived.expect(chunk.future(), chunk.size()));
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
      List<Arrival> open = List.copyOf(underWay); // a copy: other threads read it while this one waits
      first = arrived.take(nanos, () -> open.stream().map(Arrival::future));
    }
    if (first == null) {
      return null;
    }
    underWay.remove(first);
    return new Chunk(first.future(), first.number()); // the number of its arrival is its size
  }

  @Override
  void cancelAll() {
    for (Arrival each : underWay) {
      each.future().cancel(false);
      each.forget();
    }
    underWay.clear();
  }
}
