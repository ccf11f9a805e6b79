package dev.heddle.iter.compiler;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells from class files whether code at some line has to wait for the initialization of a class. Stateless. */
public final class ClassUses {
  private static final List<String> HANDLES = List.of("java/lang/invoke/MethodHandle", "java/lang/invoke/VarHandle");

  private ClassUses() {}

  /**
   * Whether the code at the line of a frame initializes one of the classes, and does nothing there which the stack would not
   * show. A call of a method handle, by which native code is called, is such a thing.
   *
   * @param loader where the frame's class is looked for; null for the bootstrap loader
   * @return false also if the class file is not found
   */
  public static boolean initializes(StackTraceElement frame, List<Class<?>> classes, @Nullable ClassLoader loader) {
    ClassModel model = model(frame.getClassName(), loader);
    if (model == null) {
      return false;
    }
    List<CodeElement> line = new ArrayList<>();
    for (MethodModel method : model.methods()) {
      if (method.methodName().equalsString(frame.getMethodName())) {
        method.code().ifPresent(code -> addLine(code, frame.getLineNumber(), line));
      }
    }
    return line.stream().noneMatch(ClassUses::isCallOfHandle)
        && line.stream().map(ClassUses::initialized).anyMatch(name -> name != null && isOneOf(name, classes, loader));
  }

  private static @Nullable ClassModel model(String name, @Nullable ClassLoader loader) {
    String resource = name.replace('.', '/') + ".class";
    try (InputStream in = loader == null
        ? ClassLoader.getSystemResourceAsStream(resource)
        : loader.getResourceAsStream(resource)) {
      return in == null ? null : ClassFile.of().parse(in.readAllBytes());
    } catch (IOException | RuntimeException e) {
      return null; // of the loader, or a malformed class file
    }
  }

  /** Adds the instructions of a line; all if the number is not known. */
  private static void addLine(CodeModel code, int number, List<CodeElement> line) {
    int at = -1;
    for (CodeElement each : code) {
      if (each instanceof LineNumber begin) {
        at = begin.line();
      } else if (at == number || number < 0) {
        line.add(each);
      }
    }
  }

  private static boolean isCallOfHandle(CodeElement element) {
    return element instanceof InvokeInstruction call && HANDLES.contains(call.owner().asInternalName());
  }

  /**
   * Returns the name of the class that an instruction initializes, or a superclass of which it does; null if there is none.
   */
  private static @Nullable String initialized(CodeElement element) {
    return switch (element) {
      case FieldInstruction field when field.opcode() == Opcode.GETSTATIC || field.opcode() == Opcode.PUTSTATIC ->
        field.owner().asInternalName().replace('/', '.');
      case InvokeInstruction call when call.opcode() == Opcode.INVOKESTATIC ->
        call.owner().asInternalName().replace('/', '.');
      case NewObjectInstruction made -> made.className().asInternalName().replace('/', '.');
      default -> null;
    };
  }

  /**
   * Whether the initialization of a class needs that of one of the others: it is one of them, or extends or implements it.
   */
  private static boolean isOneOf(String name, List<Class<?>> classes, @Nullable ClassLoader loader) {
    if (classes.stream().anyMatch(each -> each.getName().equals(name))) {
      return true;
    }
    try {
      Class<?> type = Class.forName(name, false, loader);
      return classes.stream().anyMatch(each -> each.isAssignableFrom(type));
    } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
      return false;
    }
  }
}
