package dev.heddle.queue.meter;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * Measures how long garbage collections pause the program, from the first look on. For one thread.
 *
 * <p>The first look comes late, because it loads the classes of the platform's management, which costs more than a short
 * run.
 */
public final class GcPauses {
  private static final long FIRST_LOOK_NANOS = 10_000_000;
  private static final long NONE = -1;
  private static final String CONCURRENT = "Cycles"; // "ZGC Major Cycles", "Shenandoah Cycles": the program runs meanwhile

  private long before = NONE;

  /** Begins to measure if a run has taken long enough. */
  public void lookIfDue(long elapsed) {
    if (before == NONE && elapsed >= FIRST_LOOK_NANOS) {
      before = millis();
    }
  }

  /** Returns the pauses since the first look; 0 if they could not be looked at. */
  public long nanos() {
    long now = before == NONE ? NONE : millis();
    return now == NONE ? 0 : (now - before) * 1_000_000;
  }

  /** Returns the time of all collections since the program's start, or {@link #NONE}. */
  private static long millis() {
    try {
      return collected();
    } catch (LinkageError e) { // no descriptor was free when the management's library was to be loaded
      return NONE;
    }
  }

  private static long collected() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(bean -> isPausing(bean.getName()))
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .filter(time -> time > 0)
        .sum();
  }

  /** Returns whether the collection time of a collector of that name is that of its pauses. */
  static boolean isPausing(String collector) {
    return !collector.endsWith(CONCURRENT);
  }
}
