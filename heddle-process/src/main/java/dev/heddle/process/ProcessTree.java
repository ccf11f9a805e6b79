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
    List<ProcessHandle> found = root.descendants().toList();
    root.destroyForcibly();
    for (int round = 0; round < ROUNDS && !found.isEmpty(); round++) {
      List<ProcessHandle> more = new ArrayList<>();
      for (ProcessHandle each : found) {
        each.descendants().forEach(more::add);
        each.destroyForcibly();
      }
      found = more;
    }
  }
}
