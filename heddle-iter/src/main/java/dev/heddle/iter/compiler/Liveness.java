package dev.heddle.iter.compiler;

import dev.heddle.iter.compiler.MethodCode.Try;
import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.BitSet;

/** Which local variables are still read after each instruction of a body, also in the handlers of its exceptions. */
final class Liveness {
  private final MethodCode code;
  private final BitSet[] before;

  Liveness(MethodCode code) {
    this.code = code;
    before = new BitSet[code.size()];
    for (int i = 0; i < before.length; i++) {
      before[i] = new BitSet();
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = code.size() - 1; i >= 0; i--) {
        BitSet live = transfer(code.instructions.get(i), normallyAfter(i));
        addHandlers(i, live);
        if (!live.equals(before[i])) {
          before[i] = live;
          changed = true;
        }
      }
    }
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
    for (Try each : code.tries) {
      if (each.covers(index)) {
        live.or(before[each.handler()]);
      }
    }
  }

  private static BitSet transfer(Instruction instruction, BitSet live) {
    switch (instruction) {
      case StoreInstruction store -> live.clear(store.slot());
      case LoadInstruction load -> live.set(load.slot());
      case IncrementInstruction increment -> live.set(increment.slot());
      default -> {
      }
    }
    return live;
  }
}
