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
 * Writes {@code next}, {@code send} and {@code hasNext} of a state machine for the case that there is nothing to it but to run the body;
 * for all others they call those of the superclass.
 *
 * <p>They do what the superclass does. As methods of the machine they call its {@code resume} and no other, so that the
 * virtual machine can compile the loop over a generator and its body as one piece.
 */
final class Pulls {
  private static final int RUNNING = -1;

  // Local variables: behind this and what is sent.
  private static final int AT = 2;
  private static final int ELEMENT = 3;

  private static final ClassDesc COROUTINE = ClassDesc.of("dev.heddle.iter.AbstractCoroutine");
  private static final ClassDesc STOP = ClassDesc.of("dev.heddle.iter.StopIteration");

  private static final MethodTypeDesc RESUME = MethodTypeDesc.of(CD_Object, CD_int, CD_Object, CD_Throwable);

  private final CodeBuilder out;
  private final ClassDesc machine;
  private final ClassDesc base;

  /** Where the superclass does it. */
  private final Label slow;

  /** Where the body has begun to delegate, and the superclass finds the delegate's first element. */
  private final Label delegated;

  private Pulls(CodeBuilder out, ClassDesc machine, ClassDesc base) {
    this.out = out;
    this.machine = machine;
    this.base = base;
    this.slow = out.newLabel();
    this.delegated = out.newLabel();
  }

  static void write(ClassBuilder builder, ClassDesc machine, ClassDesc base) {
    MethodTypeDesc next = MethodTypeDesc.of(CD_Object);
    MethodTypeDesc send = MethodTypeDesc.of(CD_Object, CD_Object);
    MethodTypeDesc hasNext = MethodTypeDesc.of(CD_boolean);
    builder.withMethodBody("next", next, ClassFile.ACC_PUBLIC, out -> new Pulls(out, machine, base).next());
    builder.withMethodBody("send", send, ClassFile.ACC_PUBLIC, out -> new Pulls(out, machine, base).send());
    builder.withMethodBody("hasNext", hasNext, ClassFile.ACC_PUBLIC, out -> new Pulls(out, machine, base).hasNext());
  }

  private void next() {
    Label fetched = out.newLabel();
    resume(out::aconst_null, fetched);
    handOut();
    out.labelBinding(fetched);
    field("slot", CD_Object);
    out.aload(0).getstatic(machine, "NONE", CD_Object).putfield(machine, "slot", CD_Object).areturn();
    out.labelBinding(slow).labelBinding(delegated);
    out.aload(0).invokespecial(base, "next", MethodTypeDesc.of(CD_Object)).areturn();
  }

  private void send() {
    field("state", CD_int).ifle(slow); // there is no yield to receive it
    resume(() -> out.aload(1), slow);
    handOut();
    out.labelBinding(slow).aload(0).aload(1);
    out.invokespecial(base, "send", MethodTypeDesc.of(CD_Object, CD_Object)).areturn();
    out.labelBinding(delegated).aload(0).invokespecial(base, "next", MethodTypeDesc.of(CD_Object)).areturn();
  }

  private void handOut() {
    Label ended = out.newLabel();
    field("state", CD_int).ifle(ended);
    field("delegate", COROUTINE).ifnonnull(delegated);
    out.aload(ELEMENT).areturn();
    out.labelBinding(ended);
    out.aload(0).aload(ELEMENT).invokevirtual(machine, "ended", MethodTypeDesc.of(STOP, CD_Object)).athrow();
  }

  private void hasNext() {
    resume(out::aconst_null, slow);
    Label ended = out.newLabel();
    field("state", CD_int).ifle(ended);
    field("delegate", COROUTINE).ifnonnull(delegated);
    out.aload(0).aload(ELEMENT).putfield(machine, "slot", CD_Object).iconst_1().ireturn();
    out.labelBinding(ended);
    out.aload(0).aload(ELEMENT).invokevirtual(machine, "end", MethodTypeDesc.of(CD_void, CD_Object)).iconst_0().ireturn();
    out.labelBinding(slow).labelBinding(delegated);
    out.aload(0).invokespecial(base, "hasNext", MethodTypeDesc.of(CD_boolean)).ireturn();
  }

  /**
   * Runs the body, unless it is running, has ended or delegates; leaves in {@link #ELEMENT} what it hands out.
   *
   * @param sent pushes what the body receives
   * @param fetched where to go instead when hasNext has fetched an element
   */
  private void resume(Runnable sent, Label fetched) {
    Label empty = out.newLabel();
    field("state", CD_int).dup().istore(AT).iflt(slow);
    field("slot", CD_Object).getstatic(machine, "NONE", CD_Object).if_acmpeq(empty);
    out.iload(AT).ifne(fetched);
    out.aload(0).getstatic(machine, "NONE", CD_Object).putfield(machine, "slot", CD_Object); // was kept for a push
    out.labelBinding(empty);
    field("delegate", COROUTINE).ifnonnull(slow);
    out.aload(0).loadConstant(RUNNING).putfield(machine, "state", CD_int);
    Label start = out.newBoundLabel();
    out.aload(0).iload(AT);
    sent.run();
    out.aconst_null().invokevirtual(machine, "resume", RESUME).astore(ELEMENT);
    Label end = out.newBoundLabel();
    Label on = out.newLabel();
    out.goto_(on);
    Label handler = out.newBoundLabel();
    out.astore(ELEMENT).aload(0).aload(ELEMENT);
    out.invokevirtual(machine, "failed", MethodTypeDesc.of(ClassDesc.of("java.lang.RuntimeException"), CD_Throwable))
        .athrow();
    out.exceptionCatch(start, end, handler, CD_Throwable);
    out.labelBinding(on);
  }

  private CodeBuilder field(String name, ClassDesc type) {
    return out.aload(0).getfield(machine, name, type);
  }
}
