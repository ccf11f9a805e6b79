package dev.heddle.futures;

import dev.heddle.futures.CompletionQueue.Arrival;
import dev.heddle.futures.MapWindow.Chunk;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The results of a {@code map} as they are ready. */
final class UnorderedMap<R extends @Nullable Object> extends MapResults<R> {
  private final Set<Arrival> underWay = new LinkedHashSet<>();
  private final CompletionQueue arrived = new CompletionQueue();

  UnorderedMap(MapWindow<?, R> window) {
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
      List<Arrival> open = List.copyOf(underWay); // other threads look at it, while this one waits
      first = arrived.take(nanos, () -> open.stream().map(Arrival::future));
    }
    if (first == null) {
      return null;
    }
    underWay.remove(first);
    return new Chunk(first.future(), first.number()); // what it was expected under is its size
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
