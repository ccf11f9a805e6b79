package dev.heddle.codec.filter;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The static fields whose content is immutable, as the class file shows. Stateless. */
final class InertStatics {
  private static final Set<String> VALUES = Set.of(
      "java.lang.Boolean", "java.lang.Byte", "java.lang.Character", "java.lang.Double", "java.lang.Float",
      "java.lang.Integer",
      "java.lang.Long", "java.lang.Short", "java.math.BigDecimal", "java.math.BigInteger", "java.math.MathContext",
      "java.math.RoundingMode", "java.net.URI", "java.time.ZoneId", "java.util.Locale", "java.util.UUID",
      "java.util.regex.Pattern");
  private static final Set<String> COLLECTIONS = Set.of("java.util.List", "java.util.Set", "java.util.Map",
      "java.util.Collection");
  private static final Set<String> MAKERS = Set.of("of", "copyOf", "ofEntries");

  private InertStatics() {}

  /** Returns whether all objects of a class of the JDK are immutable. */
  static boolean isImmutable(Class<?> type) {
    return JdkClasses.contain(type) && (VALUES.contains(type.getName())
        || (type.getPackageName().startsWith("java.time") && Modifier.isFinal(type.getModifiers())));
  }

  /** Returns a class's static field; null if it has no such field that is final. */
  static @Nullable FieldModel constant(ClassModel file, FieldInstruction read) {
    for (FieldModel each : file.fields()) {
      if (each.fieldName().equalsString(read.name().stringValue())
          && each.fieldType().equalsString(read.type().stringValue())) {
        return each.flags().has(AccessFlag.FINAL) ? each : null;
      }
    }
    return null;
  }

  /** Returns the code that assigns the static fields of a class; null if there is none. */
  static @Nullable CodeModel initializer(ClassModel file) {
    for (MethodModel each : file.methods()) {
      if (each.methodName().equalsString("<clinit>")) {
        return each.findAttribute(Attributes.code()).map(CodeModel.class::cast).orElse(null);
      }
    }
    return null;
  }

  /** Returns whether all that is assigned to a field is made by {@code List.of} and the like. */
  static boolean isImmutableCollection(FieldInstruction read, CodeModel initializer) {
    return COLLECTIONS.contains(InertCode.name(read.typeSymbol()))
        && maker(read, initializer) instanceof InvokeInstruction call
        && call.opcode() == Opcode.INVOKESTATIC
        && COLLECTIONS.contains(InertCode.name(call.owner().asSymbol()))
        && MAKERS.contains(call.name().stringValue());
  }

  /** Returns whether all that is assigned to a field is a lambda, or made by the JDK from such. */
  static boolean isMadeFunction(FieldInstruction read, CodeModel initializer) {
    return switch (maker(read, initializer)) {
      case InvokeDynamicInstruction dynamic -> Functions.made(dynamic) != null;
      case InvokeInstruction call -> Functions.isOfFunctions(InertCode.name(call.owner().asSymbol()));
      case null, default -> false;
    };
  }

  /** Returns the instruction that makes what a field holds; null if there are several, or that is not certain. */
  private static @Nullable Instruction maker(FieldInstruction read, CodeModel initializer) {
    Set<Label> joins = new HashSet<>();
    for (CodeElement each : initializer) {
      if (each instanceof BranchInstruction branch) {
        joins.add(branch.target());
      }
    }
    Instruction maker = null;
    Instruction before = null;
    for (CodeElement each : initializer) {
      if (each instanceof LabelTarget target && joins.contains(target.label())) {
        before = null;
      }
      if (each instanceof FieldInstruction write && write.opcode() == Opcode.PUTSTATIC && write.name().equals(read.name())) {
        if (maker != null || before == null) {
          return null;
        }
        maker = before;
      }
      if (each instanceof Instruction instruction) {
        before = instruction;
      }
    }
    return maker;
  }
}
