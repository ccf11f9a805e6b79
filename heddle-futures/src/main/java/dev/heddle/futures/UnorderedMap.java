package dev.heddle.futures;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The results of a {@code map} as they are ready. */
final class UnorderedMap<R extends @Nullable Object> extends MapResults<R> {
  private final Set<CoreFuture<?>> underWay = new LinkedHashSet<>();
  private final CompletionQueue arrived = new CompletionQueue();

  UnorderedMap(MapWindow<?, R> window) {
    super(window);
    start();
  }

  @Override
  void submitted(CoreFuture<@Nullable Object[]> chunk) {
    underWay.add(chunk);
    if (!chunk.observe(arrived)) {
      arrived.done(chunk);
    }
  }

  @Override
  boolean anyUnderWay() {
    return !underWay.isEmpty();
  }

  @Override
  @SuppressWarnings("unchecked") // only this map's chunks are observed
  @Nullable CoreFuture<@Nullable Object[]> takeNext(long nanos) throws InterruptedException {
    CoreFuture<?> first = arrived.poll();
    if (first == null) {
      List<CoreFuture<?>> open = List.copyOf(underWay); // other threads look at it, while this one waits
      first = arrived.take(nanos, open::stream);
    }
    underWay.remove(first);
    return (CoreFuture<@Nullable Object[]>) first;
  }

  @Override
  void cancelAll() {
    for (CoreFuture<?> chunk : underWay) {
      chunk.cancel(false);
      chunk.forget(arrived);
    }
    underWay.clear();
  }
}
