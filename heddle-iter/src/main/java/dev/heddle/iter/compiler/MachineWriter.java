package dev.heddle.iter.compiler;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;

import dev.heddle.iter.compiler.Analysis.Construction;
import dev.heddle.iter.compiler.Analysis.Suspension;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandleInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns a body into the class file of its state machine.
 *
 * <p>The machine has a field for each place of the body's frame that must outlive a suspension, a constructor that takes the
 * captured values, {@code resume}, and {@code clear}.
 */
final class MachineWriter {
  static final String YIELDER = "yielder";

  /** With assertions on; the virtual machine's own verifier, which runs when the machine is linked, has the last word. */
  private static final boolean VERIFY = MachineWriter.class.desiredAssertionStatus();

  /** The length of a method's code, in bytes, from which on the virtual machine does not compile it. */
  static final int JIT_LIMIT = 8_000;

  private static final ClassDesc PLACE = ClassDesc.of(StackTraceElement.class.getName());

  private static final int CLASS_FLAGS = ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC;

  private final Body body;

  /** Whether the method of the functional interface has a result; the body's own may have one that is dropped. */
  private final boolean hasResult;
  private final MachineBase base;
  private final YielderType yielder;
  private final Access access;
  private final MethodCode code;
  private final Analysis analysis;
  private final Set<Integer> movedNews;
  private final Spills spills;
  private final ClassFile classFile;

  private int codeLength;

  MachineWriter(Body body, boolean hasResult, MachineBase base, YielderType yielder) throws Unsupported {
    this.body = body;
    this.hasResult = hasResult;
    this.base = base;
    this.yielder = yielder;
    this.access = new Access(body.host());
    this.code = new MethodCode(body.code());
    this.analysis = new Analysis(code, body.entry(code.maxLocals), body.yielderSlot(), this.yielder);
    this.movedNews = movedNews();
    this.spills = new Spills(code, analysis, captured(), movedNews);
    checkTypes();
    CallerSensitive.check(code);
    ClassHierarchyResolver hierarchy = desc -> {
      try {
        Class<?> type = Types.load(desc, body.host());
        Class<?> superclass = type.getSuperclass();
        return type.isInterface()
            ? ClassHierarchyResolver.ClassHierarchyInfo.ofInterface()
            : ClassHierarchyResolver.ClassHierarchyInfo.ofClass(
                superclass == null ? null : ClassDesc.ofDescriptor(superclass.descriptorString()));
      } catch (ClassNotFoundException | LinkageError e) {
        return null;
      }
    };
    this.classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
  }

  /** Whether the body calls ordinary methods of its yielder, so that the machine has to be given one. */
  boolean usesYielder() {
    return analysis.own.isUsed();
  }

  /** The length of the body's code in the machine written last, in bytes. */
  int codeLength() {
    return codeLength;
  }

  private List<Slot> captured() {
    List<Slot> all = new ArrayList<>();
    int slot = 0;
    for (ClassDesc each : body.captured()) {
      all.add(new Slot(false, slot, VType.of(each)));
      slot += VType.of(each).size();
    }
    return all;
  }

  /** Objects that are under construction at a yield, or whose constructor the machine may not call itself. */
  private Set<Integer> movedNews() throws Unsupported {
    Set<Integer> moved = new HashSet<>();
    for (Suspension each : analysis.suspensions.values()) {
      for (List<VType> types : List.of(each.frame().stack, Arrays.asList(each.frame().locals))) {
        for (VType type : types) {
          if (type instanceof VType.Uninit made) {
            moved.add(made.newAt());
          }
        }
      }
    }
    for (Map.Entry<Integer, Construction> each : analysis.constructions.entrySet()) {
      InvokeInstruction call = (InvokeInstruction) code.instructions.get(each.getKey());
      if (!access.isDirect(
          MethodHandleInfo.REF_newInvokeSpecial, call.owner().asSymbol(), INIT_NAME, call.type().stringValue())) {
        moved.add(each.getValue().newAt());
      }
    }
    for (int each : moved) {
      if (!analysis.isMovable(each)) {
        throw new Unsupported("it handles an object under construction in a way that javac does not");
      }
    }
    return moved;
  }

  /** A restored reference is cast to its type, which has to be accessible to the machine. */
  private void checkTypes() throws Unsupported {
    for (Spills.Point point : spills.points.values()) {
      for (List<Slot> slots : List.of(point.restored(), point.stack())) {
        for (Slot slot : slots) {
          if (slot.type() instanceof VType.Ref(ClassDesc type) && !Types.isAccessible(type, body.host())) {
            throw new Unsupported("it keeps a value across a yield whose class is not accessible: " + type.displayName());
          }
        }
      }
    }
  }

  byte[] write(ClassDesc name) throws Unsupported {
    byte[] bytes;
    try {
      bytes = classFile.build(name, machine -> write(machine, name));
    } catch (IllegalArgumentException e) {
      throw new Unsupported("its state machine cannot be written: " + e.getMessage(), e);
    }
    codeLength = lengthOfResume(bytes);
    if (VERIFY) {
      List<VerifyError> errors = classFile.verify(bytes);
      if (!errors.isEmpty()) {
        VerifyError first = errors.getFirst();
        throw new Unsupported("its state machine does not verify: " + first.getMessage(), first);
      }
    }
    return bytes;
  }

  private int lengthOfResume(byte[] bytes) {
    for (MethodModel each : classFile.parse(bytes).methods()) {
      if (each.methodName().equalsString(base.resume.name())) {
        return each.findAttribute(Attributes.code()).map(CodeAttribute::codeLength).orElseThrow();
      }
    }
    throw new IllegalStateException("the state machine has no method " + base.resume.name());
  }

  private void write(ClassBuilder machine, ClassDesc name) {
    machine.withFlags(CLASS_FLAGS).withSuperclass(base.desc);
    body.model().findAttribute(Attributes.sourceFile()).ifPresent(machine::with);
    spills.fields.forEach((field, slot) -> machine.withField(field, slot.fieldType(), ClassFile.ACC_PRIVATE));
    machine.withMethodBody(
        INIT_NAME, MethodTypeDesc.of(CD_void, body.captured()), 0, out -> constructor(out, name));
    machine.withMethodBody(
        base.resume.name(), base.resume.type(), ClassFile.ACC_PROTECTED,
        out -> new ResumeWriter(out, name, base, hasResult, body, code, analysis, spills, access, movedNews, yielder.desc())
            .write());
    Pulls.write(machine, name, base, analysis);
    Unboxed unboxed = analysis.unboxed;
    if (unboxed != null) {
      machine.withField(unboxed.field().name(), unboxed.field().type(), ClassFile.ACC_PRIVATE);
      machine.withMethodBody(
          base.boxed.name(), base.boxed.type(), ClassFile.ACC_PROTECTED, out -> unboxed.returnBoxed(out, name));
    }
    machine.withMethodBody(base.clear.name(), base.clear.type(), ClassFile.ACC_PROTECTED, out -> clear(out, name));
    places(machine);
    if (usesYielder()) {
      machine.withField(YIELDER, CD_Object, ClassFile.ACC_PRIVATE);
      machine.withMethodBody(
          base.bind.name(), base.bind.type(), ClassFile.ACC_PROTECTED,
          out -> out.aload(0).aload(1).putfield(name, YIELDER, CD_Object).return_());
    }
  }

  /** Writes where the body begins and where it can wait, for the stack traces of what it waits for. */
  private void places(ClassBuilder machine) {
    NavigableMap<Integer, Integer> lines = new TreeMap<>(code.lines);
    Map<Integer, Integer> places = new TreeMap<>();
    code.lines.values().stream().min(Integer::compare).ifPresent(first -> places.put(base.created, first));
    for (Spills.Point each : spills.points.values()) {
      Map.Entry<Integer, Integer> line = lines.floorEntry(each.suspension().index());
      if (line != null) {
        places.put(each.number(), line.getValue());
      }
    }
    if (places.isEmpty()) {
      return;
    }
    int line = 2; // a local variable
    machine.withMethodBody(base.place.name(), base.place.type(), ClassFile.ACC_PROTECTED, out -> {
      Label known = out.newLabel();
      Label other = out.newLabel();
      List<SwitchCase> cases = places.keySet().stream().map(each -> SwitchCase.of(each, out.newLabel())).toList();
      out.iload(1).lookupswitch(other, cases);
      cases.forEach(
          each -> out.labelBinding(each.target()).loadConstant(places.get(each.caseValue())).istore(line).goto_(known));
      out.labelBinding(other).aconst_null().areturn();
      out.labelBinding(known).new_(PLACE).dup().loadConstant(body.host().getName())
          .loadConstant(body.method().methodName().stringValue()).loadConstant(sourceFile()).iload(line)
          .invokespecial(PLACE, INIT_NAME, MethodTypeDesc.of(CD_void, CD_String, CD_String, CD_String, CD_int)).areturn();
    });
  }

  private @Nullable String sourceFile() {
    return body.model().findAttribute(Attributes.sourceFile()).map(each -> each.sourceFile().stringValue()).orElse(null);
  }

  private void constructor(CodeBuilder out, ClassDesc name) {
    out.aload(0).invokespecial(base.desc, INIT_NAME, ConstantDescs.MTD_void);
    for (Slot slot : spills.captured) {
      out.aload(0).loadLocal(slot.type().kind(), slot.position() + 1).putfield(name, slot.field(), slot.fieldType());
    }
    out.return_();
  }

  private void clear(CodeBuilder out, ClassDesc name) {
    spills.fields.forEach(
        (field, slot) -> {
          if (slot.isReference()) {
            out.aload(0).aconst_null().putfield(name, field, CD_Object);
          }
        });
    out.return_();
  }
}
