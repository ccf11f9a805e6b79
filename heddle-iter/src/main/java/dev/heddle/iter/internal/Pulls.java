package dev.heddle.iter.internal;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_Throwable;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes {@code next} and {@code hasNext} of a state machine for the case that there is nothing to it but to run the body;
 * for all others they call those of the superclass.
 *
 * <p>They do what the superclass does. As methods of the machine they call its {@code resume} and no other, so that the
 * virtual machine can compile the loop over a generator and its body as one piece.
 */
final class Pulls {
  private static final int RUNNING = -1;
  private static final ClassDesc COROUTINE = ClassDesc.of("dev.heddle.iter.AbstractCoroutine");
  private static final ClassDesc STOP = ClassDesc.of("dev.heddle.iter.StopIteration");

  private final CodeBuilder out;
  private final ClassDesc machine;
  private final ClassDesc base;
  private final Label slow;

  private Pulls(CodeBuilder out, ClassDesc machine, ClassDesc base) {
    this.out = out;
    this.machine = machine;
    this.base = base;
    this.slow = out.newLabel();
  }

  static void write(ClassBuilder builder, ClassDesc machine, ClassDesc base) {
    builder.withMethodBody(
        "next", MethodTypeDesc.of(CD_Object), ClassFile.ACC_PUBLIC, out -> new Pulls(out, machine, base).next());
    builder.withMethodBody(
        "hasNext", MethodTypeDesc.of(CD_boolean), ClassFile.ACC_PUBLIC, out -> new Pulls(out, machine, base).hasNext());
  }

  private void next() {
    Label fetched = out.newLabel();
    resume(fetched);
    Label ended = out.newLabel();
    field("state", CD_int).ifle(ended);
    field("delegate", COROUTINE).ifnonnull(slow);
    out.aload(2).areturn();
    out.labelBinding(ended);
    out.aload(0).aload(2).invokevirtual(machine, "ended", MethodTypeDesc.of(STOP, CD_Object)).athrow();
    out.labelBinding(fetched);
    field("slot", CD_Object);
    out.aload(0).getstatic(machine, "NONE", CD_Object).putfield(machine, "slot", CD_Object).areturn();
    out.labelBinding(slow).aload(0).invokespecial(base, "next", MethodTypeDesc.of(CD_Object)).areturn();
  }

  private void hasNext() {
    resume(slow);
    Label ended = out.newLabel();
    field("state", CD_int).ifle(ended);
    field("delegate", COROUTINE).ifnonnull(slow);
    out.aload(0).aload(2).putfield(machine, "slot", CD_Object).iconst_1().ireturn();
    out.labelBinding(ended);
    out.aload(0).aload(2).invokevirtual(machine, "end", MethodTypeDesc.of(CD_void, CD_Object)).iconst_0().ireturn();
    out.labelBinding(slow).aload(0).invokespecial(base, "hasNext", MethodTypeDesc.of(CD_boolean)).ireturn();
  }

  /**
   * Runs the body, unless it is running, has ended or delegates; leaves what it hands out in the local variable 2.
   *
   * @param fetched where to go instead when hasNext has fetched an element
   */
  private void resume(Label fetched) {
    Label empty = out.newLabel();
    field("state", CD_int).dup().istore(1).iflt(slow);
    field("slot", CD_Object).getstatic(machine, "NONE", CD_Object).if_acmpeq(empty);
    out.iload(1).ifne(fetched);
    out.aload(0).getstatic(machine, "NONE", CD_Object).putfield(machine, "slot", CD_Object); // was kept for a push
    out.labelBinding(empty);
    field("delegate", COROUTINE).ifnonnull(slow);
    out.aload(0).loadConstant(RUNNING).putfield(machine, "state", CD_int);
    Label start = out.newBoundLabel();
    out.aload(0).iload(1).aconst_null().aconst_null();
    out.invokevirtual(machine, "resume", MethodTypeDesc.of(CD_Object, CD_int, CD_Object, CD_Throwable)).astore(2);
    Label end = out.newBoundLabel();
    Label on = out.newLabel();
    out.goto_(on);
    Label handler = out.newBoundLabel();
    out.astore(2).aload(0).aload(2);
    out.invokevirtual(machine, "failed", MethodTypeDesc.of(ClassDesc.of("java.lang.RuntimeException"), CD_Throwable)).athrow();
    out.exceptionCatch(start, end, handler, CD_Throwable);
    out.labelBinding(on);
  }

  private CodeBuilder field(String name, ClassDesc type) {
    return out.aload(0).getfield(machine, name, type);
  }
}
