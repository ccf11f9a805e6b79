package dev.heddle.cluster;

import dev.heddle.base.Check;
import dev.heddle.cluster.wire.Description;
import dev.heddle.futures.Executor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of a node. Immutable.
 *
 * @param cluster how it takes part in the cluster
 * @param slots how many tasks it runs at once
 * @param labels what it offers tasks that ask for it, such as {@code gpu}
 * @param maxKept how many bytes of broadcast values and kept results it holds at the most
 * @param runner what runs its tasks, such as a {@code ProcessPool}, which can kill one; null for the node's own threads
 */
public record NodeOptions(ClusterOptions cluster, int slots, Set<String> labels, long maxKept, @Nullable Executor runner) {
  private static final int MOST_LABELS = 100;
  private static final int LONGEST_LABEL = 100;
  private static final int SHARE_OF_HEAP = 4;

  /** Checks the values. */
  public NodeOptions {
    Check.notNull(cluster, "cluster");
    Check.positive(slots, "slots", "a node runs as many tasks at once; its number of processors suits CPU work");
    if (slots > Description.MOST_SLOTS) {
      throw new IllegalArgumentException(
          "slots must be at the most " + Description.MOST_SLOTS + ", but was " + slots
              + "; each has a thread: start more nodes");
    }
    labels = Set.copyOf(Check.notNull(labels, "labels"));
    labels.forEach(NodeOptions::checkLabel);
    if (labels.size() > MOST_LABELS) {
      throw new IllegalArgumentException(
          "labels must be at the most " + MOST_LABELS + ", but were " + labels.size() + "; each is what tasks ask for");
    }
    Check.notNegative(maxKept, "maxKept", "0 keeps nothing");
  }

  private static void checkLabel(String label) {
    if (Check.notBlank(label, "labels", "a label is a word such as gpu").length() > LONGEST_LABEL) {
      throw new IllegalArgumentException(
          "labels must have at the most " + LONGEST_LABEL + " characters, but one had " + label.length()
              + "; a label is a word such as gpu");
    }
  }

  /** As many slots as processors, no labels, a quarter of the heap for what is kept, and threads of its own. */
  public static NodeOptions of(ClusterOptions cluster) {
    Runtime runtime = Runtime.getRuntime();
    return new NodeOptions(cluster, runtime.availableProcessors(), Set.of(), runtime.maxMemory() / SHARE_OF_HEAP, null);
  }

  /** These options with another number of slots. */
  public NodeOptions withSlots(int slots) {
    return new NodeOptions(cluster, slots, labels, maxKept, runner);
  }

  /** These options with labels. */
  public NodeOptions withLabels(String... labels) {
    return new NodeOptions(cluster, slots, Set.of(labels), maxKept, runner);
  }

  /** These options with another limit of what is kept, in bytes. */
  public NodeOptions withMaxKept(long bytes) {
    return new NodeOptions(cluster, slots, labels, bytes, runner);
  }

  /** These options with an executor that runs the tasks; the node does not close it. */
  public NodeOptions withRunner(Executor runner) {
    return new NodeOptions(cluster, slots, labels, maxKept, Check.notNull(runner, "runner"));
  }
}
