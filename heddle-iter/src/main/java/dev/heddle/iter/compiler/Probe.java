package dev.heddle.iter.compiler;

import static java.lang.constant.ConstantDescs.CD_Object;

import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.function.Supplier;

/**
 * Finds out whether the classes of a package are changed when they are loaded: a class of known code is defined there, and
 * its one call must be where it was written.
 */
final class Probe {
  private static final ClassDesc SUPPLIER = ClassDesc.of(Supplier.class.getName());

  /** Where the call is: behind two constants that are dropped, and the load of its receiver. */
  private static final int CALL = 5;

  /** Where the call was found; negative before it was looked for. */
  private int found = -1;

  /** Refuses a host in whose package code is changed; the first call finds that out. */
  synchronized void check(Class<?> host, ClassDesc name, Lookup lookup) throws Unsupported {
    if (found < 0) {
      found = callOf(host, name, lookup);
    }
    if (found != CALL) {
      throw new Unsupported(
          "an agent changes the code of classes such as " + host.getName()
              + " when they are loaded, for coverage perhaps, so"
              + " its class file does not hold the code that runs");
    }
  }

  private static int callOf(Class<?> host, ClassDesc name, Lookup lookup) throws Unsupported {
    try {
      Class<?> probe = lookup.defineClass(write(name));
      Supplier<Integer> caller = () -> StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
          .walk(frames -> frames.filter(frame -> frame.getDeclaringClass() == probe)
              .findFirst()
              .map(StackWalker.StackFrame::getByteCodeIndex)
              .orElse(Integer.MAX_VALUE));
      MethodType type = MethodType.methodType(Object.class, Supplier.class);
      return (Integer) lookup.findStatic(probe, "probe", type).invoke(caller);
    } catch (IllegalAccessException e) {
      throw new Unsupported("no class can be defined beside " + host.getName() + ": " + e, e,
          Unsupported.Kind.ACCESS_DENIED);
    } catch (Throwable e) {
      throw new Unsupported("a class beside " + host.getName() + " does not do what was written: " + e, e);
    }
  }

  private static byte[] write(ClassDesc name) {
    return ClassFile.of().build(
        name,
        c -> c.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER) // not synthetic: agents pass over such classes

            .with(SourceFileAttribute.of("Probe.java"))
            .withMethodBody(
                "probe", MethodTypeDesc.of(CD_Object, SUPPLIER), ClassFile.ACC_STATIC | ClassFile.ACC_PUBLIC,
                out -> out.lineNumber(1).iconst_1().pop().lineNumber(2).iconst_2().pop().lineNumber(3).aload(0)
                    .invokeinterface(SUPPLIER, "get", MethodTypeDesc.of(CD_Object)).areturn()));
  }
}
