package dev.heddle.iter.compiler;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/**
 * A place of the body's frame that is kept in a field of the state machine while the body is suspended.
 *
 * <p>Places with the same position and kind share a field.
 *
 * @param onStack whether {@code position} counts operand stack entries from the bottom, or is a local variable's slot
 */
record Slot(boolean onStack, int position, VType type) {

  String field() {
    return (onStack ? "stack" : "local") + position + letter();
  }

  ClassDesc fieldType() {
    return isReference() ? ConstantDescs.CD_Object : type.kind().upperBound();
  }

  boolean isReference() {
    return type.kind() == TypeKind.REFERENCE;
  }

  private String letter() {
    return switch (type.kind()) {
      case INT -> "I";
      case LONG -> "J";
      case FLOAT -> "F";
      case DOUBLE -> "D";
      default -> "";
    };
  }
}
