package dev.heddle.iter.compiler;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The members of the state machines' superclass that generated code uses.
 *
 * <p>They are looked up in the class itself when the first kind of body is made. So a member that was renamed or has got
 * another type is an error there and then, which every test of a generator meets, and not a {@link NoSuchMethodError} in the
 * middle of some program.
 */
final class MachineBase {

  /** A field, used through the machine's own class. */
  record FieldRef(String name, ClassDesc type) {
    /** Replaces the machine on the stack by the field's value. */
    void get(CodeBuilder out, ClassDesc machine) {
      out.getfield(machine, name, type);
    }

    /** Stores the value on the stack in the machine below it. */
    void put(CodeBuilder out, ClassDesc machine) {
      out.putfield(machine, name, type);
    }
  }

  /** A method, called on the machine, on its class, or in the superclass's own version. */
  record MethodRef(String name, MethodTypeDesc type) {
    void call(CodeBuilder out, ClassDesc machine) {
      out.invokevirtual(machine, name, type);
    }

    void callStatic(CodeBuilder out, ClassDesc machine) {
      out.invokestatic(machine, name, type);
    }

    void callSuper(CodeBuilder out, MachineBase base) {
      out.invokespecial(base.desc, name, type);
    }
  }

  final Class<?> type;
  final ClassDesc desc;

  /** The state of a body that is running; a positive one is a suspension point. */
  final int running;

  /** The state of a body that was not started. */
  final int created;

  /** In a state, beside the suspension point: an element was fetched. States without it are lower. */
  final int ready;

  /** In a state, beside the suspension point: the element is in a field of the machine, as a primitive value. */
  final int unboxed;

  /** The bits of a state that are the suspension point. */
  final int point;

  final FieldRef state;
  final FieldRef slot;
  final FieldRef delegate;

  // Overridden by the machines.
  final MethodRef resume;
  final MethodRef boxed;
  final MethodRef clear;
  final MethodRef bind;
  final MethodRef place;
  final MethodRef next;
  final MethodRef send;
  final MethodRef hasNext;

  // Called by them.
  final MethodRef end;
  final MethodRef ended;
  final MethodRef failed;
  final MethodRef delegateTo;
  final MethodRef emitted;
  final MethodRef noSuchPoint;

  /** Looks the members up; an {@link IllegalArgumentException} says which one is missing. */
  MachineBase(Class<?> type) {
    this.type = type;
    this.desc = ClassDesc.ofDescriptor(type.descriptorString());
    this.running = constant("RUNNING");
    this.created = constant("CREATED");
    if (created != 0) {
      throw new IllegalArgumentException(type + ".CREATED must be 0: generated code compares states with 0");
    }
    this.ready = constant("READY");
    this.unboxed = constant("UNBOXED");
    this.point = constant("POINT");
    this.state = field("state");
    this.slot = field("slot");
    this.delegate = field("delegate");
    this.resume = method("resume", int.class, Object.class, Throwable.class);
    this.boxed = method("boxed");
    this.clear = method("clear");
    this.bind = method("bind", Object.class);
    this.place = method("place", int.class);
    this.next = method("next");
    this.send = method("send", Object.class);
    this.hasNext = method("hasNext");
    this.end = method("end", Object.class);
    this.ended = method("ended", Object.class);
    this.failed = method("failed", Throwable.class);
    this.delegateTo = method("delegateTo", Object.class);
    this.emitted = method("emitted", Object.class);
    this.noSuchPoint = method("noSuchPoint", int.class);
  }

  private FieldRef field(String name) {
    return new FieldRef(name, ClassDesc.ofDescriptor(declared(name).getType().descriptorString()));
  }

  private int constant(String name) {
    Field field = declared(name);
    try {
      field.setAccessible(true);
      return field.getInt(null);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException(type + "." + name + " must be a static int", e);
    }
  }

  private Field declared(String name) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (field.getName().equals(name) && isVisible(field.getModifiers())) {
          return field;
        }
      }
    }
    throw missing(name);
  }

  private MethodRef method(String name, Class<?>... parameters) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Method method : c.getDeclaredMethods()) {
        if (method.getName().equals(name) && !method.isBridge() && isVisible(method.getModifiers())
            && Arrays.equals(method.getParameterTypes(), parameters)) {
          String descriptor = MethodType.methodType(method.getReturnType(), parameters).descriptorString();
          return new MethodRef(name, MethodTypeDesc.ofDescriptor(descriptor));
        }
      }
    }
    throw missing(name + Arrays.toString(parameters));
  }

  /** Whether a subclass in another package can use the member. */
  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private IllegalArgumentException missing(@Nullable String member) {
    return new IllegalArgumentException(
        type.getName() + " and its superclasses must declare " + member + ", public or protected: generated code uses it");
  }
}
