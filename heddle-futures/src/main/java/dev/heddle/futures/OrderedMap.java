package dev.heddle.futures;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The results of a {@code map} in the order of its inputs. */
final class OrderedMap<R extends @Nullable Object> extends MapResults<R> {
  private final ArrayDeque<CoreFuture<@Nullable Object[]>> underWay = new ArrayDeque<>();

  OrderedMap(MapWindow<?, R> window) {
    super(window);
    start();
  }

  @Override
  void submitted(CoreFuture<@Nullable Object[]> chunk) {
    underWay.addLast(chunk);
  }

  @Override
  boolean anyUnderWay() {
    return !underWay.isEmpty();
  }

  @Override
  @Nullable CoreFuture<@Nullable Object[]> takeNext(long nanos) throws InterruptedException {
    CoreFuture<@Nullable Object[]> first = underWay.getFirst();
    if (!first.isDone() && !new SingleWait(first).await(nanos)) {
      return null;
    }
    return underWay.removeFirst();
  }

  @Override
  void cancelAll() {
    underWay.forEach(chunk -> chunk.cancel(false));
    underWay.clear();
  }
}
