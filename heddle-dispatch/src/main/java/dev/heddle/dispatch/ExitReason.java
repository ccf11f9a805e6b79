package dev.heddle.dispatch;

import java.util.EnumMap;
import java.util.Map;

/** Why a worker left its pool. */
public enum ExitReason {
  /** It ended by itself: a crash, an exit, lack of memory, a kill from outside. */
  CRASHED,
  /** It ended before it was ready. */
  UNREADY,
  /** It was killed because the task it ran was cancelled or timed out. */
  STOPPED,
  /** It was killed, or told to end, because it took too much memory, did not take its tasks, or reported what cannot be. */
  UNFIT,
  /** It was told to end after its last task ({@link DispatchOptions#maxTasksPerWorker}). */
  RETIRED,
  /** It was told to end because it had no task for too long. */
  IDLE,
  /** The pool ends, or has no use for it any more. */
  CLOSED;

  /** How many workers have left for which reason. Under the dispatcher's lock. */
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
