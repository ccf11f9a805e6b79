package dev.heddle.iter.compiler;

import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The local variables that certainly have a value before each instruction of a state machine, on every way that leads there. */
final class Assigned {
  /** By instruction of the body; null for one that is not reachable. */
  final @Nullable BitSet[] before;

  private final Analysis analysis;
  private final Deque<Integer> work = new ArrayDeque<>(List.of(0));

  Assigned(MethodCode code, Analysis analysis, Spills spills) {
    this.analysis = analysis;
    before = new @Nullable BitSet[code.size()];
    BitSet entry = new BitSet();
    spills.captured.forEach(slot -> entry.set(slot.position()));
    before[0] = entry;
    while (!work.isEmpty()) {
      int index = work.remove();
      BitSet in = before[index];
      if (in == null) {
        continue;
      }
      BitSet out = (BitSet) in.clone();
      Spills.Point point = spills.points.get(index);
      if (point != null) {
        out.clear();
        point.restored().forEach(slot -> out.set(slot.position()));
      } else if (code.instructions.get(index) instanceof StoreInstruction store) {
        out.set(store.slot(), hasValue(index));
      }
      for (int next : code.successors(index)) {
        reach(next, out);
      }
      for (int handler : code.handlers(index)) {
        reach(handler, in);
        reach(handler, out);
      }
    }
  }

  /** Whether a store is made in the machine: neither the yielder nor an object under construction is kept in a variable. */
  private boolean hasValue(int store) {
    VType top = analysis.frameAt(store).stack.getLast();
    return !(top instanceof VType.Own) && !(top instanceof VType.Uninit);
  }

  private void reach(int index, BitSet incoming) {
    if (index >= before.length) {
      return;
    }
    BitSet known = before[index];
    if (known == null) {
      before[index] = (BitSet) incoming.clone();
      work.add(index);
    } else {
      int size = known.cardinality();
      known.and(incoming);
      if (known.cardinality() < size) {
        work.add(index);
      }
    }
  }
}
