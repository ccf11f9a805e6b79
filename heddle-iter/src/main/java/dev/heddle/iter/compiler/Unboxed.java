package dev.heddle.iter.compiler;

import dev.heddle.iter.compiler.Analysis.Suspension;
import dev.heddle.iter.compiler.MachineBase.FieldRef;
import dev.heddle.iter.spi.Suspends;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The suspension points whose element the body boxes just before, as in {@code y.yield(i)} of an int: the machine keeps the
 * primitive value in a field, and boxes it when the element is taken.
 *
 * <p>A box that is written to the machine has to be allocated; one that is made for the reader often need not be. All points
 * have elements of one primitive type, the first that the body yields.
 *
 * @param type the primitive type
 * @param points the indexes of the suspension points
 */
record Unboxed(ClassDesc type, Set<Integer> points) {
  /** The field of the machine. */
  private static final String FIELD = "element";

  /** Returns the points of a body; null if there are none. */
  static @Nullable Unboxed of(MethodCode code, Analysis analysis) {
    Set<Integer> points = new HashSet<>();
    ClassDesc first = null;
    for (Suspension each : analysis.suspensions.values()) {
      ClassDesc type = each.kind() == Suspends.Kind.YIELD ? boxedBefore(each.index(), code) : null;
      if (type != null && (first == null || first.equals(type))) {
        first = type;
        points.add(each.index());
      }
    }
    return first == null ? null : new Unboxed(first, points);
  }

  /** The primitive type of what the instruction before this one boxes, on the only path that leads here. */
  private static @Nullable ClassDesc boxedBefore(int index, MethodCode code) {
    if (index == 0 || code.hasFrame(index)
        || !(code.instructions.get(index - 1) instanceof InvokeInstruction call) || call.opcode() != Opcode.INVOKESTATIC
        || !call.name().equalsString("valueOf") || call.typeSymbol().parameterCount() != 1) {
      return null;
    }
    ClassDesc type = call.typeSymbol().parameterType(0);
    return type.isPrimitive() && call.owner().asSymbol().equals(Boxes.of(type)) ? type : null;
  }

  /** The field of the primitive value. */
  FieldRef field() {
    return new FieldRef(FIELD, type);
  }

  /** Stores the value on the stack in the machine. */
  void keep(CodeBuilder out, ClassDesc machine) {
    out.aload(0);
    if (TypeKind.from(type).slotSize() == 2) {
      out.dup_x2().pop();
    } else {
      out.swap();
    }
    field().put(out, machine);
  }

  /** Returns the value from the method, as an object. */
  void returnBoxed(CodeBuilder out, ClassDesc machine) {
    ClassDesc box = Boxes.of(type);
    out.aload(0);
    field().get(out, machine);
    out.invokestatic(box, "valueOf", MethodTypeDesc.of(box, type)).areturn();
  }
}
