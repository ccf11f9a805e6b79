package dev.heddle.iter.compiler;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.UninitializedVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The code of a body as a list of instructions that are referred to by their index. */
final class MethodCode {
  /** A protected range; {@code end} is exclusive. */
  record Try(int start, int end, int handler, Optional<ClassEntry> type) {
    boolean covers(int at) {
      return start <= at && at < end;
    }
  }

  final List<Instruction> instructions = new ArrayList<>();
  final List<Try> tries = new ArrayList<>();
  final List<LocalVariable> variables = new ArrayList<>();
  final Map<Integer, Integer> lines = new HashMap<>();
  final int maxLocals;
  private final Map<Label, Integer> labels = new HashMap<>();
  private final List<List<Integer>> successors = new ArrayList<>();
  private final int[][] handlers;
  private final Map<Integer, StackMapFrameInfo> frames = new HashMap<>();

  MethodCode(CodeModel code) {
    maxLocals = ((CodeAttribute) code).maxLocals();
    List<ExceptionCatch> catches = new ArrayList<>();
    for (CodeElement element : code) {
      switch (element) {
        case Instruction instruction -> instructions.add(instruction);
        case LabelTarget target -> labels.put(target.label(), instructions.size());
        case LineNumber line -> lines.put(instructions.size(), line.line());
        case ExceptionCatch each -> catches.add(each);
        case LocalVariable variable -> variables.add(variable);
        default -> {
        }
      }
    }
    for (ExceptionCatch each : catches) {
      tries.add(new Try(at(each.tryStart()), at(each.tryEnd()), at(each.handler()), each.catchType()));
    }
    code.findAttribute(Attributes.stackMapTable())
        .ifPresent(table -> table.entries().forEach(frame -> frames.put(at(frame.target()), frame)));
    handlers = new int[size()][];
    int[] none = {};
    Arrays.fill(handlers, none);
    for (Try each : tries) {
      for (int i = each.start(); i < each.end(); i++) {
        handlers[i] = with(handlers[i], each.handler());
      }
    }
    for (int i = 0; i < size(); i++) {
      successors.add(next(i));
    }
  }

  private static int[] with(int[] known, int handler) {
    if (Arrays.stream(known).anyMatch(each -> each == handler)) {
      return known;
    }
    int[] more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = handler;
    return more;
  }

  /** The handlers of the protected ranges that an instruction is in. */
  int[] handlers(int index) {
    return handlers[index];
  }

  int size() {
    return instructions.size();
  }

  /** The index of the instruction behind a label; {@link #size()} at the end. */
  int at(Label label) {
    Integer index = labels.get(label);
    if (index == null) {
      throw new IllegalStateException("a label of the body is not in its code");
    }
    return index;
  }

  /** Where control may go from an instruction, other than by an exception. */
  List<Integer> successors(int index) {
    return successors.get(index);
  }

  private List<Integer> next(int index) {
    return switch (instructions.get(index)) {
      case BranchInstruction branch ->
        branch.opcode().kind() == java.lang.classfile.Opcode.Kind.BRANCH && !isGoto(branch)
            ? List.of(at(branch.target()), index + 1)
            : List.of(at(branch.target()));
      case TableSwitchInstruction s -> targets(s.defaultTarget(), s.cases());
      case LookupSwitchInstruction s -> targets(s.defaultTarget(), s.cases());
      case ReturnInstruction _,ThrowInstruction _ -> List.of();
      default -> List.of(index + 1);
    };
  }

  private static boolean isGoto(BranchInstruction branch) {
    return switch (branch.opcode()) {
      case GOTO, GOTO_W -> true;
      default -> false;
    };
  }

  private List<Integer> targets(Label defaultTarget, List<SwitchCase> cases) {
    List<Integer> all = new ArrayList<>();
    all.add(at(defaultTarget));
    cases.forEach(each -> all.add(at(each.target())));
    return all;
  }

  boolean hasFrame(int index) {
    return frames.containsKey(index);
  }

  /** The frame that the compiler has written down for an instruction. */
  FrameState frame(int index) throws Unsupported {
    StackMapFrameInfo declared = frames.get(index);
    if (declared == null) {
      throw new Unsupported("its class file has no stack map (class file version 49 or older)");
    }
    FrameState frame = new FrameState(maxLocals);
    int slot = 0;
    for (VerificationTypeInfo info : declared.locals()) {
      VType type = type(info);
      frame.locals[slot] = type;
      slot += type.size();
    }
    for (VerificationTypeInfo info : declared.stack()) {
      frame.push(type(info));
    }
    return frame;
  }

  private VType type(VerificationTypeInfo info) {
    return switch (info) {
      case ObjectVerificationTypeInfo object -> new VType.Ref(object.classSymbol());
      case UninitializedVerificationTypeInfo made -> new VType.Uninit(at(made.newTarget()));
      case SimpleVerificationTypeInfo simple ->
        switch (simple) {
          case INTEGER -> VType.Simple.INT;
          case FLOAT -> VType.Simple.FLOAT;
          case LONG -> VType.Simple.LONG;
          case DOUBLE -> VType.Simple.DOUBLE;
          case NULL -> VType.Simple.NULL;
          case TOP, UNINITIALIZED_THIS -> VType.Simple.TOP;
        };
    };
  }
}
