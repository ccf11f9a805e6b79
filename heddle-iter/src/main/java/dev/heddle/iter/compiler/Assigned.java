package dev.heddle.iter.compiler;

import java.lang.classfile.instruction.StoreInstruction;
import java.util.BitSet;

/**
 * The local variables that certainly have a value before each instruction of a state machine, on every way that leads there.
 */
final class Assigned implements Dataflow.Rules<BitSet> {
  private final MethodCode code;
  private final Analysis analysis;
  private final Spills spills;
  private final Dataflow<BitSet> flow;

  Assigned(MethodCode code, Analysis analysis, Spills spills) {
    this.code = code;
    this.analysis = analysis;
    this.spills = spills;
    BitSet entry = new BitSet();
    spills.captured.forEach(slot -> entry.set(slot.position()));
    this.flow = new Dataflow<>(code, entry, this);
  }

  /** Whether a variable certainly has a value before an instruction; false for one that is not reachable. */
  boolean isAssigned(int slot, int index) {
    return analysis.before[index] != null && flow.at(index).get(slot);
  }

  @Override
  public BitSet after(int index, BitSet before) {
    Spills.Point point = spills.points.get(index);
    if (point != null) {
      BitSet restored = new BitSet();
      point.restored().forEach(slot -> restored.set(slot.position()));
      return restored;
    }
    if (!(code.instructions.get(index) instanceof StoreInstruction store)) {
      return before;
    }
    BitSet stored = copy(before);
    stored.set(store.slot(), hasValue(index));
    return stored;
  }

  /** Whether a store is made in the machine: neither the yielder nor an object under construction is kept in a variable. */
  private boolean hasValue(int store) {
    VType top = analysis.frameAt(store).stack.getLast();
    return !(top instanceof VType.Own) && !(top instanceof VType.Uninit);
  }

  @Override
  public BitSet copy(BitSet facts) {
    return (BitSet) facts.clone();
  }

  @Override
  public boolean join(BitSet known, BitSet incoming) {
    int size = known.cardinality();
    known.and(incoming);
    return known.cardinality() < size;
  }
}
