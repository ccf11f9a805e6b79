package dev.heddle.iter.compiler;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.heddle.iter.compiler.Spills.Point;
import dev.heddle.iter.spi.Suspends;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Writes {@code resume(int at, Object sent, Throwable raised)}: the body's code, entered through a switch, left at each
 * suspension point and entered again behind it.
 */
final class ResumeWriter {
  private static final int AT = 1;
  private static final int SENT = 2;
  private static final int RAISED = 3;

  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final MethodTypeDesc REQUIRE = MethodTypeDesc.of(CD_Object, CD_Object, ConstantDescs.CD_String);

  /** The body's slot 0 is this slot of resume. */
  private static final int SHIFT = 4;

  private final CodeBuilder out;
  private final ClassDesc machine;
  private final MachineBase base;
  private final boolean hasResult;
  private final Body body;
  private final MethodCode code;
  private final Analysis analysis;
  private final Spills spills;
  private final Access access;
  private final MemberWriter members;
  private final Set<Integer> movedNews;
  private final ClassDesc yielder;
  private final int temporaries;
  private final Map<Integer, Label> labels = new HashMap<>();

  /** Where the suspension points leave the method. */
  private final Map<Integer, Label> left = new HashMap<>();
  private final ProtectedRanges ranges;

  ResumeWriter(
      CodeBuilder out, ClassDesc machine, MachineBase base, boolean hasResult, Body body, MethodCode code, Analysis analysis,
      Spills spills,
      Access access,
      Set<Integer> movedNews, ClassDesc yielder) {
    this.out = out;
    this.machine = machine;
    this.base = base;
    this.hasResult = hasResult;
    this.body = body;
    this.code = code;
    this.analysis = analysis;
    this.spills = spills;
    this.access = access;
    this.movedNews = movedNews;
    this.yielder = yielder;
    this.temporaries = code.maxLocals + SHIFT;
    this.ranges = new ProtectedRanges(out, code.tries);
    this.members = new MemberWriter(out, access, movedNews, temporaries);
  }

  void write() {
    Label start = out.newLabel();
    Label wrong = out.newLabel();
    Map<Integer, Label> entries = new HashMap<>();
    List<SwitchCase> cases = new ArrayList<>(List.of(SwitchCase.of(0, start)));
    for (Point point : spills.points.values()) {
      Label entry = out.newLabel();
      entries.put(point.number(), entry);
      cases.add(SwitchCase.of(point.number(), entry));
    }
    code.lines.values().stream().min(Integer::compare).ifPresent(out::lineNumber);
    raiseOutsideOfTries();
    out.iload(AT).tableswitch(0, cases.size() - 1, wrong, cases);
    out.labelBinding(wrong).iload(AT);
    base.noSuchPoint.callStatic(out, machine);
    out.athrow();
    out.labelBinding(start);
    begin();
    spills.captured.forEach(this::restore);
    for (int i = 0; i < code.size(); i++) {
      ranges.enter(i);
      out.labelBinding(label(i));
      Integer line = code.lines.get(i);
      if (line != null) {
        out.lineNumber(line);
      }
      if (analysis.before[i] == null) {
        continue; // javac writes no code that cannot be reached, other compilers may
      }
      Point point = spills.points.get(i);
      if (point == null) {
        instruction(i, code.instructions.get(i));
      } else {
        suspend(point, Objects.requireNonNull(entries.get(point.number())));
      }
    }
    ranges.enter(code.size());
    out.labelBinding(label(code.size()));
    ranges.write(this::label, i -> analysis.before[i] != null);
    variables();
  }

  /**
   * Does what the call of the body's method does before its first instruction: the class is initialized, the object is
   * there.
   */
  private void begin() {
    if (!body.isStatic()) {
      if (!body.method().flags().has(AccessFlag.SYNTHETIC)) { // a lambda's object has made the lambda
        push(spills.captured.getFirst());
        out.loadConstant("the object on which " + body.method().methodName().stringValue() + " is called is null");
        out.invokestatic(OBJECTS, "requireNonNull", REQUIRE).pop();
      }
    } else if (access.canMakeHost()) {
      out.new_(body.hostDesc()).pop(); // of which the JIT compiler leaves nothing
    } else {
      out.invokedynamic(access.initialization());
    }
  }

  /** Throws what was raised before anything is restored, but where a handler of the body may catch it. */
  private void raiseOutsideOfTries() {
    List<SwitchCase> covered = new ArrayList<>();
    Label go = out.newLabel();
    for (Point point : spills.points.values()) {
      if (isInTry(point)) {
        covered.add(SwitchCase.of(point.number(), go));
      }
    }
    if (covered.size() < spills.points.size()) {
      Label rise = out.newLabel();
      out.aload(RAISED).ifnull(go);
      if (!covered.isEmpty()) {
        out.iload(AT).lookupswitch(rise, covered);
      }
      out.labelBinding(rise).aload(RAISED).athrow();
    }
    out.labelBinding(go);
  }

  private boolean isInTry(Point point) {
    return code.handlers(point.suspension().index()).length > 0;
  }

  /**
   * Names the variables where they certainly have a value: a debugger that is told otherwise shows none at all. Without a
   * name for slot 0 it cannot even tell the object whose method it is in.
   */
  private void variables() {
    out.localVariable(0, "this", machine, out.startLabel(), out.endLabel());
    Assigned assigned = new Assigned(code, analysis, spills);
    for (LocalVariable variable : code.variables) {
      int end = code.at(variable.endScope());
      int from = -1;
      for (int i = code.at(variable.startScope()); i <= end; i++) {
        boolean known = i < end && assigned.isAssigned(variable.slot(), i);
        if (known && from < 0) {
          from = i;
        } else if (!known && from >= 0) {
          out.localVariable(variable.slot() + SHIFT, name(variable), variable.typeSymbol(), label(from), label(i));
          from = -1;
        }
        if (from >= 0 && spills.points.containsKey(i)) { // behind it is where the next entry comes in
          out.localVariable(
              variable.slot() + SHIFT, name(variable), variable.typeSymbol(), label(from),
              Objects.requireNonNull(left.get(i)));
          from = -1;
        }
      }
    }
  }

  /** The body's own object is another one than the machine, and debuggers leave out names that begin with "this". */
  private static String name(LocalVariable variable) {
    String name = variable.name().stringValue();
    return name.equals("this") ? "$this" : name;
  }

  private Label label(int index) {
    return labels.computeIfAbsent(index, _ -> out.newLabel());
  }

  private Label label(Label original) {
    return label(code.at(original));
  }

  // Suspension points.

  /** The yielded value is on top of the stack, and below it what {@link Point#stack} lists. */
  private void suspend(Point point, Label entry) {
    Unboxed unboxed = analysis.unboxedAt(point.suspension().index());
    if (unboxed != null) {
      unboxed.keep(out, machine);
      out.aconst_null();
    }
    if (analysis.own.isThere(point.suspension().receiver())) {
      out.swap().pop();
    }
    if (point.suspension().kind() == Suspends.Kind.DELEGATE) {
      out.aload(0).swap();
      base.delegateTo.call(out, machine);
      ranges.used();
    }
    if (point.suspension().kind() == Suspends.Kind.EMIT) {
      base.emitted.callStatic(out, machine);
      ranges.used();
    }
    ranges.pause();
    if (!point.stack().isEmpty()) {
      out.astore(temporaries);
      for (Slot slot : point.stack().reversed()) {
        saveStack(slot);
      }
      out.aload(temporaries);
    }
    for (Slot slot : point.changed()) {
      out.aload(0).loadLocal(slot.type().kind(), slot.position() + SHIFT);
      out.putfield(machine, slot.field(), slot.fieldType());
    }
    for (String field : point.dead()) {
      out.aload(0).aconst_null().putfield(machine, field, CD_Object);
    }
    out.aload(0).loadConstant(unboxed == null ? point.number() : point.number() | base.unboxed);
    base.state.put(out, machine);
    left.put(point.suspension().index(), out.newBoundLabel());
    out.areturn();

    out.labelBinding(entry);
    point.restored().forEach(this::restore);
    for (Slot slot : point.stack()) {
      push(slot);
    }
    ranges.resume();
    if (isInTry(point)) {
      Label normal = out.newLabel();
      out.aload(RAISED).ifnull(normal).aload(RAISED).athrow().labelBinding(normal);
    }
    ClassDesc result = point.suspension().result();
    if (!result.equals(CD_void)) {
      out.aload(SENT);
      if (!result.equals(CD_Object)) {
        out.checkcast(result);
      }
    }
    ranges.used();
  }

  private void saveStack(Slot slot) {
    if (slot.type() == VType.Simple.NULL || slot.type() instanceof VType.Own) {
      out.pop();
      return;
    }
    TypeKind kind = slot.type().kind();
    out.storeLocal(kind, temporaries + 1).aload(0).loadLocal(kind, temporaries + 1);
    out.putfield(machine, slot.field(), slot.fieldType());
  }

  private void restore(Slot slot) {
    push(slot);
    store(slot.type().kind(), slot.position());
  }

  private void store(TypeKind kind, int slot) {
    out.storeLocal(kind, slot + SHIFT);
  }

  private void push(Slot slot) {
    switch (slot.type()) {
      case VType.Simple.NULL -> out.aconst_null();
      case VType.Own _ -> pushYielder();
      default -> {
        out.aload(0).getfield(machine, slot.field(), slot.fieldType());
        if (slot.type() instanceof VType.Ref(ClassDesc type) && !type.equals(CD_Object)) {
          out.checkcast(type);
        }
      }
    }
  }

  private void pushYielder() {
    out.aload(0).getfield(machine, MachineWriter.YIELDER, CD_Object).checkcast(yielder);
  }

  // The body's own instructions.

  private void instruction(int index, Instruction instruction) {
    switch (instruction) {
      case InvokeInstruction _ when analysis.unboxedAt(index + 1) != null -> {
        return; // it boxes what is kept unboxed
      }
      case LoadInstruction _ when analysis.own.isLeftOut(index) -> {
        return;
      }
      case LoadInstruction _ when analysis.own.isLoad(index) -> pushYielder();
      case LoadInstruction load when isMovedNew(analysis.frameAt(index).locals[load.slot()]) -> {
        return;
      }
      case LoadInstruction load -> out.loadLocal(load.typeKind(), load.slot() + SHIFT);
      case StoreInstruction _ when analysis.frameAt(index).stack.getLast() instanceof VType.Own -> out.pop();
      case StoreInstruction _ when isMovedNew(analysis.frameAt(index).stack.getLast()) -> {
        return;
      }
      case StoreInstruction store -> store(store.typeKind(), store.slot());
      case IncrementInstruction increment -> out.iinc(increment.slot() + SHIFT, increment.constant());
      case BranchInstruction branch -> out.branch(branch.opcode(), label(branch.target()));
      case TableSwitchInstruction s ->
        out.tableswitch(s.lowValue(), s.highValue(), label(s.defaultTarget()), cases(s.cases()));
      case LookupSwitchInstruction s -> out.lookupswitch(label(s.defaultTarget()), cases(s.cases()));
      case ReturnInstruction result -> result(result);
      case NewObjectInstruction made when movedNews.contains(index) ->
        out.new_(made.className()).pop(); // initializes the class when the body would have done so
      case StackInstruction _ when copiesMovedNew(index) -> {
        return;
      }
      case InvokeInstruction call -> members.call(call, analysis.constructions.get(index));
      case FieldInstruction field -> members.field(field);
      case InvokeDynamicInstruction call -> members.dynamic(call.invokedynamic());
      case ConstantInstruction.LoadConstantInstruction load -> {
        ConstantDesc original = load.constantValue();
        ConstantDesc rewritten = access.constant(original);
        if (rewritten.equals(original)) {
          out.with(load);
        } else {
          out.loadConstant(rewritten);
        }
      }
      default -> out.with(instruction);
    }
    ranges.used();
  }

  private List<SwitchCase> cases(List<SwitchCase> original) {
    return original.stream().map(each -> SwitchCase.of(each.caseValue(), label(each.target()))).toList();
  }

  private boolean copiesMovedNew(int index) {
    FrameState frame = analysis.frameAt(index);
    return !frame.stack.isEmpty() && isMovedNew(frame.stack.getLast());
  }

  private boolean isMovedNew(VType type) {
    return type instanceof VType.Uninit made && movedNews.contains(made.newAt());
  }

  private void result(ReturnInstruction instruction) {
    ClassDesc type = body.type().returnType();
    if (!hasResult && instruction.typeKind() != TypeKind.VOID) { // a method reference may drop a result
      if (instruction.typeKind().slotSize() == 2) {
        out.pop2();
      } else {
        out.pop();
      }
      out.aconst_null();
    } else if (instruction.typeKind() == TypeKind.VOID) {
      out.aconst_null();
    } else if (type.isPrimitive()) {
      ClassDesc box = Boxes.of(type);
      out.invokestatic(box, "valueOf", MethodTypeDesc.of(box, type));
    }
    out.areturn();
  }
}
