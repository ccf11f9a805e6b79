package dev.heddle.iter.compiler;

import static java.lang.constant.ConstantDescs.CD_Throwable;

import dev.heddle.iter.compiler.MachineBase.FieldRef;
import dev.heddle.iter.compiler.MachineBase.MethodRef;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code next}, {@code send} and {@code hasNext} of a state machine for the common case, in which only the body has
 * to be run; for all others they call those of the superclass.
 *
 * <p>They do what the superclass does. As methods of the machine they call its {@code resume} and no other, so that the
 * virtual machine can compile the loop over a generator and its body as one piece.
 */
final class Pulls {
  // Local variables: behind this and what is sent.
  private static final int AT = 2;
  private static final int ELEMENT = 3;

  private final CodeBuilder out;
  private final ClassDesc machine;
  private final MachineBase base;
  private final boolean delegates;
  private final @Nullable Unboxed unboxed;

  /** Where the superclass does it. */
  private final Label slow;

  /** Where the body has begun to delegate, and the superclass finds the delegate's first element. */
  private final Label delegated;

  private Pulls(CodeBuilder out, ClassDesc machine, MachineBase base, Analysis analysis) {
    this.out = out;
    this.machine = machine;
    this.base = base;
    this.delegates = analysis.delegates();
    this.unboxed = analysis.unboxed;
    this.slow = out.newLabel();
    this.delegated = out.newLabel();
  }

  static void write(ClassBuilder builder, ClassDesc machine, MachineBase base, Analysis analysis) {
    define(builder, base.next, out -> new Pulls(out, machine, base, analysis).next());
    define(builder, base.send, out -> new Pulls(out, machine, base, analysis).send());
    define(builder, base.hasNext, out -> new Pulls(out, machine, base, analysis).hasNext());
  }

  private static void define(ClassBuilder builder, MethodRef method, Consumer<CodeBuilder> code) {
    builder.withMethodBody(method.name(), method.type(), ClassFile.ACC_PUBLIC, code);
  }

  private void next() {
    Label ready = out.newLabel();
    enter(ready);
    resume(out::aconst_null);
    handOut();
    out.labelBinding(ready).aload(0);
    at(base.point);
    base.state.put(out, machine);
    returnUnboxed();
    get(base.slot).aload(0).aconst_null();
    base.slot.put(out, machine);
    out.areturn();
    out.labelBinding(slow).labelBinding(delegated).aload(0);
    base.next.callSuper(out, base);
    out.areturn();
  }

  private void send() {
    get(base.state).ifle(slow); // there is no yield to receive it
    enter(slow);
    resume(() -> out.aload(1));
    handOut();
    out.labelBinding(slow).aload(0).aload(1);
    base.send.callSuper(out, base);
    out.areturn();
    out.labelBinding(delegated).aload(0);
    base.next.callSuper(out, base);
    out.areturn();
  }

  private void handOut() {
    Label ended = out.newLabel();
    resumed(ended);
    returnUnboxed();
    out.aload(ELEMENT).areturn();
    out.labelBinding(ended).aload(0).aload(ELEMENT);
    base.ended.call(out, machine);
    out.athrow();
  }

  private void hasNext() {
    Label ready = out.newLabel();
    enter(ready);
    resume(out::aconst_null);
    Label ended = out.newLabel();
    resumed(ended);
    out.aload(0).iload(AT).loadConstant(base.ready).ior();
    base.state.put(out, machine);
    if (unboxed != null) {
      at(base.unboxed).ifne(ready);
    }
    out.aload(0).aload(ELEMENT);
    base.slot.put(out, machine);
    out.labelBinding(ready).iconst_1().ireturn();
    out.labelBinding(ended).aload(0).aload(ELEMENT);
    base.end.call(out, machine);
    out.iconst_0().ireturn();
    out.labelBinding(slow).labelBinding(delegated).aload(0);
    base.hasNext.callSuper(out, base);
    out.ireturn();
  }

  /**
   * Goes on if the body is to be run, which is not the case when it is running, has ended or delegates.
   *
   * @param ready where to go when hasNext has fetched an element
   */
  private void enter(Label ready) {
    Label started = out.newLabel();
    get(base.state).dup().istore(AT).loadConstant(base.ready).if_icmpge(ready);
    out.iload(AT).iflt(slow);
    out.iload(AT).ifne(started).aload(0).aconst_null();
    base.slot.put(out, machine); // it held the body, for a run in push mode
    out.labelBinding(started);
    if (delegates) {
      get(base.delegate).ifnonnull(slow);
    }
  }

  /**
   * Runs the body; leaves in {@link #ELEMENT} what it hands out.
   *
   * @param sent pushes what the body receives
   */
  private void resume(Runnable sent) {
    out.aload(0).loadConstant(base.running);
    base.state.put(out, machine);
    Label start = out.newBoundLabel();
    out.aload(0);
    at(base.point);
    sent.run();
    out.aconst_null();
    base.resume.call(out, machine);
    out.astore(ELEMENT);
    Label end = out.newBoundLabel();
    Label on = out.newLabel();
    out.goto_(on);
    Label handler = out.newBoundLabel();
    out.astore(ELEMENT).aload(0).aload(ELEMENT);
    base.failed.call(out, machine);
    out.athrow();
    out.exceptionCatch(start, end, handler, CD_Throwable);
    out.labelBinding(on);
  }

  /** Goes on if the body has yielded an element, and leaves its state in {@link #AT}. */
  private void resumed(Label ended) {
    get(base.state).dup().istore(AT).ifle(ended);
    if (delegates) {
      get(base.delegate).ifnonnull(delegated);
    }
  }

  /** Returns the element if the state in {@link #AT} says that it is unboxed. */
  private void returnUnboxed() {
    if (unboxed != null) {
      Label boxed = out.newLabel();
      at(base.unboxed).ifeq(boxed);
      unboxed.returnBoxed(out, machine);
      out.labelBinding(boxed);
    }
  }

  /** Pushes some bits of the state in {@link #AT}. */
  private CodeBuilder at(int bits) {
    return out.iload(AT).loadConstant(bits).iand();
  }

  private CodeBuilder get(FieldRef field) {
    out.aload(0);
    field.get(out, machine);
    return out;
  }
}
