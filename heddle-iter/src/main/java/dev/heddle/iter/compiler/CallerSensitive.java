package dev.heddle.iter.compiler;

import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.Set;

/**
 * Methods of the JDK that look at the class of their caller: in a state machine they would see another one than in the body.
 *
 * <p>{@code MethodHandles.lookup()} is not listed, because it is linked on behalf of the host. Those which only ask for the
 * caller's class loader or module are not listed, because these are the same.
 */
final class CallerSensitive {
  private static final Set<String> METHODS = Set.of(
      "java/lang/StackWalker.getCallerClass",
      "java/lang/Class.newInstance",
      "java/lang/reflect/Constructor.newInstance",
      "java/lang/reflect/Method.invoke",
      "java/util/concurrent/atomic/AtomicIntegerFieldUpdater.newUpdater",
      "java/util/concurrent/atomic/AtomicLongFieldUpdater.newUpdater",
      "java/util/concurrent/atomic/AtomicReferenceFieldUpdater.newUpdater");

  private CallerSensitive() {}

  static void check(MethodCode code) throws Unsupported {
    for (Instruction instruction : code.instructions) {
      if (instruction instanceof InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        if (METHODS.contains(owner + "." + name) || owner.equals("java/lang/reflect/Field")) {
          String method = owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
          throw new Unsupported("it calls " + method + ", which depends on the class of its caller");
        }
      }
    }
  }
}
