package dev.heddle.process;

import java.util.EnumMap;
import java.util.Map;

/** Why a worker leaves its pool; what each means stands in {@link Restarts}. */
enum Departure {
  CRASHED, UNREADY, STOPPED, UNFIT, RETIRED, IDLE,
  /** The pool ends, or has no use for it any more. */
  CLOSED;

  /** How many left for which reason. Under the dispatcher's lock. */
  static final class Counts {
    private final Map<Departure, Long> counts = new EnumMap<>(Departure.class);

    void add(Departure one) {
      counts.merge(one, 1L, Long::sum);
    }

    private long of(Departure one) {
      return counts.getOrDefault(one, 0L);
    }

    Restarts toRestarts() {
      return new Restarts(of(CRASHED), of(UNREADY), of(STOPPED), of(UNFIT), of(RETIRED), of(IDLE));
    }
  }
}
