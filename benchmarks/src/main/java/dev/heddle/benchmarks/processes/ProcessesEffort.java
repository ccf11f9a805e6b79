package dev.heddle.benchmarks.processes;

import java.time.Duration;

/**
 * The amount of measuring of {@link ProcessesArea}.
 *
 * @param roundTrips tasks that are submitted and waited for, one after the other, in each round
 * @param sparse tasks of which one is submitted each millisecond
 * @param tasks inputs of a map with a task for each
 * @param items inputs of a map in chunks
 * @param longs the length of the large array
 * @param rounds how often each is repeated and counted; as often again before, to warm up
 * @param starts how many pools are opened to see how long workers take
 * @param watched how long an idle pool is watched
 * @param patience how long to wait until a pool has made an AOT cache; zero does without
 * @param withPeers whether CPython and the rows of the cookbook are measured, too
 */
record ProcessesEffort(
    int roundTrips,
    int sparse,
    int tasks,
    int items,
    int longs,
    int rounds,
    int starts,
    Duration watched,
    Duration patience,
    boolean withPeers) {
  private static final int LONGS_OF_64_MIB = 8 << 20;

  /** What the figures are made with; a minute or two. */
  static final ProcessesEffort FULL = new ProcessesEffort(
      20_000, 1_000, 100_000, 4_000_000, LONGS_OF_64_MIB, 9, 9, Duration.ofSeconds(3), Duration.ofMinutes(1), true);

  /** Enough to see that everything runs; its figures mean nothing. */
  static final ProcessesEffort TRIAL = new ProcessesEffort(10, 10, 10, 10, 1 << 17, 1, 1, Duration.ofMillis(20),
      Duration.ZERO, false);
}
