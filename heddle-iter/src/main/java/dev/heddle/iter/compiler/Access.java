package dev.heddle.iter.compiler;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.heddle.iter.spi.Linker;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandleInfo;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The members of the host that a class beside it may use itself, and call sites of the {@link Linker} for the others. */
final class Access {
  private static final ClassDesc LINKER = ClassDesc.ofDescriptor(Linker.class.descriptorString());
  private static final DirectMethodHandleDesc MEMBER = linker("member", CD_CallSite, CD_MethodType, CD_Class, CD_int,
      CD_Class, CD_String);
  private static final DirectMethodHandleDesc DYNAMIC = linker("dynamic", CD_CallSite, CD_MethodType, CD_Class,
      CD_MethodHandle, CD_Object.arrayType());
  private static final DirectMethodHandleDesc CONSTANT = linker("constant", CD_Object, CD_Class, CD_Class, CD_MethodHandle,
      CD_Object.arrayType());
  private static final DirectMethodHandleDesc HANDLE = linker("handle", CD_MethodHandle, CD_Class, CD_Class, CD_int,
      CD_Class, CD_String, CD_MethodType);

  private static final DirectMethodHandleDesc INITIALIZE = linker("initialize", CD_CallSite, CD_MethodType, CD_Class);

  private static final DirectMethodHandleDesc LOOKUP = linker("lookup", CD_MethodHandles_Lookup, CD_Class, CD_Class);

  private final Class<?> host;
  private final ClassDesc hostDesc;
  private final Map<String, Boolean> known = new HashMap<>();

  Access(Class<?> host) {
    this.host = host;
    this.hostDesc = ClassDesc.ofDescriptor(host.descriptorString());
  }

  private static DirectMethodHandleDesc linker(String name, ClassDesc result, ClassDesc... afterName) {
    List<ClassDesc> parameters = new ArrayList<>(List.of(CD_MethodHandles_Lookup, CD_String));
    parameters.addAll(Arrays.asList(afterName));
    return MethodHandleDesc.ofMethod(
        DirectMethodHandleDesc.Kind.STATIC, LINKER, name, MethodTypeDesc.of(result, parameters));
  }

  /**
   * Whether a class beside the host may use the member itself.
   *
   * <p>What cannot be found counts as usable: then the error at run time is the one the body would have met.
   */
  boolean isDirect(int kind, ClassDesc owner, String name, String descriptor) {
    if (kind == MethodHandleInfo.REF_invokeSpecial) {
      return false;
    }
    if (owner.isArray()) {
      return true;
    }
    return known.computeIfAbsent(
        owner.descriptorString() + name + descriptor + isField(kind), _ -> examine(kind, owner, name, descriptor));
  }

  private static boolean isField(int kind) {
    return kind <= MethodHandleInfo.REF_putStatic;
  }

  private boolean examine(int kind, ClassDesc ownerDesc, String name, String descriptor) {
    if (ownerDesc.equals(CD_Object)) {
      return !name.equals("clone") && !name.equals("finalize");
    }
    Class<?> owner;
    try {
      owner = Types.load(ownerDesc, host);
    } catch (ReflectiveOperationException | LinkageError e) {
      return true;
    }
    boolean related = owner.getPackageName().equals(host.getPackageName())
        || owner.isAssignableFrom(host)
        || host.isAssignableFrom(owner);
    if (!related) {
      return true;
    }
    try {
      Member member = find(owner, kind, name, descriptor);
      if (member == null) {
        return true;
      }
      int modifiers = member.getModifiers();
      boolean samePackage = member.getDeclaringClass().getPackageName().equals(host.getPackageName())
          && member.getDeclaringClass().getClassLoader() == host.getClassLoader();
      return !Modifier.isPrivate(modifiers) && (samePackage || !Modifier.isProtected(modifiers));
    } catch (LinkageError e) {
      return false; // reflection needs classes that are missing; the linker needs only those of this member
    }
  }

  private static @Nullable Member find(Class<?> owner, int kind, String name, String descriptor) {
    if (kind == MethodHandleInfo.REF_newInvokeSpecial) {
      return Stream.of(owner.getDeclaredConstructors())
          .filter(c -> descriptor(c, void.class).equals(descriptor))
          .findFirst()
          .orElse(null);
    }
    for (Class<?> c = owner; c != null; c = c.getSuperclass()) {
      Member own = declared(c, kind, name, descriptor);
      if (own != null) {
        return own;
      }
    }
    return null; // of an interface: public, or private and declared in the owner itself, which was looked at
  }

  private static @Nullable Member declared(Class<?> c, int kind, String name, String descriptor) {
    if (isField(kind)) {
      for (Field field : c.getDeclaredFields()) {
        if (field.getName().equals(name) && field.getType().descriptorString().equals(descriptor)) {
          return field;
        }
      }
      return null;
    }
    for (var method : c.getDeclaredMethods()) {
      if (method.getName().equals(name) && descriptor(method, method.getReturnType()).equals(descriptor)) {
        return method;
      }
    }
    return null;
  }

  private static String descriptor(Executable method, Class<?> result) {
    return java.lang.invoke.MethodType.methodType(result, method.getParameterTypes()).descriptorString();
  }

  /** A call site that does what the instruction did; {@code descriptor} is the member's. */
  DynamicCallSiteDesc linked(int kind, ClassDesc owner, String name, String descriptor) {
    ClassDesc receiver = kind == MethodHandleInfo.REF_invokeSpecial ? hostDesc : owner;
    MethodTypeDesc type = switch (kind) {
      case MethodHandleInfo.REF_getField -> MethodTypeDesc.of(ClassDesc.ofDescriptor(descriptor), owner);
      case MethodHandleInfo.REF_putField ->
        MethodTypeDesc.of(java.lang.constant.ConstantDescs.CD_void, owner, ClassDesc.ofDescriptor(descriptor));
      case MethodHandleInfo.REF_getStatic -> MethodTypeDesc.of(ClassDesc.ofDescriptor(descriptor));
      case MethodHandleInfo.REF_putStatic ->
        MethodTypeDesc.of(java.lang.constant.ConstantDescs.CD_void, ClassDesc.ofDescriptor(descriptor));
      case MethodHandleInfo.REF_invokeStatic -> MethodTypeDesc.ofDescriptor(descriptor);
      case MethodHandleInfo.REF_newInvokeSpecial -> MethodTypeDesc.ofDescriptor(descriptor).changeReturnType(owner);
      default -> MethodTypeDesc.ofDescriptor(descriptor).insertParameterTypes(0, receiver);
    };
    return DynamicCallSiteDesc.of(MEMBER, "member", type, hostDesc, kind, owner, name);
  }

  /** Returns whether {@code new} can initialize the host. */
  boolean canMakeHost() {
    return !host.isInterface() && !Modifier.isAbstract(host.getModifiers());
  }

  /** A call site that initializes the host. */
  DynamicCallSiteDesc initialization() {
    return DynamicCallSiteDesc.of(INITIALIZE, "initialize", MTD_void, hostDesc);
  }

  /** An {@code invokedynamic} of the body that is linked on behalf of the host. */
  DynamicCallSiteDesc linked(
      DirectMethodHandleDesc bootstrap, String name, MethodTypeDesc type, List<ConstantDesc> arguments) {
    return DynamicCallSiteDesc.of(DYNAMIC, name, type, withHost(bootstrap, arguments));
  }

  /** A constant of the body, resolved on behalf of the host where it needs to be. */
  ConstantDesc constant(ConstantDesc original) {
    return switch (original) {
      case DirectMethodHandleDesc handle -> handle(handle);
      case DynamicConstantDesc<?> dynamic ->
        DynamicConstantDesc.ofNamed(
            CONSTANT,
            dynamic.constantName(),
            dynamic.constantType(),
            withHost(dynamic.bootstrapMethod(), dynamic.bootstrapArgsList()));
      default -> original;
    };
  }

  /** What {@code MethodHandles.lookup()} returns in the host. */
  ConstantDesc lookup() {
    return DynamicConstantDesc.ofNamed(LOOKUP, "lookup", CD_MethodHandles_Lookup, hostDesc);
  }

  private ConstantDesc[] withHost(DirectMethodHandleDesc bootstrap, List<ConstantDesc> arguments) {
    List<ConstantDesc> all = new ArrayList<>(List.of(hostDesc, handle(bootstrap)));
    arguments.forEach(each -> all.add(constant(each)));
    return all.toArray(ConstantDesc[]::new);
  }

  private ConstantDesc handle(DirectMethodHandleDesc handle) {
    int kind = handle.refKind();
    if (isDirect(kind, handle.owner(), handle.methodName(), handle.lookupDescriptor())) {
      return handle;
    }
    MethodTypeDesc type = isField(kind)
        ? MethodTypeDesc.of(ClassDesc.ofDescriptor(handle.lookupDescriptor()))
        : MethodTypeDesc.ofDescriptor(handle.lookupDescriptor());
    return DynamicConstantDesc.ofNamed(
        HANDLE, "handle", CD_MethodHandle, hostDesc, kind, handle.owner(), handle.methodName(), type);
  }
}
