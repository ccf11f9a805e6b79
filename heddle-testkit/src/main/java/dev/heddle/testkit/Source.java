package dev.heddle.testkit;

import dev.heddle.iter.Iter;
import org.jspecify.annotations.Nullable;

/** The integers from 0, as the source of a map that knows how far it was read, by whom, and whether it was closed. */
final class Source implements Iter<Integer> {
  private final int end;
  private final @Nullable Throwable failure;
  private int taken;
  private boolean closed;
  private @Nullable Thread reader;

  private Source(int end, @Nullable Throwable failure, int taken) {
    this.end = end;
    this.failure = failure;
    this.taken = taken;
  }

  /** One that fails when its element number {@code end} is asked for. */
  Source(int end, Throwable failure) {
    this(end, failure, 0);
  }

  /** One that ends. */
  static Source upTo(int end) {
    return new Source(end, null, 0);
  }

  /** One that never ends. */
  static Source endless() {
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
