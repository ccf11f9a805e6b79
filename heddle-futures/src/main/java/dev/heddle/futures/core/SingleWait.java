package dev.heddle.futures.core;

import dev.heddle.futures.core.FutureState.Removable;
import java.util.stream.Stream;

/** A wait for one future. */
public final class SingleWait extends FutureWait implements Removable {
  private final CoreFuture<?> future;

  /** A wait of the calling thread. */
  public SingleWait(CoreFuture<?> future) {
    this.future = future;
  }

  @Override
  protected boolean satisfied() {
    return future.isDone();
  }

  @Override
  protected Stream<CoreFuture<?>> open() {
    return future.isDone() ? Stream.empty() : Stream.of(future);
  }

  @Override
  protected boolean needsAll() {
    return true;
  }

  @Override
  protected void help(long nanos) {
    future.help(nanos);
  }

  @Override
  protected void waited(long nanos) {
    future.waited(nanos);
  }

  @Override
  protected void enlist() {
    future.observe(this);
  }

  @Override
  protected void withdraw() {
    future.forget(this);
  }

  @Override
  public void done(CoreFuture<?> done) {
    wake();
  }
}
