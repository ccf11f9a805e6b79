package dev.heddle.iter.compiler;

import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_MethodHandles;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Makes a state machine for a body. */
interface Factory {

  /** A new machine with what the body has captured; null if this body needs the fallback. */
  @Nullable
  Object create(Object body) throws Throwable;

  /**
   * A factory that calls a method handle of the type {@code (Object)Object}.
   *
   * <p>Each is a hidden class of its own with the handle as a constant, so that it is compiled as if written by hand; a
   * handle in a field would be called step by step.
   */
  static Factory of(MethodHandle create) {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    ClassDesc self = ClassDesc.ofDescriptor(Factory.class.descriptorString());
    var handle = DynamicConstantDesc.ofNamed(
        ConstantDescs.ofConstantBootstrap(CD_MethodHandles, "classData", CD_Object),
        ConstantDescs.DEFAULT_NAME,
        CD_MethodHandle);
    MethodTypeDesc type = MethodTypeDesc.of(CD_Object, CD_Object);
    byte[] bytes = ClassFile.of()
        .build(
            self.nested("Linked"),
            c -> {
              c.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC).withInterfaceSymbols(self);
              c.withMethodBody(
                  INIT_NAME, MTD_void, 0, out -> out.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_());
              c.withMethodBody(
                  "create", type, ClassFile.ACC_PUBLIC,
                  out -> out.loadConstant(handle).aload(1).invokevirtual(CD_MethodHandle, "invokeExact", type).areturn());
            });
    try {
      MethodHandles.Lookup linked = lookup.defineHiddenClassWithClassData(bytes, create, true);
      MethodHandle make = linked.findConstructor(linked.lookupClass(), MethodType.methodType(void.class));
      return (Factory) make.invoke();
    } catch (Throwable e) {
      throw new LinkageError("the factory of a state machine cannot be linked", e);
    }
  }
}
