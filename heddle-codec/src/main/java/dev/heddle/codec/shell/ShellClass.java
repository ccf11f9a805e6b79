package dev.heddle.codec.shell;

import dev.heddle.codec.loader.ParentSpaces;
import dev.heddle.codec.shell.ShellCode.Member;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.invoke.MethodHandleInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The facts about one class file of a jshell session. Immutable once it is parsed.
 *
 * @param methods by name and descriptor
 * @param supers those of its superclass and interfaces that belong to the session
 * @param mentioned all classes of the session that it refers to
 */
public record ShellClass(Map<String, Method> methods, Set<String> supers, Set<String> mentioned) {
  private static final String CONSTRUCTOR = "<init>";

  /** Methods that may run while an object is decoded: called by the JVM, serialization, collections or error messages. */
  private static final Set<String> AT_DECODING = Set.of(
      "<clinit>",
      "compare",
      "compareTo",
      "equals",
      "hashCode",
      "readExternal",
      "readObject",
      "readObjectNoData",
      "readResolve",
      "toString",
      "validateObject");

  /** Classes of the JDK whose methods call no methods of their arguments, except those of {@link #AT_DECODING}. */
  private static final Set<String> HARMLESS = Set.of(
      "REPL.$Cancel$", // by which jshell stops a snippet
      "java.lang.Boolean",
      "java.lang.Byte",
      "java.lang.Character",
      "java.lang.Double",
      "java.lang.Enum",
      "java.lang.Float",
      "java.lang.Integer",
      "java.lang.Long",
      "java.lang.Math",
      "java.lang.Number",
      "java.lang.Object",
      "java.lang.Record",
      "java.lang.Short",
      "java.lang.String",
      "java.lang.StringBuilder",
      "java.lang.invoke.StringConcatFactory",
      "java.lang.runtime.ObjectMethods",
      "java.lang.runtime.SwitchBootstraps",
      "java.util.Objects");

  /**
   * The variables, methods and classes that one method uses directly.
   *
   * @param reads the variables it reads
   * @param writes the variables it assigns
   * @param calls the methods of snippets it calls
   * @param types the declared classes it uses
   * @param own the methods and constructors of declared classes that it calls without dynamic dispatch
   * @param others other methods that it calls, through which any code may run
   */
  public record Method(
      Set<Member> reads, Set<Member> writes, Set<Member> calls, Set<String> types, Set<Member> own, Set<Member> others) {
    Method() {
      this(
          new LinkedHashSet<>(),
          new LinkedHashSet<>(),
          new LinkedHashSet<>(),
          new LinkedHashSet<>(),
          new LinkedHashSet<>(),
          new LinkedHashSet<>());
    }

    /** Returns whether it uses no variables, except through {@link #own} and {@link #types}. */
    boolean isInert() {
      return reads.isEmpty() && writes.isEmpty() && calls.isEmpty() && others.isEmpty();
    }

    private void scan(CodeElement each) {
      switch (each) {
        case FieldInstruction field -> {
          boolean writing = field.opcode() == Opcode.PUTSTATIC || field.opcode() == Opcode.PUTFIELD;
          use(ShellClass.name(field.owner()), field.name().stringValue(), "", writing);
        }
        case InvokeInstruction call -> scanCall(call);
        case NewObjectInstruction made -> addShell(ShellClass.name(made.className()), types);
        case InvokeDynamicInstruction dynamic -> {
          DirectMethodHandleDesc maker = dynamic.bootstrapMethod();
          judge(name(maker), maker.methodName(), maker.lookupDescriptor(), false);
          for (ConstantDesc argument : dynamic.bootstrapArgs()) {
            if (argument instanceof DirectMethodHandleDesc handle && handle.owner().isClassOrInterface()) {
              use(handle);
            }
          }
        }
        default -> {
          // runs no other code
        }
      }
    }

    private void scanCall(InvokeInstruction call) {
      String owner = ShellClass.name(call.owner());
      String called = call.name().stringValue();
      String descriptor = call.type().stringValue();
      use(owner, called, descriptor, false);
      judge(owner, called, descriptor, call.opcode() == Opcode.INVOKESTATIC || call.opcode() == Opcode.INVOKESPECIAL);
    }

    private void judge(String owner, String called, String descriptor, boolean exactly) {
      if (ParentSpaces.isShell(owner)) {
        if (!ShellCode.isWrapper(owner)) {
          (exactly ? own : others).add(new Member(owner, called, descriptor));
        }
      } else if (!isHarmless(owner, called, descriptor)) {
        others.add(new Member(owner, called, descriptor));
      }
    }

    private static boolean isHarmless(String owner, String called, String descriptor) {
      if (descriptor.contains("java/util/function/")) {
        return false;
      }
      boolean failure = owner.startsWith("java.") && (owner.endsWith("Exception") || owner.endsWith("Error"));
      return owner.startsWith("[") || HARMLESS.contains(owner) || (failure && called.equals(CONSTRUCTOR));
    }

    private void use(DirectMethodHandleDesc handle) {
      boolean isField = handle.refKind() <= MethodHandleInfo.REF_putStatic;
      boolean writing = handle.refKind() == MethodHandleInfo.REF_putStatic
          || handle.refKind() == MethodHandleInfo.REF_putField;
      use(name(handle), handle.methodName(), isField ? "" : handle.lookupDescriptor(), writing);
    }

    private static String name(DirectMethodHandleDesc handle) {
      String descriptor = handle.owner().descriptorString();
      return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    }

    /** Records the use of a field (empty descriptor) or a method. */
    void use(String owner, String name, String descriptor, boolean writing) {
      if (!ParentSpaces.isShell(owner)) {
        return;
      }
      if (!ShellCode.isWrapper(owner)) {
        types.add(owner);
      } else if (!descriptor.isEmpty()) {
        calls.add(new Member(owner, name, descriptor));
      } else {
        (writing ? writes : reads).add(new Member(owner, name, descriptor));
      }
    }
  }

  public static ShellClass parse(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    Map<String, Method> methods = new HashMap<>();
    for (MethodModel each : model.methods()) {
      Method method = new Method();
      each.code().ifPresent(code -> code.forEach(method::scan));
      methods.put(each.methodName().stringValue() + each.methodType().stringValue(), method);
    }
    Set<String> supers = new LinkedHashSet<>();
    model.superclass().ifPresent(each -> addShell(name(each), supers));
    model.interfaces().forEach(each -> addShell(name(each), supers));
    Set<String> mentioned = new LinkedHashSet<>();
    for (PoolEntry each : model.constantPool()) {
      if (each instanceof ClassEntry entry && !entry.asInternalName().startsWith("[")) {
        addShell(name(entry), mentioned);
      }
    }
    return new ShellClass(methods, supers, mentioned);
  }

  private static String name(ClassEntry entry) {
    return entry.asInternalName().replace('/', '.');
  }

  private static void addShell(String name, Set<String> to) {
    if (ParentSpaces.isShell(name)) {
      to.add(name);
    }
  }

  /**
   * Returns the methods that may run when an object is decoded.
   *
   * @param constructs whether a constructor runs
   */
  public List<Method> atDecoding(boolean constructs) {
    List<Method> found = new ArrayList<>();
    methods.forEach(
        (signature, method) -> {
          String name = signature.substring(0, signature.indexOf('('));
          if (AT_DECODING.contains(name) || (constructs && name.equals(CONSTRUCTOR))) {
            found.add(method);
          }
        });
    return found;
  }
}
