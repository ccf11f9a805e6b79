package dev.heddle.iter.spi;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bootstrap methods of generated state machines: they link what a body may do but an ordinary class beside its host may not.
 *
 * <p>A state machine is a plain class in the host's package, so that its frames and lines show in stack traces; it is
 * not the host's nestmate. Private and inherited protected members, {@code super} calls and every {@code invokedynamic}
 * are therefore resolved here with a lookup on the host. Each becomes a constant call site: after linking it costs nothing.
 *
 * <p>Nothing is granted to a caller that it does not have: the lookup is derived from its own, which needs full
 * privileges in the host's module.
 */
public final class Linker {
  private Linker() {}

  /**
   * Links an access to one member.
   *
   * @param kind a reference kind of {@link MethodHandleInfo}
   * @param owner the class the reference names
   * @param member the member's name; ignored for a constructor
   */
  public static CallSite member(
      Lookup caller, String name, MethodType type, Class<?> host, int kind, Class<?> owner, String member)
      throws ReflectiveOperationException {
    MethodType declared = switch (kind) {
      case MethodHandleInfo.REF_getField -> MethodType.methodType(type.returnType());
      case MethodHandleInfo.REF_putField -> MethodType.methodType(type.parameterType(1));
      case MethodHandleInfo.REF_getStatic -> MethodType.methodType(type.returnType());
      case MethodHandleInfo.REF_putStatic -> MethodType.methodType(type.parameterType(0));
      case MethodHandleInfo.REF_invokeStatic -> type;
      case MethodHandleInfo.REF_newInvokeSpecial -> type.changeReturnType(void.class);
      default -> type.dropParameterTypes(0, 1);
    };
    MethodHandle target = find(onHost(caller, host), host, kind, owner, member, declared);
    return new ConstantCallSite(target.asFixedArity().asType(type));
  }

  /** Links the initialization of the host, with which a call of a static method of it begins. */
  public static CallSite initialize(Lookup caller, String name, MethodType type, Class<?> host)
      throws ReflectiveOperationException {
    MethodHandle initialize = MethodHandles.publicLookup()
        .findVirtual(Lookup.class, "ensureInitialized", MethodType.methodType(Class.class, Class.class));
    return new ConstantCallSite(
        MethodHandles.insertArguments(initialize, 0, onHost(caller, host), host).asType(type));
  }

  /** Links an {@code invokedynamic} of the body by its own bootstrap method, which sees the host as its caller. */
  public static CallSite dynamic(
      Lookup caller, String name, MethodType type, Class<?> host, MethodHandle bootstrap, @Nullable Object... arguments)
      throws Throwable {
    return Objects.requireNonNull((CallSite) run(bootstrap, onHost(caller, host), name, type, arguments));
  }

  /** A dynamic constant of the body by its own bootstrap method, which sees the host as its caller. */
  public static @Nullable Object constant(
      Lookup caller, String name, Class<?> type, Class<?> host, MethodHandle bootstrap, @Nullable Object... arguments)
      throws Throwable {
    return run(bootstrap, onHost(caller, host), name, type, arguments);
  }

  /** A method handle constant of the body, resolved as the host would. */
  public static MethodHandle handle(
      Lookup caller, String name, Class<?> type, Class<?> host, int kind, Class<?> owner, String member, MethodType declared)
      throws ReflectiveOperationException {
    return find(onHost(caller, host), host, kind, owner, member, declared);
  }

  /** The lookup that {@code MethodHandles.lookup()} gives in the host, but for the {@code ORIGINAL} access. */
  public static Lookup lookup(Lookup caller, String name, Class<?> type, Class<?> host) throws IllegalAccessException {
    return onHost(caller, host);
  }

  private static Lookup onHost(Lookup caller, Class<?> host) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(host, caller);
  }

  private static @Nullable Object run(
      MethodHandle bootstrap, Lookup lookup, String name, Object type, @Nullable Object[] arguments) throws Throwable {
    List<@Nullable Object> all = new ArrayList<>(List.of(lookup, name, type));
    all.addAll(Arrays.asList(arguments));
    return bootstrap.invokeWithArguments(all);
  }

  /** For a field, {@code declared} is the type of a method that returns it. */
  private static MethodHandle find(
      Lookup lookup, Class<?> host, int kind, Class<?> owner, String member, MethodType declared)
      throws ReflectiveOperationException {
    return switch (kind) {
      case MethodHandleInfo.REF_getField -> lookup.findGetter(owner, member, declared.returnType());
      case MethodHandleInfo.REF_putField -> lookup.findSetter(owner, member, declared.returnType());
      case MethodHandleInfo.REF_getStatic -> lookup.findStaticGetter(owner, member, declared.returnType());
      case MethodHandleInfo.REF_putStatic -> lookup.findStaticSetter(owner, member, declared.returnType());
      case MethodHandleInfo.REF_invokeStatic -> lookup.findStatic(owner, member, declared);
      case MethodHandleInfo.REF_newInvokeSpecial -> lookup.findConstructor(owner, declared);
      case MethodHandleInfo.REF_invokeSpecial -> lookup.findSpecial(owner, member, declared, host);
      case MethodHandleInfo.REF_invokeVirtual, MethodHandleInfo.REF_invokeInterface ->
        lookup.findVirtual(owner, member, declared);
      default -> throw new IllegalArgumentException("kind must be a reference kind 1 to 9, but was " + kind);
    };
  }
}
