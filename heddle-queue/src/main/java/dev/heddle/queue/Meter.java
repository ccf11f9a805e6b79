package dev.heddle.queue;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one worker does, and how long.
 *
 * <p>Written by the worker alone and read by anybody, a little late and not all at one moment; hence the cheap writes. The
 * histogram is for after the worker's end.
 */
final class Meter {
  /** States, and the places of the time spent in them. */
  static final int GETTING = 0;
  static final int BUSY = 1;
  static final int PUTTING = 2;
  static final int ENDED = 3;

  private static final int STATE = 4;
  private static final int SINCE = 5;
  private static final int IN = 6;
  private static final int OUT = 7;
  private static final int FAILED = 8;
  private static final int PADDED = 24; // so that neighbours in memory do not share a cache line

  private final AtomicLongArray figures = new AtomicLongArray(PADDED);
  final Histogram times = new Histogram();

  Meter() {
    figures.set(STATE, ENDED);
    figures.set(SINCE, System.nanoTime());
  }

  /** Goes over to another state; returns how long the last one lasted, in nanoseconds. */
  long to(int state) {
    long now = System.nanoTime();
    long lasted = now - figures.getPlain(SINCE);
    int before = (int) figures.getPlain(STATE);
    figures.setRelease(before, figures.getPlain(before) + lasted);
    figures.setRelease(SINCE, now);
    figures.setRelease(STATE, state);
    return lasted;
  }

  private void count(int what) {
    figures.setRelease(what, figures.getPlain(what) + 1);
  }

  void in() {
    count(IN);
  }

  void out() {
    count(OUT);
  }

  void failed() {
    count(FAILED);
  }

  /** The nanoseconds spent in a state so far, the present one included. */
  long nanos(int state, long now) {
    long sum = figures.getAcquire(state);
    if (figures.getAcquire(STATE) == state) {
      sum += Math.max(0, now - figures.getAcquire(SINCE));
    }
    return sum;
  }

  boolean isBusy() {
    return figures.getAcquire(STATE) == BUSY;
  }

  long items() {
    return figures.getAcquire(IN);
  }

  long emitted() {
    return figures.getAcquire(OUT);
  }

  long failures() {
    return figures.getAcquire(FAILED);
  }
}
