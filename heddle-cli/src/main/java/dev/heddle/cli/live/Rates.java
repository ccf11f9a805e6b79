package dev.heddle.cli.live;

import java.util.HashMap;
import java.util.Map;

/**
 * The numbers of tasks or items that are done in a second: in the time between two frames, or on average since the beginning if there is one
 * frame only.
 */
public final class Rates {
  private final Map<String, Double> rates = new HashMap<>();

  private Rates() {}

  /** Returns the averages since each executor or pipeline was made. */
  public static Rates average(LiveFrame frame) {
    Rates rates = new Rates();
    for (FrameRow row : frame.rows()) {
      if (row.age() > 0 && row.figures().containsKey("done")) {
        rates.rates.put(row.id(), row.figure("done") / (row.age() / 1e9));
      }
    }
    return rates;
  }

  /** Returns those between two frames; what is new has its average. */
  public static Rates between(LiveFrame before, LiveFrame now) {
    Rates rates = average(now);
    double seconds = (now.nanos() - before.nanos()) / 1e9;
    if (seconds > 0) {
      Map<String, FrameRow> known = new HashMap<>();
      before.rows().forEach(row -> known.put(row.id(), row));
      for (FrameRow row : now.rows()) {
        FrameRow earlier = known.get(row.id());
        if (earlier != null && row.figures().containsKey("done")) {
          rates.rates.put(row.id(), Math.max(0, row.figure("done") - earlier.figure("done")) / seconds);
        }
      }
    }
    return rates;
  }

  /** Returns the rate of a row; NaN if it has none. */
  public double of(FrameRow row) {
    return rates.getOrDefault(row.id(), Double.NaN);
  }
}
