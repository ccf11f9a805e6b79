package dev.heddle.iter.stages;

import java.util.Comparator;
import java.util.PriorityQueue;

/** The median of the numbers so far, kept as two halves. */
public final class RunningMedian {
  private final PriorityQueue<Double> lower = new PriorityQueue<>(Comparator.reverseOrder());
  private final PriorityQueue<Double> upper = new PriorityQueue<>();

  /** Returns the median of the numbers so far and the given one. */
  public double with(double number) {
    upper.add(number);
    lower.add(upper.remove());
    if (lower.size() > upper.size() + 1) {
      upper.add(lower.remove());
    }
    double low = lower.element();
    return lower.size() > upper.size() ? low : low / 2 + upper.element() / 2;
  }
}
