package dev.heddle.dispatch;

import java.util.EnumMap;
import java.util.Map;

/** The reason for which a worker left its pool. */
public enum ExitReason {
  /** The worker ended by itself: a crash, an exit, lack of memory, a kill from outside. */
  CRASHED,
  /** The worker ended before it was ready. */
  UNREADY,
  /** The worker was killed because the task it ran was cancelled or timed out. */
  STOPPED,
  /**
   * The worker was killed, or told to end, because it took too much memory, did not take its tasks, or reported what cannot
   * be.
   */
  UNFIT,
  /** The worker was told to end after its last task ({@link DispatchOptions#maxTasksPerWorker}). */
  RETIRED,
  /** The worker was told to end because it had no task for too long. */
  IDLE,
  /** The pool ends, or has no use for it any more. */
  CLOSED;

  /** The number of workers that have left, for each reason. Under the dispatcher's lock. */
  static final class Counts {
    private final Map<ExitReason, Long> counts = new EnumMap<>(ExitReason.class);

    void add(ExitReason reason) {
      counts.merge(reason, 1L, Long::sum);
    }

    Map<ExitReason, Long> toMap() {
      Map<ExitReason, Long> copy = new EnumMap<>(ExitReason.class);
      for (ExitReason each : values()) {
        copy.put(each, counts.getOrDefault(each, 0L));
      }
      return copy;
    }
  }
}
