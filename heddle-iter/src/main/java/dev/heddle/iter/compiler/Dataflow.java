package dev.heddle.iter.compiler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The facts that hold before each instruction of a body, followed forwards along all ways through its code: those of
 * exceptions too, which may leave an instruction before or after it has done what it does.
 *
 * @param <F> the facts about one place
 */
final class Dataflow<F> {
  /** The operations on facts; none of the methods changes an argument, but {@code join} its first one. */
  interface Rules<F> {
    /** Returns the facts behind an instruction; perhaps the same object. */
    F after(int index, F before);

    F copy(F facts);

    /** Adds what another way brings; returns whether that was news. */
    boolean join(F known, F incoming);
  }

  private final Rules<F> rules;
  private final Map<Integer, F> before = new HashMap<>();
  private final Deque<Integer> work = new ArrayDeque<>(List.of(0));

  /** Follows the code, of which {@link Analysis} has found that it does not run off its end. */
  Dataflow(MethodCode code, F entry, Rules<F> rules) {
    this.rules = rules;
    before.put(0, entry);
    while (!work.isEmpty()) {
      int index = work.remove();
      F in = at(index);
      F out = rules.after(index, in);
      for (int next : code.successors(index)) {
        reach(next, out);
      }
      for (int handler : code.handlers(index)) {
        reach(handler, in);
        reach(handler, out);
      }
    }
  }

  /** Returns what holds before an instruction that is reachable. */
  F at(int index) {
    return Objects.requireNonNull(before.get(index), "the instruction is not reachable");
  }

  private void reach(int index, F incoming) {
    F known = before.get(index);
    if (known == null) {
      before.put(index, rules.copy(incoming));
      work.add(index);
    } else if (rules.join(known, incoming)) {
      work.add(index);
    }
  }
}
