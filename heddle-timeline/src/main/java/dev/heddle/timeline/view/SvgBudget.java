package dev.heddle.timeline.view;

import dev.heddle.timeline.Span;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/** The limits of how many things an SVG picture draws one by one, so that it takes at most some hundred kilobytes. */
final class SvgBudget {
  private static final int FEW = 225; // which have bars of a pixel if they are thinner
  private static final int MOST_BARS = 1_500; // of about 150 bytes
  private static final int MOST_MARKS = 500; // of about 300 bytes
  private static final int MOST_STEPS = 9_000; // of about 20 bytes

  private final double leastWidth;
  private final int densityStep;
  private int marks;

  private SvgBudget(double leastWidth, int densityStep) {
    this.leastWidth = leastWidth;
    this.densityStep = densityStep;
  }

  static SvgBudget of(List<Span> spans, LongToDoubleFunction pixels, int rows) {
    double least = spans.size() <= FEW ? 0 : 1;
    while (count(spans, pixels, least) > MOST_BARS) {
      least *= 1.5;
    }
    int step = 1;
    while ((long) rows * SvgView.WIDTH / step > MOST_STEPS) {
      step++;
    }
    return new SvgBudget(least, step);
  }

  private static long count(List<Span> spans, LongToDoubleFunction pixels, double least) {
    return spans.stream().filter(each -> pixels.applyAsDouble(each.duration()) >= least).count();
  }

  /** The width in pixels from which on spans have bars of their own; thinner ones are drawn together. */
  double leastWidth() {
    return leastWidth;
  }

  /** The number of pixels that are drawn together where spans are thinner. */
  int densityStep() {
    return densityStep;
  }

  /** Counts a mark; false if there are too many. */
  boolean takesMark() {
    return marks < MOST_MARKS && ++marks > 0;
  }
}
