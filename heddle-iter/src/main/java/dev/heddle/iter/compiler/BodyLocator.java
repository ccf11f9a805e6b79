package dev.heddle.iter.compiler;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the code of a body stands.
 *
 * @param host the class that declares the method
 * @param method the method's name
 * @param descriptor the method's descriptor
 * @param captured what comes before the yielder: the receiver, if there is one, and the captured values
 * @param dispatched whether the method depends on the receiver's class
 */
record BodyLocator(Class<?> host, String method, String descriptor, List<@Nullable Object> captured, boolean dispatched) {

  static BodyLocator locate(Object body, Class<?> bodyInterface, Class<?> yielder) throws Unsupported {
    SerializedLambda lambda = Cracker.crack(body);
    BodyLocator located = lambda == null ? ofObject(body, bodyInterface) : ofLambda(lambda, body.getClass());
    MethodType type = located.type();
    int parameters = type.parameterCount();
    if (parameters == 0 || type.parameterType(parameters - 1) != yielder) {
      throw new Unsupported("its method does not take a " + yielder.getSimpleName() + " as its last parameter");
    }
    return located;
  }

  private MethodType type() throws Unsupported {
    try {
      return MethodType.fromMethodDescriptorString(descriptor, host.getClassLoader());
    } catch (TypeNotPresentException e) {
      throw new Unsupported("a class of its method's signature is missing: " + e.typeName(), e, false);
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
      throw new Unsupported("the class " + lambda.getImplClass() + " that holds its code is not found by name", e, false);
    }
    String name = lambda.getImplMethodName();
    String descriptor = lambda.getImplMethodSignature();
    return switch (lambda.getImplMethodKind()) {
      case MethodHandleInfo.REF_invokeStatic -> new BodyLocator(implementing, name, descriptor, captured, false);
      case MethodHandleInfo.REF_newInvokeSpecial -> throw new Unsupported("it is a reference to a constructor");
      default -> {
        Object receiver = captured.isEmpty() ? null : captured.getFirst();
        if (receiver == null) {
          throw new Unsupported("it is a method reference without a receiver");
        }
        yield ofMethod(implementing, receiver.getClass(), name, descriptor, captured);
      }
    };
  }

  private static BodyLocator ofObject(Object body, Class<?> bodyInterface) throws Unsupported {
    for (Method abstractMethod : bodyInterface.getMethods()) {
      if (Modifier.isAbstract(abstractMethod.getModifiers())) {
        for (Class<?> c = body.getClass(); c != null; c = c.getSuperclass()) {
          for (Method method : c.getDeclaredMethods()) {
            if (method.getName().equals(abstractMethod.getName())
                && !method.isBridge()
                && !Modifier.isAbstract(method.getModifiers())
                && Arrays.equals(method.getParameterTypes(), abstractMethod.getParameterTypes())) {
              return new BodyLocator(c, method.getName(), descriptor(method), List.of(body), false);
            }
          }
        }
      }
    }
    throw new Unsupported("no method of " + body.getClass().getName() + " is found that holds its code");
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
    throw new Unsupported("its method " + implementing.getName() + "." + name + " is not found in the receiver's classes");
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
    if (host.isHidden()) {
      throw new Unsupported("its class " + host.getName() + " is hidden, so its class file cannot be found");
    }
    ClassModel model = ClassFile.of().parse(bytes());
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

  private byte[] bytes() throws Unsupported {
    String resource = host.getName().replace('.', '/') + ".class";
    ClassLoader loader = host.getClassLoader();
    try (InputStream in = loader == null
        ? ClassLoader.getSystemResourceAsStream(resource)
        : loader.getResourceAsStream(resource)) {
      if (in == null) {
        throw new Unsupported("the class file of " + host.getName() + " is not found through its class loader");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new Unsupported("the class file of " + host.getName() + " cannot be read: " + e, e, false);
    }
  }

  /** Names the method among those of its host. */
  String key() {
    return method + descriptor;
  }
}
