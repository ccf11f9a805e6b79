package dev.heddle.iter.compiler;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Applies instructions to the types on the stack and in the local variables. */
final class Simulator {
  private static final ClassDesc LAMBDAS = ClassDesc.of("java.lang.invoke.LambdaMetafactory");

  private final int yielderSlot;
  private final OwnYielder own;

  /** NEW instructions whose object is treated in another way than by DUP and its constructor. */
  final Set<Integer> oddNews = new HashSet<>();

  Simulator(int yielderSlot, OwnYielder own) {
    this.yielderSlot = yielderSlot;
    this.own = own;
  }

  /** Applies one instruction; a call on the own yielder or of a constructor has been taken apart by the caller. */
  void apply(int index, Instruction instruction, FrameState f) throws Unsupported {
    switch (instruction) {
      case LoadInstruction load -> load(index, load, f);
      case StoreInstruction store -> store(store, f);
      case IncrementInstruction _,NopInstruction _ -> {
      }
      case ConstantInstruction constant -> f.push(constant(constant));
      case ArrayLoadInstruction load -> arrayLoad(load, f);
      case ArrayStoreInstruction _ -> pop(f, 3, "is stored in an array");
      case StackInstruction stack -> new StackShuffle(f, oddNews, own).apply(stack.opcode());
      case OperatorInstruction operator -> operator(operator, f);
      case ConvertInstruction convert -> {
        value(f);
        f.push(VType.of(convert.toType()));
      }
      case BranchInstruction branch -> {
        for (int i = 0; i < operands(branch.opcode()); i++) {
          own.use(f.pop()); // a comparison with null, or with another object
        }
      }
      case TableSwitchInstruction _,LookupSwitchInstruction _,ThrowInstruction _ -> value(f);
      case MonitorInstruction _ -> value(f, "is locked by a synchronized block");
      case ReturnInstruction result -> pop(f, result.typeKind() == TypeKind.VOID ? 0 : 1, "is returned");
      case FieldInstruction field -> field(field, f);
      case InvokeInstruction call -> call(call, f);
      case InvokeDynamicInstruction call -> dynamic(call, f);
      case NewObjectInstruction _ -> f.push(new VType.Uninit(index));
      case NewPrimitiveArrayInstruction array -> {
        value(f);
        f.push(new VType.Ref(array.typeKind().upperBound().arrayType()));
      }
      case NewReferenceArrayInstruction array -> {
        value(f);
        f.push(new VType.Ref(array.componentType().asSymbol().arrayType()));
      }
      case NewMultiArrayInstruction array -> {
        pop(f, array.dimensions(), OwnYielder.OPERAND);
        f.push(new VType.Ref(array.arrayType().asSymbol()));
      }
      case TypeCheckInstruction check -> {
        VType checked = f.pop();
        own.use(checked);
        f.push(
            check.opcode() == Opcode.INSTANCEOF
                ? VType.Simple.INT
                : checked instanceof VType.Own ? checked : new VType.Ref(check.type().asSymbol()));
      }
      default -> throw new Unsupported("its code uses the instruction " + instruction.opcode());
    }
  }

  /** Takes a value from the stack that may be anything but the own yielder. */
  private VType value(FrameState f) throws Unsupported {
    return value(f, OwnYielder.OPERAND);
  }

  /** As {@link #value(FrameState)}; {@code use} says what would be done to a yielder. */
  private VType value(FrameState f, String use) throws Unsupported {
    VType top = f.pop();
    if (top instanceof VType.Own) {
      throw OwnYielder.escapes(use);
    }
    return top;
  }

  private void pop(FrameState f, int count, String use) throws Unsupported {
    for (int i = 0; i < count; i++) {
      value(f, use);
    }
  }

  /** Takes the arguments of a call of a method. */
  void arguments(InvokeInstruction call, FrameState f) throws Unsupported {
    String owner = call.owner().asSymbol().displayName();
    boolean constructor = call.name().equalsString(ConstantDescs.INIT_NAME);
    pop(
        f, call.typeSymbol().parameterCount(),
        "is passed to " + (constructor ? "new " + owner : owner + "." + call.name().stringValue()));
  }

  void result(ClassDesc type, FrameState f) {
    if (!type.equals(ConstantDescs.CD_void)) {
      f.push(VType.of(type));
    }
  }

  private void load(int index, LoadInstruction load, FrameState f) throws Unsupported {
    if (load.typeKind() != TypeKind.REFERENCE) {
      f.push(VType.of(load.typeKind()));
      return;
    }
    VType type = f.locals[load.slot()];
    if (type == VType.Simple.TOP) { // on one path the yielder, on another something else
      throw OwnYielder.escapes(OwnYielder.MEETS);
    }
    f.push(type instanceof VType.Own ? own.loaded(index) : type);
  }

  private void store(StoreInstruction store, FrameState f) throws Unsupported {
    VType type = f.pop();
    own.use(type);
    if (store.slot() == yielderSlot && !(type instanceof VType.Own)) {
      throw new Unsupported("it assigns to its parameter, the yielder");
    }
    f.set(store.slot(), type instanceof VType.Own ? VType.Own.KEPT : type);
  }

  private static VType constant(ConstantInstruction constant) {
    if (constant.typeKind() != TypeKind.REFERENCE) {
      return VType.of(constant.typeKind());
    }
    if (constant.opcode() == Opcode.ACONST_NULL) {
      return VType.Simple.NULL;
    }
    if (constant instanceof ConstantInstruction.LoadConstantInstruction load
        && load.constantEntry() instanceof ConstantDynamicEntry dynamic) {
      return VType.of(dynamic.typeSymbol());
    }
    return new VType.Ref(
        switch (constant.constantValue()) {
          case String _ -> ConstantDescs.CD_String;
          case ClassDesc _ -> ConstantDescs.CD_Class;
          case MethodTypeDesc _ -> ConstantDescs.CD_MethodType;
          default -> ConstantDescs.CD_MethodHandle;
        });
  }

  private void arrayLoad(ArrayLoadInstruction load, FrameState f) throws Unsupported {
    value(f);
    VType array = value(f);
    if (load.typeKind() != TypeKind.REFERENCE) {
      f.push(VType.of(load.typeKind()));
    } else if (array instanceof VType.Ref(ClassDesc type)) {
      ClassDesc component = type.componentType();
      f.push(new VType.Ref(component == null ? ConstantDescs.CD_Object : component));
    } else {
      f.push(VType.Simple.NULL);
    }
  }

  private void operator(OperatorInstruction operator, FrameState f) throws Unsupported {
    switch (operator.opcode()) {
      case ARRAYLENGTH -> {
        value(f);
        f.push(VType.Simple.INT);
      }
      case INEG, LNEG, FNEG, DNEG -> {
      }
      case LCMP, FCMPL, FCMPG, DCMPL, DCMPG -> {
        pop(f, 2, OwnYielder.OPERAND);
        f.push(VType.Simple.INT);
      }
      default -> value(f); // the second operand goes; the first has the type of the result
    }
  }

  private static int operands(Opcode branch) {
    return switch (branch) {
      case GOTO, GOTO_W -> 0;
      case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE, IF_ACMPEQ, IF_ACMPNE -> 2;
      default -> 1;
    };
  }

  private void field(FieldInstruction field, FrameState f) throws Unsupported {
    switch (field.opcode()) {
      case GETFIELD -> {
        value(f);
        f.push(VType.of(field.typeSymbol()));
      }
      case GETSTATIC -> f.push(VType.of(field.typeSymbol()));
      case PUTFIELD -> pop(f, 2, "is stored in the field " + field.name().stringValue());
      default -> value(f, "is stored in the field " + field.name().stringValue());
    }
  }

  private void call(InvokeInstruction call, FrameState f) throws Unsupported {
    arguments(call, f);
    if (call.opcode() != Opcode.INVOKESTATIC) {
      value(f);
    }
    result(call.typeSymbol().returnType(), f);
  }

  private void dynamic(InvokeDynamicInstruction call, FrameState f) throws Unsupported {
    boolean lambda = call.bootstrapMethod().owner().equals(LAMBDAS);
    pop(
        f, call.typeSymbol().parameterCount(),
        lambda ? "is captured by a lambda or method reference" : "is passed to a call site of " + call.name().stringValue());
    result(call.typeSymbol().returnType(), f);
  }

  /** DUP, SWAP and their like, by words. */
  private record StackShuffle(FrameState f, Set<Integer> oddNews, OwnYielder own) {

    void apply(Opcode opcode) throws Unsupported {
      switch (opcode) {
        case POP -> take(1);
        case POP2 -> take(2);
        case DUP -> {
          VType top = f.stack.getLast();
          own.use(top);
          f.push(top);
        }
        case DUP_X1 -> insert(1, 1);
        case DUP_X2 -> insert(1, 2);
        case DUP2 -> insert(2, 0);
        case DUP2_X1 -> insert(2, 1);
        case DUP2_X2 -> insert(2, 2);
        case SWAP -> {
          List<VType> top = take(1);
          List<VType> below = take(1);
          f.stack.addAll(top);
          f.stack.addAll(below);
        }
        default -> throw new Unsupported("its code uses the instruction " + opcode);
      }
    }

    /** Copies the top words beneath the next ones. */
    private void insert(int words, int beneath) {
      List<VType> top = take(words);
      List<VType> below = take(beneath);
      f.stack.addAll(top);
      f.stack.addAll(below);
      f.stack.addAll(top);
    }

    private List<VType> take(int words) {
      List<VType> taken = new java.util.ArrayList<>();
      int left = words;
      while (left > 0) {
        VType type = f.pop();
        own.use(type);
        if (type instanceof VType.Uninit made) {
          oddNews.add(made.newAt());
        }
        taken.addFirst(type);
        left -= type.size();
      }
      return taken;
    }
  }
}
