package dev.heddle.iter.compiler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The types of the local variables and of the operand stack before an instruction. */
final class FrameState {
  /** By slot; the second slot of a long or double is TOP. */
  final VType[] locals;

  /** From the bottom; a long or double is one entry. */
  final List<VType> stack;

  FrameState(int maxLocals) {
    locals = new VType[maxLocals];
    Arrays.fill(locals, VType.Simple.TOP);
    stack = new ArrayList<>();
  }

  private FrameState(FrameState other) {
    locals = other.locals.clone();
    stack = new ArrayList<>(other.stack);
  }

  FrameState copy() {
    return new FrameState(this);
  }

  void push(VType type) {
    stack.add(type);
  }

  VType pop() {
    return stack.removeLast();
  }

  /** Stores a value, which ends the life of whatever overlaps it. */
  void set(int slot, VType type) {
    if (slot > 0 && locals[slot - 1].size() == 2) {
      locals[slot - 1] = VType.Simple.TOP;
    }
    locals[slot] = type;
    if (type.size() == 2) {
      locals[slot + 1] = VType.Simple.TOP;
    }
  }

  /** The object that NEW made is initialized, wherever it is. */
  void initialized(VType.Uninit made, VType now) {
    stack.replaceAll(t -> t.equals(made) ? now : t);
    Arrays.setAll(locals, i -> locals[i].equals(made) ? now : locals[i]);
  }
}
