package dev.heddle.iter.compiler;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares a class file with the loaded class, by what reflection and the stack show of that. */
final class Loaded {
  private static final String OTHER = " is not the one that was loaded (changed by an agent, or replaced): ";

  /** How many frames are looked at for one of the class; the lambda is often made near to where it is used. */
  private static final int FRAMES = 64;

  private Loaded() {}

  /** Refuses a class file that is not that of the loaded class. */
  static void check(Class<?> host, ClassModel model) throws Unsupported {
    String file = "the class file of " + host.getName();
    String difference = shape(host, model);
    if (difference != null) {
      throw new Unsupported(file + OTHER + difference);
    }
    for (StackWalker.StackFrame frame : frames(host)) {
      String place = frame.getMethodName() + " at line " + frame.getLineNumber();
      if (!hasCallAt(frame, model)) {
        throw new Unsupported(file + OTHER + "it has no call at this place in " + place);
      }
    }
  }

  /** Returns a member that only one of the two has, described for people; null if there is none or it cannot be told. */
  private static @Nullable String shape(Class<?> host, ClassModel model) {
    Set<String> loaded = new HashSet<>();
    try {
      for (Method each : host.getDeclaredMethods()) {
        loaded.add(member(each.getModifiers(), each.getName(), type(each.getReturnType(), each.getParameterTypes())));
      }
      for (Constructor<?> each : host.getDeclaredConstructors()) {
        loaded.add(member(each.getModifiers(), ConstantDescs.INIT_NAME, type(void.class, each.getParameterTypes())));
      }
      for (Field each : host.getDeclaredFields()) {
        loaded.add(member(each.getModifiers(), each.getName(), each.getType().descriptorString()));
      }
      Class<?> superclass = host.getSuperclass();
      loaded.add("extends " + (superclass == null ? ConstantDescs.CD_Object : superclass).descriptorString());
      for (Class<?> each : host.getInterfaces()) {
        loaded.add("implements " + each.descriptorString());
      }
    } catch (LinkageError e) {
      return null; // reflection needs classes that are missing
    }
    Set<String> served = new HashSet<>();
    for (MethodModel each : model.methods()) {
      if (!each.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME)) {
        served.add(member(each.flags().flagsMask(), each.methodName().stringValue(), each.methodType().stringValue()));
      }
    }
    for (FieldModel each : model.fields()) {
      served.add(member(each.flags().flagsMask(), each.fieldName().stringValue(), each.fieldType().stringValue()));
    }
    served.add("extends "
        + model.superclass().map(each -> each.asSymbol()).orElse(ConstantDescs.CD_Object).descriptorString());
    model.interfaces().forEach(each -> served.add("implements " + each.asSymbol().descriptorString()));
    String onlyLoaded = firstOf(loaded, served);
    return onlyLoaded != null ? "it has no " + onlyLoaded : onlyOf(firstOf(served, loaded));
  }

  private static @Nullable String onlyOf(@Nullable String member) {
    return member == null ? null : "the loaded class has no " + member;
  }

  private static @Nullable String firstOf(Set<String> all, Set<String> others) {
    return all.stream().filter(each -> !others.contains(each)).sorted().findFirst().orElse(null);
  }

  private static String member(int modifiers, String name, String type) {
    return name + type + " with the flags 0x" + Integer.toHexString(modifiers & 0xffff);
  }

  private static String type(Class<?> result, Class<?>[] parameters) {
    return MethodType.methodType(result, parameters).descriptorString();
  }

  private static List<StackWalker.StackFrame> frames(Class<?> host) {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(all -> all.limit(FRAMES)
            .filter(frame -> frame.getDeclaringClass() == host && !frame.isNativeMethod())
            .toList());
  }

  /** Whether the file has a call where the loaded class has one at this moment. */
  private static boolean hasCallAt(StackWalker.StackFrame frame, ClassModel model) {
    for (MethodModel method : model.methods()) {
      if (method.methodName().equalsString(frame.getMethodName())
          && method.methodType().equalsString(frame.getDescriptor())) {
        CodeModel code = method.code().orElse(null);
        return code != null && hasCallAt(frame, code);
      }
    }
    return false;
  }

  private static boolean hasCallAt(StackWalker.StackFrame frame, CodeModel code) {
    int index = 0;
    int linesAt = 0;
    Set<Integer> lines = new HashSet<>(); // some compilers write several for one instruction
    for (CodeElement element : code) {
      if (element instanceof LineNumber number) {
        if (linesAt != index) {
          lines.clear();
          linesAt = index;
        }
        lines.add(number.line());
      } else if (element instanceof Instruction instruction) {
        if (index == frame.getByteCodeIndex()) {
          return mayCall(instruction) && (frame.getLineNumber() < 0 || lines.contains(frame.getLineNumber()));
        }
        index += instruction.sizeInBytes();
      }
    }
    return false;
  }

  /**
   * Whether other code may run in an instruction: what it calls, a static initializer, a class loader or a bootstrap method.
   */
  private static boolean mayCall(Instruction instruction) {
    return switch (instruction) {
      case InvokeInstruction _,InvokeDynamicInstruction _ -> true;
      case NewObjectInstruction _,FieldInstruction _,TypeCheckInstruction _ -> true;
      case NewReferenceArrayInstruction _,NewMultiArrayInstruction _ -> true;
      case ConstantInstruction.LoadConstantInstruction _ -> true;
      default -> false;
    };
  }
}
