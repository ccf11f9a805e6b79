package dev.heddle.iter.compiler;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.HashSet;
import java.util.Set;

/** The verifier's knowledge of a value on the stack or in a local variable. */
sealed interface VType {

  /** The values that need no further description. */
  enum Simple implements VType {
    TOP, INT, FLOAT, LONG, DOUBLE, NULL
  }

  /** A reference to an object of a class or an array. */
  record Ref(ClassDesc type) implements VType {}

  /** An object that a NEW instruction has made, before its constructor has run. */
  record Uninit(int newAt) implements VType {}

  /**
   * Certainly the body's own yielder. On the stack it was put there by one of the loads; empty: the machine has it there for
   * sure. A machine keeps no yielder in local variables: it loads the one it was given.
   */
  record Own(Set<Integer> loads) implements VType {
    static final Own KEPT = new Own(Set.of());

    Own join(Own other) {
      if (loads.equals(other.loads)) {
        return this;
      }
      Set<Integer> both = new HashSet<>(loads);
      both.addAll(other.loads);
      return new Own(Set.copyOf(both));
    }
  }

  /** The number of slots it takes. */
  default int size() {
    return this == Simple.LONG || this == Simple.DOUBLE ? 2 : 1;
  }

  /** How it is loaded and stored. */
  default TypeKind kind() {
    return switch (this) {
      case Simple.INT -> TypeKind.INT;
      case Simple.FLOAT -> TypeKind.FLOAT;
      case Simple.LONG -> TypeKind.LONG;
      case Simple.DOUBLE -> TypeKind.DOUBLE;
      default -> TypeKind.REFERENCE;
    };
  }

  /** The type of a value that a descriptor names. */
  static VType of(ClassDesc type) {
    return type.isPrimitive() ? of(TypeKind.from(type)) : new Ref(type);
  }

  /** The type of a primitive value; a reference is described as an Object. */
  static VType of(TypeKind kind) {
    return switch (kind.asLoadable()) {
      case INT -> Simple.INT;
      case FLOAT -> Simple.FLOAT;
      case LONG -> Simple.LONG;
      case DOUBLE -> Simple.DOUBLE;
      case REFERENCE -> new Ref(ConstantDescs.CD_Object);
      default -> Simple.TOP;
    };
  }
}
