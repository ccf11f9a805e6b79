package dev.heddle.iter.compiler;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body that only passes its parameters on to one method, such as {@code y -> helper(y)}, or what ecj writes for a
 * reference to a private method, or kotlinc for a reference to a function. The method it calls is then the body.
 */
final class Forwarding {
  private final Body body;
  private final boolean dropsResult;
  private final List<Instruction> code = new ArrayList<>();
  private int at;

  private Forwarding(Body body, boolean dropsResult) throws Unsupported {
    this.body = body;
    this.dropsResult = dropsResult;
    for (CodeElement element : body.code()) {
      if (element instanceof Instruction instruction && !(instruction instanceof NopInstruction)) {
        code.add(instruction);
      }
    }
  }

  /**
   * Returns the method that a body passes its parameters on to; null if it does anything else.
   *
   * @param located the body's place
   * @param dropsResult whether the functional interface's method returns nothing
   */
  static @Nullable BodyLocator target(Body body, BodyLocator located, boolean dropsResult) throws Unsupported {
    return new Forwarding(body, dropsResult).find(located);
  }

  private @Nullable BodyLocator find(BodyLocator located) throws Unsupported {
    skipNullChecks();
    int slot = 0;
    List<ClassDesc> parameters = new ArrayList<>(body.captured());
    parameters.add(body.type().parameterList().getLast());
    List<@Nullable Object> captured = located.captured();
    if (!body.isStatic() && peek() instanceof LoadInstruction first && first.slot() == 1) { // it has no need of its object
      slot = 1;
      parameters.removeFirst();
      captured = captured.subList(1, captured.size());
    }
    for (ClassDesc parameter : parameters) {
      if (!(next() instanceof LoadInstruction load) || load.slot() != slot) {
        return null;
      }
      slot += VType.of(parameter).size();
      if (peek() instanceof TypeCheckInstruction check && check.opcode() == Opcode.CHECKCAST) {
        at++;
      }
    }
    if (!(next() instanceof InvokeInstruction call) || !takes(call, parameters.size()) || !returns(call)) {
      return null;
    }
    return method(located, call, captured);
  }

  private void skipNullChecks() {
    while (code.size() > at + 2
        && code.get(at) instanceof LoadInstruction
        && code.get(at + 1) instanceof ConstantInstruction
        && code.get(at + 2) instanceof InvokeInstruction call
        && OwnYielder.isNullCheck(call)
        && call.typeSymbol().parameterCount() == 2
        && call.typeSymbol().returnType().equals(ConstantDescs.CD_void)) {
      at += 3;
    }
  }

  private @Nullable Instruction peek() {
    return at < code.size() ? code.get(at) : null;
  }

  private @Nullable Instruction next() {
    return at < code.size() ? code.get(at++) : null;
  }

  private static boolean takes(InvokeInstruction call, int values) {
    int receiver = call.opcode() == Opcode.INVOKESTATIC ? 0 : 1;
    return call.typeSymbol().parameterCount() > 0
        && call.typeSymbol().parameterCount() + receiver == values
        && !call.name().equalsString(ConstantDescs.INIT_NAME);
  }

  /** Whether nothing but a return follows, of the call's result, or without it where a result is not wanted. */
  private boolean returns(InvokeInstruction call) {
    Instruction following = next();
    if (following != null && (following.opcode() == Opcode.POP || following.opcode() == Opcode.POP2)) {
      following = dropsResult ? next() : null;
    }
    return following instanceof ReturnInstruction
        && at == code.size()
        && (dropsResult || call.typeSymbol().returnType().equals(body.type().returnType()));
  }

  private @Nullable BodyLocator method(BodyLocator located, InvokeInstruction call, List<@Nullable Object> captured) {
    if (!call.typeSymbol().parameterList().getLast().equals(body.type().parameterList().getLast())) {
      return null;
    }
    Class<?> owner;
    try {
      owner = Types.load(call.owner().asSymbol(), body.host());
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
    boolean isStatic = call.opcode() == Opcode.INVOKESTATIC;
    boolean isSpecial = call.opcode() == Opcode.INVOKESPECIAL;
    BodyLocator target = located.ofCall(
        owner, call.name().stringValue(), call.type().stringValue(), captured, isStatic, isSpecial);
    boolean initializes = target != null && !located.begun() && target.host() != located.host();
    return initializes ? null : target; // a machine initializes the host of its code only
  }
}
