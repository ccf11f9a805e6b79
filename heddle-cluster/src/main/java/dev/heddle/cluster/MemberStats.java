package dev.heddle.cluster;

import java.util.Set;
import java.util.UUID;

/**
 * A member that runs tasks, at one moment. Immutable.
 *
 * @param id the member's identity; another one if the same program joins again
 * @param address where it listens
 * @param pid its process id
 * @param slots how many tasks it runs at once
 * @param labels what it offers
 * @param draining whether it takes no more tasks
 * @param running how many tasks it runs, of all drivers; -1 if it did not tell in time
 * @param waiting how many wait for a slot there; -1 as well
 * @param finished how many it has finished since it started; -1 as well
 * @param keptBytes how many bytes of broadcast values and results it keeps; -1 as well
 */
public record MemberStats(
    UUID id, String address, long pid, int slots, Set<String> labels, boolean draining, long running, long waiting,
    long finished, long keptBytes) {}
