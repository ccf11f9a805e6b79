package dev.heddle.iter.compiler;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The places at which a body's code has its own yielder on the stack, and which of these places a state machine needs.
 *
 * <p>A call that suspends does not: the machine leaves out the load of its receiver. Any other use (a null check, a copy, a
 * cast, a comparison, a call of an ordinary method) needs the object, and with it all loads that may have put it there.
 */
final class OwnYielder {
  /** How code uses the yielder where compilers let values of different kinds meet. */
  static final String MEETS = "is on one path, and another value on another path, in the same place";

  /** How code uses the yielder when it is an operand of a rare instruction. */
  static final String OPERAND = "is used in another way than to call its methods";

  /** What compilers and libraries write for a value that must not be null; all take it first, and return it or nothing. */
  private static final Set<String> NULL_CHECKS = Set.of(
      "java/util/Objects.requireNonNull",
      "com/google/common/base/Preconditions.checkNotNull",
      "org/springframework/util/Assert.notNull",
      "kotlin/jvm/internal/Intrinsics.checkNotNull",
      "kotlin/jvm/internal/Intrinsics.checkNotNullParameter",
      "kotlin/jvm/internal/Intrinsics.checkNotNullExpressionValue",
      "kotlin/jvm/internal/Intrinsics.checkParameterIsNotNull",
      "kotlin/jvm/internal/Intrinsics.checkExpressionValueIsNotNull");

  private final Set<Integer> loads = new HashSet<>();
  private final Set<Integer> needed = new HashSet<>();

  /** Loads of which none or all are needed, because they meet on the stack. */
  private final List<Set<Integer>> meeting = new ArrayList<>();

  /** What is wrong with a use of the yielder; {@code how} begins with a verb. */
  static Unsupported escapes(String how) {
    return new Unsupported(
        "the yielder " + how + "; a body is compiled if it only calls methods on its yielder, such as y.yield(...) and"
            + " y.yieldFrom(...)");
  }

  /** A load of a variable that holds the yielder; returns what is on the stack. */
  VType.Own loaded(int index) {
    loads.add(index);
    return new VType.Own(Set.of(index));
  }

  /** The object is used. */
  void use(VType value) {
    if (value instanceof VType.Own own) {
      needed.addAll(own.loads());
    }
  }

  /** One of several loads is on the stack, or the receiver of a call. */
  void meet(VType.Own own) {
    meeting.add(own.loads());
  }

  /** Completes what is needed; to be called when all code has been seen. */
  void complete() {
    boolean more = true;
    while (more) {
      more = false;
      for (Set<Integer> each : meeting) {
        if (!Collections.disjoint(each, needed)) {
          more |= needed.addAll(each);
        }
      }
    }
  }

  /** Whether the machine has the object where the given type stands on the stack. */
  boolean isThere(VType.Own own) {
    return own.loads().isEmpty() || !Collections.disjoint(own.loads(), needed);
  }

  /** Whether an instruction is a load that the machine leaves out. */
  boolean isLeftOut(int index) {
    return loads.contains(index) && !needed.contains(index);
  }

  /** Whether an instruction loads the yielder, left out or not. */
  boolean isLoad(int index) {
    return loads.contains(index);
  }

  /** Whether a machine needs a yielder at all. */
  boolean isUsed() {
    return !needed.isEmpty();
  }

  /** Whether a call only throws if its first argument is null. */
  static boolean isNullCheck(InvokeInstruction call) {
    return call.opcode() == Opcode.INVOKESTATIC
        && call.typeSymbol().parameterCount() > 0
        && NULL_CHECKS.contains(call.owner().asInternalName() + "." + call.name().stringValue())
        && (call.typeSymbol().returnType().equals(ConstantDescs.CD_void)
            || !call.typeSymbol().returnType().isPrimitive());
  }
}
