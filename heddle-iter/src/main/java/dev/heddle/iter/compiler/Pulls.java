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

  /** Where the superclass does it. */
  private final Label slow;

  /** Where the body has begun to delegate, and the superclass finds the delegate's first element. */
  private final Label delegated;

  private Pulls(CodeBuilder out, ClassDesc machine, MachineBase base) {
    this.out = out;
    this.machine = machine;
    this.base = base;
    this.slow = out.newLabel();
    this.delegated = out.newLabel();
  }

  static void write(ClassBuilder builder, ClassDesc machine, MachineBase base) {
    define(builder, base.next, out -> new Pulls(out, machine, base).next());
    define(builder, base.send, out -> new Pulls(out, machine, base).send());
    define(builder, base.hasNext, out -> new Pulls(out, machine, base).hasNext());
  }

  private static void define(ClassBuilder builder, MethodRef method, Consumer<CodeBuilder> code) {
    builder.withMethodBody(method.name(), method.type(), ClassFile.ACC_PUBLIC, code);
  }

  private void next() {
    Label fetched = out.newLabel();
    resume(out::aconst_null, fetched);
    handOut();
    out.labelBinding(fetched);
    get(base.slot);
    emptySlot();
    out.areturn();
    out.labelBinding(slow).labelBinding(delegated).aload(0);
    base.next.callSuper(out, base);
    out.areturn();
  }

  private void send() {
    get(base.state).ifle(slow); // there is no yield to receive it
    resume(() -> out.aload(1), slow);
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
    get(base.state).ifle(ended);
    get(base.delegate).ifnonnull(delegated);
    out.aload(ELEMENT).areturn();
    out.labelBinding(ended).aload(0).aload(ELEMENT);
    base.ended.call(out, machine);
    out.athrow();
  }

  private void hasNext() {
    resume(out::aconst_null, slow);
    Label ended = out.newLabel();
    get(base.state).ifle(ended);
    get(base.delegate).ifnonnull(delegated);
    out.aload(0).aload(ELEMENT);
    base.slot.put(out, machine);
    out.iconst_1().ireturn();
    out.labelBinding(ended).aload(0).aload(ELEMENT);
    base.end.call(out, machine);
    out.iconst_0().ireturn();
    out.labelBinding(slow).labelBinding(delegated).aload(0);
    base.hasNext.callSuper(out, base);
    out.ireturn();
  }

  /**
   * Runs the body, unless it is running, has ended or delegates; leaves in {@link #ELEMENT} what it hands out.
   *
   * @param sent pushes what the body receives
   * @param fetched where to go instead when hasNext has fetched an element
   */
  private void resume(Runnable sent, Label fetched) {
    Label empty = out.newLabel();
    get(base.state).dup().istore(AT).iflt(slow);
    get(base.slot);
    none();
    out.if_acmpeq(empty);
    out.iload(AT).ifne(fetched);
    emptySlot(); // it held the body, for a run in push mode
    out.labelBinding(empty);
    get(base.delegate).ifnonnull(slow);
    out.aload(0).loadConstant(base.running);
    base.state.put(out, machine);
    Label start = out.newBoundLabel();
    out.aload(0).iload(AT);
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

  private CodeBuilder get(FieldRef field) {
    out.aload(0);
    field.get(out, machine);
    return out;
  }

  private void none() {
    out.getstatic(machine, base.none.name(), base.none.type());
  }

  private void emptySlot() {
    out.aload(0);
    none();
    base.slot.put(out, machine);
  }
}
