package dev.heddle.futures;

import dev.heddle.futures.FutureState.Observer;
import java.util.stream.Stream;

/** A wait for one future. */
final class SingleWait extends Wait implements Observer {
  private final CoreFuture<?> future;

  SingleWait(CoreFuture<?> future) {
    this.future = future;
  }

  @Override
  boolean satisfied() {
    return future.isDone();
  }

  @Override
  Stream<CoreFuture<?>> open() {
    return future.isDone() ? Stream.empty() : Stream.of(future);
  }

  @Override
  boolean needsAll() {
    return true;
  }

  @Override
  void help(long nanos) {
    future.help(nanos);
  }

  @Override
  void enlist() {
    future.observe(this);
  }

  @Override
  void withdraw() {
    future.forget(this);
  }

  @Override
  public void done(CoreFuture<?> done) {
    wake();
  }
}
