package dev.heddle.cluster;

import dev.heddle.base.Check;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The members that may run tasks, and how many at once. Immutable.
 *
 * @param labels what a member must offer, such as {@code gpu}
 * @param slots how many of a member's slots each task takes
 * @param atMost how many tasks run at once in all; {@link Integer#MAX_VALUE} for as many as there are slots
 * @param near the member that is preferred: a hint, which gives way if it has no free slot; null for none
 */
public record Placement(Set<String> labels, int slots, int atMost, @Nullable UUID near) {
  private static final Placement ANYWHERE = new Placement(Set.of(), 1, Integer.MAX_VALUE, null);

  /** Checks the values. */
  public Placement {
    labels = Set.copyOf(Check.notNull(labels, "labels"));
    Check.positive(slots, "slots", "a task takes at least one");
    Check.positive(atMost, "atMost", "leave it out for as many as there are slots");
  }

  /** Any member, one slot for each task, as many as there are. */
  public static Placement anywhere() {
    return ANYWHERE;
  }

  /** Members with all of these labels. */
  public Placement withLabels(String... labels) {
    return new Placement(Set.of(labels), slots, atMost, near);
  }

  /** Tasks that take as many slots of their member. */
  public Placement withSlots(int slots) {
    return new Placement(labels, slots, atMost, near);
  }

  /** At the most as many tasks at once. */
  public Placement withAtMost(int atMost) {
    return new Placement(labels, slots, atMost, near);
  }

  /** Preferably at the member that keeps this result. */
  public Placement near(Remote<?> remote) {
    return new Placement(labels, slots, atMost, remote.member());
  }
}
