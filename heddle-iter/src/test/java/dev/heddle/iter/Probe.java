package dev.heddle.iter;

import java.util.Iterator;

/** A source of 0, 1, 2, ... that remembers how far it was read and how often it was closed. */
@SuppressWarnings("IterableAndIterator") // to be given as either
final class Probe implements Iterable<Integer>, Iterator<Integer>, AutoCloseable {
  private final int length;
  int pulled;
  int closed;

  /** The element at which it fails once. */
  int failAt = -1;

  /** Whether closing it fails. */
  boolean failClosing;

  Probe(int length) {
    this.length = length;
  }

  static Probe endless() {
    return new Probe(Integer.MAX_VALUE);
  }

  @Override
  public Iterator<Integer> iterator() {
    return this;
  }

  @Override
  public boolean hasNext() {
    return pulled < length;
  }

  @Override
  public Integer next() {
    if (pulled == failAt) {
      failAt = -1;
      throw new IllegalStateException("element " + pulled);
    }
    return pulled++;
  }

  @Override
  public void close() {
    closed++;
    if (failClosing) {
      throw new IllegalStateException("closing");
    }
  }
}
