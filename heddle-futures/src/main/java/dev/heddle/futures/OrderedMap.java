package dev.heddle.futures;

import dev.heddle.futures.MapWindow.Chunk;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The results of a {@code map} in the order of its inputs. */
final class OrderedMap<R extends @Nullable Object> extends MapResults<R> {
  private final ArrayDeque<Chunk> underWay = new ArrayDeque<>();

  OrderedMap(MapWindow<?, R> window) {
    super(window);
    start();
  }

  @Override
  void submitted(Chunk chunk) {
    underWay.addLast(chunk);
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
  void cancelAll() {
    underWay.forEach(chunk -> chunk.future().cancel(false));
    underWay.clear();
  }
}
