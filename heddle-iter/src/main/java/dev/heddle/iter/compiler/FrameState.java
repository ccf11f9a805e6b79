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

  /** The object that NEW made is initialized. Compilers keep it in a variable only until then. */
  void initialized(VType.Uninit made, VType now) {
    stack.replaceAll(t -> t.equals(made) ? now : t);
    Arrays.setAll(locals, i -> locals[i].equals(made) ? VType.Simple.TOP : locals[i]);
  }

  /**
   * Takes over where the yielder is and an object under construction, of which a stack map does not tell.
   *
   * @return whether that changes this frame
   */
  boolean join(FrameState incoming, boolean withStack, OwnYielder own) throws Unsupported {
    boolean changed = false;
    for (int i = 0; i < locals.length; i++) {
      if (locals[i] != VType.Simple.TOP && locals[i] instanceof VType.Own != incoming.locals[i] instanceof VType.Own) {
        locals[i] = VType.Simple.TOP;
        changed = true;
      }
    }
    for (int i = 0; withStack && i < stack.size(); i++) {
      VType one = stack.get(i);
      VType other = incoming.stack.get(i);
      if (one instanceof VType.Own known && other instanceof VType.Own more) {
        VType.Own both = known.join(more);
        if (!both.equals(known)) {
          stack.set(i, both);
          own.meet(both);
          changed = true;
        }
      } else if (one instanceof VType.Own || other instanceof VType.Own) {
        throw OwnYielder.escapes(OwnYielder.MEETS);
      }
    }
    return changed;
  }

  /** Marks the yielder where control comes from another place with it, in a frame that is known from a stack map only. */
  void refine(FrameState incoming, boolean withStack) {
    for (int i = 0; i < locals.length; i++) {
      if (locals[i] != VType.Simple.TOP && incoming.locals[i] instanceof VType.Own) {
        locals[i] = VType.Own.KEPT;
      }
    }
    for (int i = 0; withStack && i < stack.size(); i++) {
      if (incoming.stack.get(i) instanceof VType.Own own) {
        stack.set(i, own);
      }
    }
  }
}
