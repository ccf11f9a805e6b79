package dev.heddle.process;

import java.util.ArrayList;
import java.util.List;

/** Kills a process and those it has started. */
final class ProcessTree {
  private static final int ROUNDS = 5;

  private ProcessTree() {}

  /**
   * Kills it. The descendants are listed first, for once their parent is gone nobody knows whose they were; and again after,
   * for they may have started others meanwhile.
   */
  static void kill(ProcessHandle root) {
    if (!root.isAlive()) {
      return; // its number may be another's by now, whose descendants are none of this pool's
    }
    List<ProcessHandle> found = killOne(root);
    for (int round = 0; round < ROUNDS && !found.isEmpty(); round++) {
      List<ProcessHandle> more = new ArrayList<>();
      for (ProcessHandle each : found) {
        more.addAll(killOne(each));
      }
      found = more;
    }
  }

  /** Kills one, and tells its descendants; none if the system does not tell, for want of files, say. */
  private static List<ProcessHandle> killOne(ProcessHandle one) {
    List<ProcessHandle> descendants = List.of();
    try {
      descendants = one.descendants().toList();
    } catch (RuntimeException e) {
      Log.ignored("listing the descendants of process " + one.pid() + " before it is killed", e);
    } finally { // whatever the listing throws
      one.destroyForcibly();
    }
    return descendants;
  }
}
