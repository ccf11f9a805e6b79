package dev.heddle.iter.compiler;

import dev.heddle.iter.spi.Suspends;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
   * @param receiver the yielder that was beneath the argument
   */
  record Suspension(int index, Suspends.Kind kind, FrameState frame, ClassDesc result, VType.Own receiver) {}

  /** A constructor call, for the object that the NEW at {@code newAt} made, of which {@code copies} are on the stack. */
  record Construction(int newAt, int copies) {}

  final @Nullable FrameState[] before;
  final Map<Integer, Suspension> suspensions = new TreeMap<>();
  final Map<Integer, Construction> constructions = new HashMap<>();

  final OwnYielder own = new OwnYielder();

  /** The suspension points whose elements are kept unboxed; null if there are none. */
  final @Nullable Unboxed unboxed;

  private final MethodCode code;
  private final YielderType yielder;
  private final Simulator simulator;
  private final Deque<Integer> work = new ArrayDeque<>();

  Analysis(MethodCode code, FrameState entry, int yielderSlot, YielderType yielder) throws Unsupported {
    this.code = code;
    this.yielder = yielder;
    this.before = new @Nullable FrameState[code.size()];
    this.simulator = new Simulator(yielderSlot, own);
    before[0] = entry;
    work.add(0);
    while (!work.isEmpty()) {
      follow(work.remove());
    }
    own.complete();
    checkMonitors();
    unboxed = Unboxed.of(code, this);
  }

  /** What keeps the element of a suspension point unboxed; null if it is an object there, or at no such point. */
  @Nullable
  Unboxed unboxedAt(int index) {
    return unboxed != null && unboxed.points().contains(index) ? unboxed : null;
  }

  /** Whether the body delegates anywhere. */
  boolean delegates() {
    return suspensions.values().stream().anyMatch(each -> each.kind() == Suspends.Kind.DELEGATE);
  }

  /** Whether a NEW may be moved behind the arguments of its constructor. */
  boolean isMovable(int newAt) {
    return !simulator.oddNews.contains(newAt);
  }

  private void follow(int start) throws Unsupported {
    int index = start;
    while (true) {
      FrameState frame = frameAt(index).copy();
      for (int handler : code.handlers(index)) {
        visit(handler, frame, false);
      }
      step(index, code.instructions.get(index), frame);
      List<Integer> next = code.successors(index);
      int following = index + 1;
      for (int target : next) {
        if (target != following) {
          visit(target, frame, true);
        }
      }
      if (!next.contains(following)) {
        return;
      }
      if (following >= code.size()) {
        throw new Unsupported("its code runs off its end");
      }
      if (code.hasFrame(following)) {
        visit(following, frame, true);
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

  /** Control reaches a place where paths join; a handler takes over the variables only. */
  private void visit(int index, FrameState incoming, boolean withStack) throws Unsupported {
    FrameState known = before[index];
    if (known == null) {
      known = code.frame(index);
      known.refine(incoming, withStack);
      before[index] = known;
      work.add(index);
    } else if (known.join(incoming, withStack, own)) {
      work.add(index);
    }
  }

  private void step(int index, Instruction instruction, FrameState f) throws Unsupported {
    if (instruction instanceof InvokeInstruction call && call.opcode() != Opcode.INVOKESTATIC) {
      MethodTypeDesc type = call.typeSymbol();
      int receiver = f.stack.size() - type.parameterCount() - 1;
      VType on = f.stack.get(receiver);
      if (on instanceof VType.Own its) {
        onOwnYielder(index, call, its, f);
        return;
      }
      if (on instanceof VType.Uninit made) {
        simulator.arguments(call, f);
        int copies = (int) f.stack.stream().filter(made::equals).count();
        boolean onTop = f.stack.subList(f.stack.size() - copies, f.stack.size()).stream().allMatch(made::equals);
        if (!onTop || copies > 2) {
          simulator.oddNews.add(made.newAt());
        }
        constructions.put(index, new Construction(made.newAt(), copies));
        f.pop();
        f.initialized(made, new VType.Ref(call.owner().asSymbol()));
        return;
      }
    }
    if (instruction instanceof InvokeInstruction call && OwnYielder.isNullCheck(call)) {
      checkNull(index, call, f);
    } else {
      simulator.apply(index, instruction, f);
    }
  }

  /** The machine's yielder is not null; a check may return it. */
  private void checkNull(int index, InvokeInstruction call, FrameState f) throws Unsupported {
    int first = f.stack.size() - call.typeSymbol().parameterCount();
    VType checked = f.stack.get(first);
    if (checked instanceof VType.Own) {
      own.use(checked);
      f.stack.set(first, new VType.Ref(yielder.desc()));
    }
    simulator.apply(index, call, f);
    if (checked instanceof VType.Own && !call.typeSymbol().returnType().equals(ConstantDescs.CD_void)) {
      f.stack.set(f.stack.size() - 1, checked);
    }
  }

  private void onOwnYielder(int index, InvokeInstruction call, VType.Own its, FrameState f) throws Unsupported {
    Suspends.Kind kind = yielder.kindOf(call);
    if (kind == null) {
      throw new Unsupported("it calls " + call.name().stringValue() + " on the yielder, of which the engine knows nothing");
    }
    simulator.arguments(call, f);
    f.pop();
    if (kind == Suspends.Kind.NEVER) {
      own.use(its);
    } else {
      own.meet(its);
      suspensions.put(index, new Suspension(index, kind, f.copy(), call.typeSymbol().returnType(), its));
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
      List<Integer> next = code.successors(index);
      for (int handler : code.handlers(index)) {
        raise(depth, handler, depth[index]);
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
