package dev.heddle.testkit.contract;

import dev.heddle.iter.Iter;
import org.jspecify.annotations.Nullable;

/** A source of the integers from 0 that records how far it was read, by which thread, and whether it was closed. */
final class CountedSource implements Iter<Integer> {
  private final int end;
  private final @Nullable Throwable failure;
  private int taken;
  private boolean closed;
  private @Nullable Thread reader;

  private CountedSource(int end, @Nullable Throwable failure, int taken) {
    this.end = end;
    this.failure = failure;
    this.taken = taken;
  }

  /** A source that fails when its element number {@code end} is asked for. */
  CountedSource(int end, Throwable failure) {
    this(end, failure, 0);
  }

  /** A source that ends before the given number. */
  static CountedSource upTo(int end) {
    return new CountedSource(end, null, 0);
  }

  /** A source without an end. */
  static CountedSource endless() {
    return upTo(Integer.MAX_VALUE);
  }

  @Override
  public boolean hasNext() {
    return taken < end || failure != null;
  }

  @Override
  public Integer next() {
    reader = Thread.currentThread();
    if (taken == end) {
      switch (failure) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case null, default -> throw new AssertionError("asked for more than there is");
      }
    }
    return taken++;
  }

  @Override
  public void close() {
    closed = true;
  }

  int taken() {
    return taken;
  }

  boolean closed() {
    return closed;
  }

  @Nullable
  Thread reader() {
    return reader;
  }
}
