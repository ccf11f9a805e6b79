package dev.heddle.cli.top;

import java.util.ArrayDeque;
import java.util.Deque;

/** The latest values of a figure as a line of bars, scaled to the largest of them. */
final class Sparkline {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  private final Deque<Double> values = new ArrayDeque<>();
  private final int length;

  Sparkline(int length) {
    this.length = length;
  }

  void add(double value) {
    values.addLast(value);
    if (values.size() > length) {
      values.removeFirst();
    }
  }

  @Override
  public String toString() {
    double most = values.stream().mapToDouble(each -> each).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (double each : values) {
      text.append(BARS
          .charAt(most <= 0 ? 0 : Math.clamp(Math.round(each / most * (BARS.length() - 1)), 0, BARS.length() - 1)));
    }
    return text.toString();
  }
}
