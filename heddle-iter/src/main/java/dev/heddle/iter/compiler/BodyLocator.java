package dev.heddle.iter.compiler;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The method that holds the code of a body.
 *
 * @param host the class that declares the method
 * @param method the method's name
 * @param descriptor the method's descriptor
 * @param captured what comes before the yielder: the receiver, if there is one, and the captured values
 * @param dispatched whether the method depends on the receiver's class
 * @param begun whether the initialization of the host has begun, since there is an object or a lambda of it
 */
record BodyLocator(
    Class<?> host, String method, String descriptor, List<@Nullable Object> captured, boolean dispatched, boolean begun) {

  private BodyLocator(
      Class<?> host, String method, String descriptor, List<@Nullable Object> captured, boolean dispatched) {
    this(host, method, descriptor, captured, dispatched, true);
  }

  /**
   * Finds the code that a call of the body's method runs.
   *
   * @param method the method of the functional interface
   * @param yielder the type of its only parameter
   */
  static BodyLocator locate(Object body, Method method, Class<?> yielder) throws Unsupported {
    Class<?> type = body.getClass();
    if (Proxy.isProxyClass(type)) {
      throw new Unsupported(
          "it is a dynamic proxy, whose code is in an InvocationHandler; where a language makes proxies of closures, as Groovy"
              + " does, use a lambda or a class that implements " + method.getDeclaringClass().getSimpleName());
    }
    SerializedLambda lambda = Cracker.crack(body);
    if (lambda == null && type.isHidden() && type.isSynthetic()) {
      throw new Unsupported(
          "it is a lambda or method reference that its compiler has not made serializable, as Groovy's does of method"
              + " references, so that its method is not known; use a lambda or a class that implements "
              + method.getDeclaringClass().getSimpleName());
    }
    BodyLocator located = lambda == null || !implementsItself(type, method)
        ? ofObject(body, method)
        : ofLambda(lambda, type);
    located.checkParameters(yielder);
    return located;
  }

  /** Whether the lambda is what a call of the method runs, and not a default method that calls the lambda. */
  private static boolean implementsItself(Class<?> lambda, Method method) throws Unsupported {
    try {
      return !lambda.getMethod(method.getName(), method.getParameterTypes()).getDeclaringClass().isInterface();
    } catch (NoSuchMethodException e) {
      throw new Unsupported("its class " + lambda.getName() + " has no method " + method.getName(), e);
    }
  }

  private void checkParameters(Class<?> yielder) throws Unsupported {
    MethodType type = type();
    int parameters = type.parameterCount();
    if (parameters == 0 || type.parameterType(parameters - 1) != yielder) {
      throw new Unsupported("its method does not take a " + yielder.getSimpleName() + " as its last parameter");
    }
    int given = captured.size();
    if (given != parameters - 1 && given != parameters) {
      throw new Unsupported(
          "its method takes " + (parameters - 1) + " parameters before the yielder, and " + given + " values"
              + " are captured");
    }
  }

  private MethodType type() throws Unsupported {
    return typeOf(descriptor, host);
  }

  private static MethodType typeOf(String descriptor, Class<?> host) throws Unsupported {
    try {
      return MethodType.fromMethodDescriptorString(descriptor, host.getClassLoader());
    } catch (TypeNotPresentException e) {
      throw new Unsupported("a class of its method's signature is missing: " + e.typeName(), e);
    }
  }

  /** What a lambda has captured, in the slow way that always works. */
  static List<@Nullable Object> capturedBy(Object lambda) throws Unsupported {
    SerializedLambda described = Cracker.crack(lambda);
    if (described == null) {
      throw new IllegalStateException(lambda.getClass() + " is no lambda any more");
    }
    return capturedBy(described);
  }

  private static List<@Nullable Object> capturedBy(SerializedLambda lambda) {
    List<@Nullable Object> captured = new ArrayList<>();
    for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
      captured.add(lambda.getCapturedArg(i));
    }
    return captured;
  }

  private static BodyLocator ofLambda(SerializedLambda lambda, Class<?> lambdaClass) throws Unsupported {
    List<@Nullable Object> captured = capturedBy(lambda);
    Class<?> implementing;
    try {
      implementing = Class.forName(lambda.getImplClass().replace('/', '.'), false, lambdaClass.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new Unsupported("the class " + lambda.getImplClass() + " that holds its code is not found by name", e);
    }
    String name = lambda.getImplMethodName();
    String descriptor = lambda.getImplMethodSignature();
    return switch (lambda.getImplMethodKind()) {
      case MethodHandleInfo.REF_invokeStatic -> {
        boolean own = lambda.getImplClass().equals(lambda.getCapturingClass());
        yield new BodyLocator(implementing, name, descriptor, captured, false, own);
      }
      case MethodHandleInfo.REF_newInvokeSpecial -> throw new Unsupported("it is a reference to a constructor");
      case MethodHandleInfo.REF_invokeSpecial -> ofSuper(implementing, name, descriptor, captured);
      default -> {
        Object receiver = captured.isEmpty() ? null : captured.getFirst();
        if (receiver == null) {
          throw new Unsupported("it is a method reference without a receiver");
        }
        yield ofMethod(implementing, receiver.getClass(), name, descriptor, captured);
      }
    };
  }

  private static BodyLocator ofObject(Object body, Method method) throws Unsupported {
    Class<?>[] parameters = method.getParameterTypes();
    for (Class<?> c = body.getClass(); c != null; c = c.getSuperclass()) {
      for (Method each : c.getDeclaredMethods()) {
        if (each.getName().equals(method.getName())
            && !each.isBridge()
            && isImplementation(each)
            && Arrays.equals(each.getParameterTypes(), parameters)) {
          return new BodyLocator(c, each.getName(), descriptor(each), List.of(body), false);
        }
      }
    }
    Method inherited = defaultMethod(body.getClass(), method.getName(), parameters);
    if (inherited != null) {
      return new BodyLocator(
          inherited.getDeclaringClass(), inherited.getName(), descriptor(inherited), List.of(body), false);
    }
    throw new Unsupported("no method of " + body.getClass().getName() + " is found that holds its code");
  }

  private static boolean isImplementation(Method method) {
    int modifiers = method.getModifiers();
    return Modifier.isPublic(modifiers) && !Modifier.isStatic(modifiers) && !Modifier.isAbstract(modifiers);
  }

  /** Returns the default method that a call on an object of a class runs; null if it runs none. */
  private static @Nullable Method defaultMethod(Class<?> type, String name, Class<?>[] parameters) {
    try {
      Method method = type.getMethod(name, parameters);
      return method.isDefault() && !method.isBridge() ? method : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static String descriptor(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes()).descriptorString();
  }

  /** The method that a call on an object of the given class runs. */
  private static BodyLocator ofMethod(
      Class<?> implementing, Class<?> receiver, String name, String descriptor, List<@Nullable Object> captured)
      throws Unsupported {
    Method named = declared(implementing, name, descriptor);
    if (named != null && (Modifier.isPrivate(named.getModifiers()) || isFinal(named))) {
      return new BodyLocator(implementing, name, descriptor, captured, false);
    }
    for (Class<?> c = receiver; c != null; c = c.getSuperclass()) {
      Method method = declared(c, name, descriptor);
      if (method != null) {
        if (method.isBridge() || (!Modifier.isPublic(method.getModifiers()) && c != implementing)) {
          break; // overriding is then a matter of packages, or there is another method behind
        }
        return new BodyLocator(c, name, descriptor, captured, true);
      }
    }
    Method inherited = defaultMethod(receiver, name, typeOf(descriptor, implementing).parameterArray());
    if (inherited != null && descriptor(inherited).equals(descriptor)) {
      return new BodyLocator(inherited.getDeclaringClass(), name, descriptor, captured, true);
    }
    throw new Unsupported("its method " + implementing.getName() + "." + name + " is not found in the receiver's classes");
  }

  /** The method that a call of this one runs whichever object it is made on; null if that depends on the object. */
  @Nullable
  BodyLocator ofCall(
      Class<?> owner, String name, String descriptor, List<@Nullable Object> captured, boolean isStatic, boolean isSpecial) {
    for (Class<?> c = owner; c != null; c = c.getSuperclass()) {
      Method method = declared(c, name, descriptor);
      if (method != null) {
        boolean certain = isStatic || isSpecial || isFinal(method) || Modifier.isPrivate(method.getModifiers());
        boolean hasCode = !method.isBridge() && !Modifier.isAbstract(method.getModifiers());
        return certain && hasCode && isStatic == Modifier.isStatic(method.getModifiers())
            ? new BodyLocator(c, name, descriptor, captured, false, !isStatic || (begun && c == host))
            : null;
      }
    }
    return null;
  }

  /** The body that a method reference to the method of a body is bound to, as {@code other::run} is; null if it is none. */
  static @Nullable Object boundBody(Object body, Method method, Class<?> bodyInterface) throws Unsupported {
    if (Proxy.isProxyClass(body.getClass())) {
      return null;
    }
    SerializedLambda lambda = Cracker.crack(body);
    return lambda != null
        && implementsItself(body.getClass(), method)
        && lambda.getCapturedArgCount() == 1
        && lambda.getImplMethodName().equals(method.getName())
        && lambda.getImplMethodSignature().equals(descriptor(method))
        && bodyInterface.isInstance(lambda.getCapturedArg(0))
        && isDispatched(lambda.getImplMethodKind())
            ? lambda.getCapturedArg(0)
            : null;
  }

  private static boolean isDispatched(int kind) {
    return kind == MethodHandleInfo.REF_invokeInterface || kind == MethodHandleInfo.REF_invokeVirtual;
  }

  /** The method that {@code invokespecial} runs: the class's own, private or not, or else the one of its superclasses. */
  private static BodyLocator ofSuper(
      Class<?> implementing, String name, String descriptor, List<@Nullable Object> captured) throws Unsupported {
    for (Class<?> c = implementing; c != null; c = c.getSuperclass()) {
      Method method = declared(c, name, descriptor);
      if (method != null && !method.isBridge() && !Modifier.isAbstract(method.getModifiers())) {
        return new BodyLocator(c, name, descriptor, captured, false);
      }
    }
    throw new Unsupported("its method " + implementing.getName() + "." + name + " is not found in its superclasses");
  }

  private static boolean isFinal(Method method) {
    return Modifier.isFinal(method.getModifiers() | method.getDeclaringClass().getModifiers());
  }

  private static @Nullable Method declared(Class<?> c, String name, String descriptor) {
    for (Method method : c.getDeclaredMethods()) {
      if (method.getName().equals(name) && descriptor(method).equals(descriptor)) {
        return method;
      }
    }
    return null;
  }

  /** Reads the method from the host's class file. */
  Body read() throws Unsupported {
    ClassModel model = ServedClass.read(host);
    for (MethodModel each : model.methods()) {
      if (each.methodName().equalsString(method) && each.methodType().equalsString(descriptor)) {
        if (each.flags().has(AccessFlag.SYNCHRONIZED)) {
          throw new Unsupported("its method is synchronized");
        }
        return new Body(host, model, each);
      }
    }
    throw new Unsupported("the class file of " + host.getName() + " has no method " + method + descriptor);
  }

  /** Names the method among those of its host. */
  String key() {
    return method + descriptor;
  }
}
