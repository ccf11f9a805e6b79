package dev.heddle.iter.compiler;

import dev.heddle.iter.compiler.MethodCode.Try;
import dev.heddle.iter.spi.Suspends;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The types before each reachable instruction of a body, its suspension points, and its constructor calls.
 *
 * <p>Where paths join, the compiler's stack map gives the types; on the way between, the instructions do. One visit of each
 * instruction is therefore enough.
 */
final class Analysis {
  /**
   * A call that suspends.
   *
   * @param frame the types behind the call, without its result
   */
  record Suspension(int index, Suspends.Kind kind, FrameState frame, ClassDesc result) {}

  /** A constructor call, for the object that the NEW at {@code newAt} made, of which {@code copies} are on the stack. */
  record Construction(int newAt, int copies) {}

  /** What compilers and libraries write for a parameter that must not be null; all take the value first. */
  private static final Set<String> NULL_CHECKS = Set.of(
      "java/util/Objects.requireNonNull",
      "kotlin/jvm/internal/Intrinsics.checkNotNull",
      "kotlin/jvm/internal/Intrinsics.checkNotNullParameter",
      "kotlin/jvm/internal/Intrinsics.checkNotNullExpressionValue",
      "kotlin/jvm/internal/Intrinsics.checkParameterIsNotNull",
      "kotlin/jvm/internal/Intrinsics.checkExpressionValueIsNotNull");

  final @Nullable FrameState[] before;
  final Map<Integer, Suspension> suspensions = new TreeMap<>();
  final Map<Integer, Construction> constructions = new HashMap<>();

  /** Loads of the yielder for calls that suspend: the state machine leaves them out. */
  final Set<Integer> elidedLoads = new HashSet<>();

  /** Loads of the yielder for calls of its ordinary methods. */
  final Set<Integer> plainLoads = new HashSet<>();

  private final MethodCode code;
  private final YielderType yielder;
  private final Simulator simulator;
  private final Deque<Integer> work = new ArrayDeque<>();

  Analysis(MethodCode code, FrameState entry, int yielderSlot, YielderType yielder) throws Unsupported {
    this.code = code;
    this.yielder = yielder;
    this.before = new @Nullable FrameState[code.size()];
    this.simulator = new Simulator(yielderSlot);
    before[0] = entry;
    work.add(0);
    while (!work.isEmpty()) {
      follow(work.remove());
    }
    Set<Integer> both = new HashSet<>(elidedLoads);
    both.retainAll(plainLoads);
    if (!both.isEmpty()) {
      throw new Unsupported(Simulator.ESCAPES);
    }
    checkMonitors();
  }

  /** Whether a NEW may be moved behind the arguments of its constructor. */
  boolean isMovable(int newAt) {
    return !simulator.oddNews.contains(newAt);
  }

  private void follow(int start) throws Unsupported {
    int index = start;
    while (true) {
      FrameState frame = frameAt(index).copy();
      for (Try each : code.tries) {
        if (each.covers(index)) {
          visit(each.handler(), null);
        }
      }
      step(index, code.instructions.get(index), frame);
      List<Integer> next = code.successors(index);
      int following = index + 1;
      for (int target : next) {
        if (target != following) {
          visit(target, frame);
        }
      }
      if (!next.contains(following)) {
        return;
      }
      if (following >= code.size()) {
        throw new Unsupported("its code runs off its end");
      }
      if (code.hasFrame(following)) {
        visit(following, frame);
        return;
      }
      if (before[following] != null) {
        return;
      }
      before[following] = frame;
      index = following;
    }
  }

  FrameState frameAt(int index) {
    FrameState frame = before[index];
    if (frame == null) {
      throw new IllegalStateException("instruction " + index + " is not reachable");
    }
    return frame;
  }

  /** Control reaches a place where paths join. */
  private void visit(int index, @Nullable FrameState incoming) throws Unsupported {
    FrameState known = before[index];
    if (known == null) {
      known = code.frame(index);
      if (incoming != null) {
        for (int i = 0; i < known.stack.size(); i++) {
          if (incoming.stack.get(i) instanceof VType.Own own) {
            known.stack.set(i, own);
          }
        }
      }
      before[index] = known;
      work.add(index);
    } else if (incoming != null) {
      for (int i = 0; i < known.stack.size(); i++) {
        VType one = known.stack.get(i);
        VType other = incoming.stack.get(i);
        if ((one instanceof VType.Own || other instanceof VType.Own) && !one.equals(other)) {
          throw new Unsupported(Simulator.ESCAPES);
        }
      }
    }
  }

  private void step(int index, Instruction instruction, FrameState f) throws Unsupported {
    if (instruction instanceof InvokeInstruction call && call.opcode() != Opcode.INVOKESTATIC) {
      MethodTypeDesc type = call.typeSymbol();
      int receiver = f.stack.size() - type.parameterCount() - 1;
      VType on = f.stack.get(receiver);
      if (on instanceof VType.Own own) {
        onOwnYielder(index, call, own, f);
        return;
      }
      if (on instanceof VType.Uninit made) {
        simulator.arguments(type, f);
        int copies = (int) f.stack.stream().filter(made::equals).count();
        boolean onTop = f.stack.subList(f.stack.size() - copies, f.stack.size()).stream().allMatch(made::equals);
        if (!onTop || copies > 2 || Arrays.asList(f.locals).contains(made)) {
          simulator.oddNews.add(made.newAt());
        }
        constructions.put(index, new Construction(made.newAt(), copies));
        f.pop();
        f.initialized(made, new VType.Ref(call.owner().asSymbol()));
        return;
      }
    }
    if (instruction instanceof InvokeInstruction call && isNullCheck(index, call)) {
      passToNullCheck(call, f);
    }
    simulator.apply(index, instruction, f);
  }

  /** Whether the call only throws if its first argument is null, and what it returns is dropped. */
  private boolean isNullCheck(int index, InvokeInstruction call) {
    return call.opcode() == Opcode.INVOKESTATIC
        && NULL_CHECKS.contains(call.owner().asInternalName() + "." + call.name().stringValue())
        && (call.typeSymbol().returnType().equals(ConstantDescs.CD_void)
            || (index + 1 < code.size() && code.instructions.get(index + 1).opcode() == Opcode.POP));
  }

  /** The yielder as the checked argument is loaded like one for an ordinary method: the machine has one, and it is not null. */
  private void passToNullCheck(InvokeInstruction call, FrameState f) {
    int first = f.stack.size() - call.typeSymbol().parameterCount();
    if (f.stack.get(first) instanceof VType.Own own) {
      plainLoads.add(own.loadAt());
      f.stack.set(first, new VType.Ref(yielder.desc()));
    }
  }

  private void onOwnYielder(int index, InvokeInstruction call, VType.Own own, FrameState f) throws Unsupported {
    Suspends.Kind kind = yielder.kindOf(call);
    if (kind == null) {
      throw new Unsupported("it calls " + call.name().stringValue() + " on the yielder, of which the engine knows nothing");
    }
    simulator.arguments(call.typeSymbol(), f);
    f.pop();
    if (kind == Suspends.Kind.NEVER) {
      plainLoads.add(own.loadAt());
    } else {
      elidedLoads.add(own.loadAt());
      suspensions.put(index, new Suspension(index, kind, f.copy(), call.typeSymbol().returnType()));
    }
    simulator.result(call.typeSymbol().returnType(), f);
  }

  /** A state machine leaves its method when it suspends, and would have to give up the monitors it holds. */
  private void checkMonitors() throws Unsupported {
    if (code.instructions.stream().noneMatch(MonitorInstruction.class::isInstance)) {
      return;
    }
    int[] depth = new int[code.size()];
    Arrays.fill(depth, -1);
    depth[0] = 0;
    work.add(0);
    while (!work.isEmpty()) {
      int index = work.remove();
      int after = depth[index];
      if (code.instructions.get(index) instanceof MonitorInstruction monitor) {
        after += monitor.opcode() == Opcode.MONITORENTER ? 1 : -1;
      }
      List<Integer> next = new ArrayList<>(code.successors(index));
      for (Try each : code.tries) {
        if (each.covers(index)) {
          raise(depth, each.handler(), depth[index]);
        }
      }
      for (int target : next) {
        raise(depth, target, after);
      }
    }
    for (int index : suspensions.keySet()) {
      if (depth[index] > 0) {
        throw new Unsupported("it yields inside a synchronized block");
      }
    }
  }

  private void raise(int[] depth, int index, int to) {
    int bounded = Math.clamp(to, 0, 255); // a bound, so that code with unbalanced monitors ends as well
    if (depth[index] < bounded) {
      depth[index] = bounded;
      work.add(index);
    }
  }
}
