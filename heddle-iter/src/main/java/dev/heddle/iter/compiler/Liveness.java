package dev.heddle.iter.compiler;

import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.BitSet;
import java.util.Map;
import java.util.function.IntPredicate;

/** The local variables that are still read after each instruction of a body, also in the handlers of its exceptions. */
final class Liveness {
  private final MethodCode code;
  private final IntPredicate ignored;
  private final Map<Integer, BitSet> cuts;
  private final BitSet[] before;

  /**
   * Follows the code.
   *
   * @param ignored the loads that read no variable of a machine, those of the yielder
   * @param cuts what is read at some instructions, behind which nothing is followed
   */
  Liveness(MethodCode code, IntPredicate ignored, Map<Integer, BitSet> cuts) {
    this.code = code;
    this.ignored = ignored;
    this.cuts = cuts;
    before = new BitSet[code.size()];
    for (int i = 0; i < before.length; i++) {
      before[i] = new BitSet();
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = code.size() - 1; i >= 0; i--) {
        BitSet live = at(i);
        if (!live.equals(before[i])) {
          before[i] = live;
          changed = true;
        }
      }
    }
  }

  private BitSet at(int index) {
    BitSet cut = cuts.get(index);
    BitSet live = cut == null ? transfer(index, normallyAfter(index)) : (BitSet) cut.clone();
    addHandlers(index, live);
    return live;
  }

  /** The slots that are read when the body goes on at an instruction's end, or with an exception from it. */
  BitSet across(int index) {
    BitSet live = normallyAfter(index);
    addHandlers(index, live);
    return live;
  }

  private BitSet normallyAfter(int index) {
    BitSet live = new BitSet();
    for (int next : code.successors(index)) {
      if (next < before.length) {
        live.or(before[next]);
      }
    }
    return live;
  }

  private void addHandlers(int index, BitSet live) {
    for (int handler : code.handlers(index)) {
      live.or(before[handler]);
    }
  }

  private BitSet transfer(int index, BitSet live) {
    switch (code.instructions.get(index)) {
      case StoreInstruction store -> live.clear(store.slot());
      case LoadInstruction load -> {
        if (!ignored.test(index)) {
          live.set(load.slot());
        }
      }
      case IncrementInstruction increment -> live.set(increment.slot());
      default -> {
      }
    }
    return live;
  }
}
