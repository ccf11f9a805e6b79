package dev.heddle.codec.filter;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Formattable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks by its class files that what runs while an object of a class is decoded computes with the object's own data and
 * nothing else.
 *
 * <p>From the given methods of the class and its superclasses on, all calls are followed. Allowed are calls of methods of
 * the class itself, as far as it is certain which code they run; static methods and constructors of other classes, which are
 * followed, too; {@code equals}, {@code hashCode}, {@code compareTo} and {@code toString} of any object, since each accepted
 * class has been checked for these; and methods of the JDK that only compute ({@link InertJdk}). Lambdas are followed as
 * calls are, and may be handed to the JDK by the method that makes them; other functions may not. Static fields may be read
 * if they are constants ({@link InertStatics}). Native methods, writes to static fields and calls of unknown subclasses are
 * not inert. Not thread-safe; one object checks one class.
 */
final class InertCode {
  /** The methods that deserialization calls. */
  static final Set<String> HOOKS = Set.of("readObject", "readObjectNoData", "readResolve", "readExternal", "finalize");

  /**
   * The methods that are called while objects are decoded: by deserialization, collections and messages; and constructors of
   * records.
   */
  static final Set<String> DECODING = Set.of(
      "readObject", "readObjectNoData", "readResolve", "readExternal", "finalize", "equals", "hashCode", "compareTo",
      "compare",
      "toString");

  /** The methods of exceptions that are called while they are decoded. */
  static final Set<String> DECODING_FAILURES = Set.of(
      "readObject", "readObjectNoData", "readResolve", "readExternal", "finalize", "equals", "hashCode", "compareTo",
      "compare");

  /** The methods that inert methods of the JDK call of records, enums and exceptions that implement its interfaces. */
  private static final Map<Class<?>, Set<String>> CALLED_BY_JDK = Map.of(
      CharSequence.class, Set.of("length", "charAt", "subSequence", "isEmpty", "chars", "codePoints"),
      Comparator.class, Set.of("compare", "reversed", "thenComparing"),
      Formattable.class, Set.of("formatTo"),
      Iterator.class, Set.of("hasNext", "next", "remove", "forEachRemaining"),
      Map.Entry.class, Set.of("getKey", "getValue", "setValue"));

  private static final Set<String> CHECKED_EVERYWHERE = Set.of(
      "equals(Ljava/lang/Object;)Z", "hashCode()I", "toString()Ljava/lang/String;", "compareTo(Ljava/lang/Object;)I");
  private static final Set<String> LINKERS = Set.of(
      "java.lang.invoke.StringConcatFactory", "java.lang.runtime.ObjectMethods", "java.lang.runtime.SwitchBootstraps");
  private static final Set<String> FINAL_OF_ENUMS = Set.of("getDeclaringClass", "name", "ordinal");
  private static final int MOST_METHODS = 300;

  private record Called(Class<?> owner, MethodModel method) {}

  private final Class<?> type;
  private final Map<Class<?>, ClassModel> files = new HashMap<>();
  private final Set<String> done = new HashSet<>();
  private final Deque<Called> todo = new ArrayDeque<>();
  private String problem = "";

  private InertCode(Class<?> type) {
    this.type = type;
  }

  /**
   * Returns what is not inert in the methods of those names of the class and its superclasses, such as "its hashCode calls
   * java.lang.Runtime.exec"; null if all are inert.
   *
   * @param names names of methods
   * @throws UncheckedIOException if a class file cannot be read now
   */
  static @Nullable String problem(Class<?> type, Set<String> names) {
    try {
      InertCode code = new InertCode(type);
      return code.check(names) ? null : code.problem;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // perhaps for this moment only: the answer must not be kept
    } catch (ReflectiveOperationException | LinkageError | IllegalArgumentException e) {
      return "its code cannot be inspected (" + e + ")"; // so it does not count as inert
    }
  }

  /** Returns names of methods, and those that the JDK calls while objects of a record, enum or exception are decoded. */
  static Set<String> calledMethods(Class<?> type, Set<String> always) {
    Set<String> names = new HashSet<>(always);
    CALLED_BY_JDK.forEach((jdk, methods) -> {
      if (jdk.isAssignableFrom(type)) {
        names.addAll(methods);
      }
    });
    return names;
  }

  private boolean check(Set<String> names) throws IOException, ReflectiveOperationException {
    boolean serializable = !type.isRecord();
    if (type.isRecord() && names.containsAll(DECODING)) {
      add(type, "<init>", canonicalConstructor());
    }
    for (Class<?> c = type; c != null && !JdkClasses.contain(c); c = c.getSuperclass()) {
      ClassModel file = file(c);
      if (serializable && !Serializable.class.isAssignableFrom(c)) {
        serializable = false;
        add(c, "<init>", "()V"); // called for the part of the object that is not serialized
      }
      addNamed(c, file, names);
      for (Class<?> each : c.getInterfaces()) {
        addDefaults(each, names);
      }
    }
    if (java.io.Externalizable.class.isAssignableFrom(type)) {
      add(type, "<init>", "()V");
    }
    while (!todo.isEmpty()) {
      Called next = todo.remove();
      if (done.size() > MOST_METHODS) {
        problem = "its code calls more than " + MOST_METHODS + " methods";
        return false;
      }
      if (!isInert(next)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the descriptor of the constructor that makes records again. */
  private String canonicalConstructor() {
    Class<?>[] components = Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return MethodType.methodType(void.class, components).descriptorString();
  }

  private void addNamed(Class<?> owner, ClassModel file, Set<String> names) {
    for (MethodModel each : file.methods()) {
      if (names.contains(each.methodName().stringValue())) {
        add(owner, each);
      }
    }
  }

  /** Adds the methods of those names that a class may inherit from an interface, such as a {@code compareTo}. */
  private void addDefaults(Class<?> type, Set<String> names) throws IOException, ClassNotFoundException {
    if (!JdkClasses.contain(type)) {
      addNamed(type, file(type), names);
      for (Class<?> each : type.getInterfaces()) {
        addDefaults(each, names);
      }
    }
  }

  private boolean isInert(Called called) throws IOException, ReflectiveOperationException {
    CodeModel code = called.method().findAttribute(Attributes.code()).map(CodeModel.class::cast).orElse(null);
    if (code == null) {
      // abstract: its subclasses are checked
      return !called.method().flags().has(AccessFlag.NATIVE) || fail(called, "is native");
    }
    for (CodeElement each : code) {
      String bad = switch (each) {
        case InvokeInstruction call -> isInert(call, called.owner())
            ? null
            : "calls " + name(call.owner().asSymbol()) + "." + call.name();
        case InvokeDynamicInstruction dynamic -> problem(dynamic, called.owner());
        case FieldInstruction field -> isInert(field) ? null : problem(field);
        default -> null;
      };
      if (bad != null) {
        return fail(called, bad);
      }
    }
    return !Functions.areForeign(called.owner(), called.method(), code)
        || fail(called, "uses a function or comparator that is not known");
  }

  private boolean fail(Called called, String bad) {
    String method = called.method().methodName().stringValue();
    String what = method.equals("<init>") ? "constructor" : method;
    problem = (called.owner() == type ? "its " + what : called.owner().getName() + "." + what) + " " + bad;
    return false;
  }

  private @Nullable String problem(InvokeDynamicInstruction dynamic, Class<?> caller)
      throws IOException, ReflectiveOperationException {
    DirectMethodHandleDesc made = Functions.made(dynamic);
    if (made != null) {
      return isInert(made, caller) ? null : "refers to " + name(made.owner()) + "." + made.methodName();
    }
    String linker = name(dynamic.bootstrapMethod().owner());
    return LINKERS.contains(linker) ? null : "uses " + linker;
  }

  private static String problem(FieldInstruction field) {
    return (field.opcode() == Opcode.PUTSTATIC ? "writes" : "reads") + " the static field " + name(field.owner().asSymbol())
        + "."
        + field.name();
  }

  /** Static fields are not written, and read only if what they hold is immutable or an instance of their own class. */
  private boolean isInert(FieldInstruction field) throws IOException, ReflectiveOperationException {
    ClassDesc held = field.typeSymbol();
    return switch (field.opcode()) {
      case PUTSTATIC -> false;
      case GETSTATIC -> held.isPrimitive()
          || held.equals(ConstantDescs.CD_String)
          || held.equals(ConstantDescs.CD_Class)
          || held.equals(field.owner().asSymbol())
          || isInertConstant(field);
      default -> true;
    };
  }

  private boolean isInertConstant(FieldInstruction read) throws IOException, ReflectiveOperationException {
    Class<?> owner = Class.forName(name(read.owner().asSymbol()), false, type.getClassLoader());
    boolean immutable = read.typeSymbol().isClassOrInterface()
        && InertStatics.isImmutable(Class.forName(name(read.typeSymbol()), false, type.getClassLoader()));
    if (JdkClasses.contain(owner)) {
      return immutable || read.name().equalsString("CASE_INSENSITIVE_ORDER");
    }
    FieldModel constant = InertStatics.constant(file(owner), read);
    CodeModel initializer = InertStatics.initializer(file(owner));
    if (constant == null) {
      return false;
    }
    if (immutable || constant.flags().has(AccessFlag.SYNTHETIC)) { // the latter are arrays that javac makes for enums
      return true;
    }
    return initializer != null && (InertStatics.isImmutableCollection(read, initializer)
        || (InertStatics.isMadeFunction(read, initializer) && areLambdasInert(owner, initializer)));
  }

  /** Follows all lambdas that an initializer makes: any of them may have got into the field that is read. */
  private boolean areLambdasInert(Class<?> owner, CodeModel initializer) throws IOException, ReflectiveOperationException {
    for (CodeElement each : initializer) {
      if ((each instanceof InvokeDynamicInstruction dynamic && problem(dynamic, owner) != null)
          || (each instanceof FieldInstruction field && field.opcode() == Opcode.GETSTATIC
              && Functions.isFunction(field.typeSymbol(), owner))) {
        return false;
      }
    }
    return !Functions.areTaken(owner, initializer);
  }

  private boolean isInert(InvokeInstruction call, Class<?> caller) throws IOException, ReflectiveOperationException {
    boolean exact = call.opcode() == Opcode.INVOKESTATIC || call.opcode() == Opcode.INVOKESPECIAL;
    return isInert(call.owner().asSymbol(), call.name().stringValue(), call.type().stringValue(), exact, caller);
  }

  private boolean isInert(DirectMethodHandleDesc method, Class<?> caller) throws IOException, ReflectiveOperationException {
    return switch (method.kind()) {
      case VIRTUAL, INTERFACE_VIRTUAL ->
        isInert(method.owner(), method.methodName(), method.lookupDescriptor(), false, caller);
      case STATIC, INTERFACE_STATIC, SPECIAL, INTERFACE_SPECIAL -> isInert(
          method.owner(), method.methodName(), method.lookupDescriptor(), true, caller);
      case CONSTRUCTOR -> isInert(method.owner(), "<init>", method.lookupDescriptor(), true, caller);
      default -> false;
    };
  }

  private boolean isInert(ClassDesc callee, String name, String descriptor, boolean exact, Class<?> caller)
      throws IOException, ReflectiveOperationException {
    if (CHECKED_EVERYWHERE.contains(name + descriptor) || callee.isArray()) {
      return true;
    }
    Class<?> owner = Class.forName(name(callee), false, type.getClassLoader());
    if (JdkClasses.contain(owner)) {
      return InertJdk.isInert(owner, name, descriptor);
    }
    if (exact) {
      return add(owner, name, descriptor);
    }
    if (owner == caller && owner.isAssignableFrom(type)) {
      return addAll(name, descriptor);
    }
    Called target = find(owner, name, descriptor);
    return target == null
        ? owner.isEnum() && FINAL_OF_ENUMS.contains(name)
        : (Modifier.isFinal(owner.getModifiers()) || isExact(target.method())) && add(target);
  }

  private static boolean isExact(MethodModel method) {
    return method.flags().has(AccessFlag.FINAL) || method.flags().has(AccessFlag.PRIVATE);
  }

  private boolean add(Class<?> owner, String name, String descriptor) throws IOException, ClassNotFoundException {
    Called target = find(owner, name, descriptor);
    if (target != null) {
      return add(target);
    }
    Class<?> jdk = owner;
    while (jdk != null && !JdkClasses.contain(jdk)) {
      jdk = jdk.getSuperclass();
    }
    return jdk != null && InertJdk.isInert(jdk, name, descriptor);
  }

  /**
   * Follows a call of a method of an object of the calling class, which may be of another subclass than the one that is
   * checked. So all versions of the method are followed: then the check of each subclass covers whatever superclasses call.
   */
  private boolean addAll(String name, String descriptor) throws IOException, ClassNotFoundException {
    boolean inert = add(type, name, descriptor);
    for (Class<?> c = type; c != null && !JdkClasses.contain(c); c = c.getSuperclass()) {
      for (MethodModel each : file(c).methods()) {
        if (each.methodName().equalsString(name) && each.methodType().equalsString(descriptor)) {
          add(c, each);
        }
      }
    }
    return inert;
  }

  private boolean add(Called called) {
    if (done.add(called.owner().getName() + "." + called.method().methodName() + called.method().methodType())) {
      todo.add(called);
    }
    return true;
  }

  private void add(Class<?> owner, MethodModel method) {
    add(new Called(owner, method));
  }

  /** Returns the method that a call with this receiver runs; null if it is of a class of the JDK. */
  private @Nullable Called find(Class<?> receiver, String name, String descriptor)
      throws IOException, ClassNotFoundException {
    for (Class<?> c = receiver; c != null && !JdkClasses.contain(c); c = c.getSuperclass()) {
      for (MethodModel each : file(c).methods()) {
        if (each.methodName().equalsString(name) && each.methodType().equalsString(descriptor)) {
          return new Called(c, each);
        }
      }
    }
    return null;
  }

  private ClassModel file(Class<?> c) throws IOException, ClassNotFoundException {
    ClassModel known = files.get(c);
    if (known == null) {
      ClassLoader loader = c.getClassLoader();
      try (InputStream in = loader == null ? null : loader.getResourceAsStream(c.getName().replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException("no class file of " + c.getName());
        }
        known = ClassFile.of().parse(in.readAllBytes());
      }
      files.put(c, known);
    }
    return known;
  }

  static String name(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
  }
}
