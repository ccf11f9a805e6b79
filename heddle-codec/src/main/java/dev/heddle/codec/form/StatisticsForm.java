package dev.heddle.codec.form;

import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.LongSummaryStatistics;
import org.jspecify.annotations.Nullable;

/**
 * The serialized form of an {@code IntSummaryStatistics} or its variants.
 *
 * @param min of the same class as the max: Integer, Long or Double
 * @param sum a Long, or a Double
 */
public record StatisticsForm(long count, Number min, Number max, Number sum) implements Serializable {

  static @Nullable StatisticsForm of(Object object) {
    return switch (object) {
      case IntSummaryStatistics all when object.getClass() == IntSummaryStatistics.class ->
        new StatisticsForm(all.getCount(), all.getMin(), all.getMax(), all.getSum());
      case LongSummaryStatistics all when object.getClass() == LongSummaryStatistics.class ->
        new StatisticsForm(all.getCount(), all.getMin(), all.getMax(), all.getSum());
      case DoubleSummaryStatistics all when object.getClass() == DoubleSummaryStatistics.class ->
        new StatisticsForm(all.getCount(), all.getMin(), all.getMax(), all.getSum());
      default -> null;
    };
  }

  private Object readResolve() throws ObjectStreamException {
    try {
      if (min instanceof Integer least && max instanceof Integer most && sum instanceof Long all) {
        return new IntSummaryStatistics(count, least, most, all);
      }
      if (min instanceof Long least && max instanceof Long most && sum instanceof Long all) {
        return new LongSummaryStatistics(count, least, most, all);
      }
      if (min instanceof Double least && max instanceof Double most && sum instanceof Double all) {
        return doubles(least, most, all);
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidObjectException("statistics that cannot be: " + e.getMessage(), e);
    }
    throw new InvalidObjectException("statistics of different kinds of numbers");
  }

  private DoubleSummaryStatistics doubles(double least, double most, double all) {
    if (!Double.isNaN(all) || Double.isNaN(least)) {
      return new DoubleSummaryStatistics(count, least, most, all);
    }
    // infinities of both signs make a sum that is none, which the constructor refuses: the last of them comes by itself
    boolean negative = least == Double.NEGATIVE_INFINITY;
    double last = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    DoubleSummaryStatistics statistics = new DoubleSummaryStatistics(count - 1, least, most, -last);
    statistics.accept(last);
    return statistics;
  }
}
