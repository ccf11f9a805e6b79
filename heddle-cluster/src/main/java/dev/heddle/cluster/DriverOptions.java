package dev.heddle.cluster;

import dev.heddle.base.Check;
import dev.heddle.futures.PoolOptions;
import dev.heddle.timeline.TimelineRecorder;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The options of a cluster pool. Immutable.
 *
 * @param cluster how this program takes part in the cluster
 * @param pool the options of the executor; the initializer runs once on each member
 * @param sharesClasses whether members may ask this program for classes that they lack; needs a secret
 * @param allowedResults the names of classes that results may have in addition to the default ones
 * @param patience for how long the pool waits for a member: at first, and when all were lost
 * @param timeline records which member ran what when; null for no record
 */
public record DriverOptions(
    ClusterOptions cluster,
    PoolOptions pool,
    boolean sharesClasses,
    Predicate<String> allowedResults,
    Duration patience,
    @Nullable TimelineRecorder timeline) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Checks the values. */
  public DriverOptions {
    Check.notNull(cluster, "cluster");
    Check.notNull(pool, "pool");
    Check.notNull(allowedResults, "allowedResults");
    Check.positive(patience, "patience", "30 s is the default");
    if (sharesClasses && cluster.secret().isInsecure()) {
      throw new IllegalArgumentException(
          "sharesClasses must be false without a secret: any program here could read this program's files of classes; give a secret");
    }
  }

  /** Default options of the executor, no classes shared, a patience of 30 s, no timeline. */
  public static DriverOptions of(ClusterOptions cluster) {
    return new DriverOptions(cluster, PoolOptions.defaults(), false, name -> false, PATIENCE, null);
  }

  /** These options with others for the executor. */
  public DriverOptions withPool(PoolOptions pool) {
    return new DriverOptions(cluster, pool, sharesClasses, allowedResults, patience, timeline);
  }

  /** These options, with classes sent to members that lack them. */
  public DriverOptions withSharedClasses() {
    return new DriverOptions(cluster, pool, true, allowedResults, patience, timeline);
  }

  /** These options with further classes of results. */
  public DriverOptions withAllowedResults(Predicate<String> classNames) {
    return new DriverOptions(cluster, pool, sharesClasses, classNames, patience, timeline);
  }

  /** These options with another patience. */
  public DriverOptions withPatience(Duration patience) {
    return new DriverOptions(cluster, pool, sharesClasses, allowedResults, patience, timeline);
  }

  /** These options with a recorder of the timeline. */
  public DriverOptions withTimeline(TimelineRecorder recorder) {
    return new DriverOptions(cluster, pool, sharesClasses, allowedResults, patience, Check.notNull(recorder, "recorder"));
  }
}
