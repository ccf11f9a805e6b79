package dev.heddle.codec.filter;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.util.Comparator;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where the functions come from that a method hands to the JDK or calls. Those that it makes itself, by lambdas
 * and method references, are checked as its own code; what others have given it, in a field, an argument or a list, could be
 * any code. Stateless.
 */
final class Functions {
  private static final String MAKER = "Ljava/lang/invoke/LambdaMetafactory;";
  private static final String PACKAGE = "java.util.function";

  private Functions() {}

  /** Returns the method that a lambda or method reference runs; null if the instruction makes neither. */
  static @Nullable DirectMethodHandleDesc made(InvokeDynamicInstruction dynamic) {
    return dynamic.bootstrapMethod().owner().descriptorString().equals(MAKER)
        && dynamic.bootstrapArgs().size() > 1
        && dynamic.bootstrapArgs().get(1) instanceof DirectMethodHandleDesc method ? method : null;
  }

  /** Returns whether a method calls functions, or hands them to the JDK, that it has not made itself. */
  static boolean areForeign(Class<?> owner, MethodModel method, CodeModel code) throws ClassNotFoundException {
    return areUsed(code) && ((!method.flags().has(AccessFlag.STATIC) && isFunction(owner))
        || anyFunction(method.methodTypeSymbol().parameterList(), owner) || areTaken(owner, code));
  }

  private static boolean areUsed(CodeModel code) {
    for (CodeElement each : code) {
      if (each instanceof InvokeInstruction call && (isOfFunctions(call.owner().asInternalName().replace('/', '.'))
          || call.typeSymbol().parameterList().stream().anyMatch(Functions::isNamed))) {
        return true;
      }
      if (each instanceof InvokeDynamicInstruction dynamic) {
        DirectMethodHandleDesc made = made(dynamic);
        if (made != null && isNamed(made.owner())) {
          return true; // another function by its method, such as source::get
        }
      }
    }
    return false;
  }

  /** Returns whether code has functions from anywhere but lambdas and the factories and combinations of the JDK. */
  static boolean areTaken(Class<?> owner, CodeModel code) throws ClassNotFoundException {
    for (CodeElement each : code) {
      ClassDesc taken = switch (each) {
        case FieldInstruction field when field.opcode() == Opcode.GETFIELD -> field.typeSymbol();
        case FieldInstruction field when field.opcode() == Opcode.GETSTATIC && !isNamed(field.typeSymbol()) ->
          field.typeSymbol();
        case NewObjectInstruction made -> made.className().asSymbol();
        case TypeCheckInstruction cast when cast.opcode() == Opcode.CHECKCAST -> cast.type().asSymbol();
        case InvokeInstruction call when !isOfFunctions(call.owner().asInternalName().replace('/', '.')) -> call
            .typeSymbol()
            .returnType();
        default -> null; // what static fields of function types hold is checked where they are read
      };
      if (taken != null && isFunction(taken, owner)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyFunction(Iterable<ClassDesc> types, Class<?> user) throws ClassNotFoundException {
    for (ClassDesc each : types) {
      if (isFunction(each, user)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether objects of a type, or the elements of such arrays, are functions. */
  static boolean isFunction(ClassDesc type, Class<?> user) throws ClassNotFoundException {
    ClassDesc element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    return !element.isPrimitive() && isFunction(Class.forName(InertCode.name(element), false, user.getClassLoader()));
  }

  private static boolean isFunction(Class<?> type) {
    if (type.getPackageName().equals(PACKAGE) || Comparator.class.isAssignableFrom(type)
        || Collector.class.isAssignableFrom(type)) {
      return true;
    }
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> each : c.getInterfaces()) {
        if (isFunction(each)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns whether a class's methods call functions or combine them. */
  static boolean isOfFunctions(String owner) {
    return owner.startsWith(PACKAGE + ".") || owner.equals("java.util.Comparator")
        || owner.equals("java.util.stream.Collectors") || owner.equals("java.util.stream.Collector");
  }

  private static boolean isNamed(ClassDesc type) {
    return type.isClassOrInterface() && isOfFunctions(InertCode.name(type));
  }
}
