package dev.heddle.iter.compiler;

import dev.heddle.iter.compiler.Analysis.Suspension;
import dev.heddle.iter.compiler.MethodCode.Try;
import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each suspension point saves, restores and forgets.
 *
 * <p>Only live values are restored. Of these, only those are saved that may have changed since they were last read from
 * their fields. A field that may hold a reference to something dead is cleared, so that a suspended body keeps nothing
 * alive that it cannot reach.
 */
final class Spills {
  /**
   * One suspension point.
   *
   * @param number its number, from 1
   * @param live the local variables to restore
   * @param changed those of them to save
   * @param stack what is on the operand stack below the yielded value, from the bottom, with the yielder and objects under
   *     construction left out
   * @param dead the reference fields to clear
   */
  record Point(
      Suspension suspension, int number, List<Slot> live, List<Slot> changed, List<Slot> stack, Collection<String> dead) {}

  private record Fields(Set<String> filled, BitSet changed) {
    static Fields empty() {
      return new Fields(new LinkedHashSet<>(), new BitSet());
    }

    /** Adds what another path brings; says whether that was news. */
    boolean join(Fields other) {
      int before = changed.cardinality();
      changed.or(other.changed);
      boolean more = filled.addAll(other.filled);
      return more || changed.cardinality() > before;
    }

    Fields copy() {
      return new Fields(new LinkedHashSet<>(filled), (BitSet) changed.clone());
    }
  }

  final Map<Integer, Point> points = new TreeMap<>();

  /** The captured values, which the constructor puts into their fields. */
  final List<Slot> captured;

  /** The fields of the machine by name. */
  final Map<String, Slot> fields = new TreeMap<>();

  private final MethodCode code;
  private final Map<Integer, List<Slot>> live = new HashMap<>();
  private final Map<Integer, List<Slot>> stacks = new HashMap<>();
  private final @Nullable Fields[] before;

  Spills(MethodCode code, Analysis analysis, List<Slot> captured, Set<Integer> movedNews) throws Unsupported {
    this.code = code;
    this.captured = captured;
    this.before = new @Nullable Fields[code.size()];
    Liveness liveness = new Liveness(code);
    for (Suspension each : analysis.suspensions.values()) {
      live.put(each.index(), locals(each, liveness.across(each.index())));
      stacks.put(each.index(), stack(each, analysis, movedNews));
    }
    flow();
    for (Suspension each : analysis.suspensions.values()) {
      points.put(each.index(), point(each, points.size() + 1));
    }
    captured.forEach(this::declare);
    for (Point each : points.values()) {
      each.live().forEach(this::declare);
      each.stack().stream().filter(slot -> !(slot.type() instanceof VType.Own)).forEach(this::declare);
    }
  }

  private void declare(Slot slot) {
    if (slot.type() != VType.Simple.NULL) {
      fields.put(slot.field(), slot);
    }
  }

  private static List<Slot> locals(Suspension at, BitSet live) throws Unsupported {
    List<Slot> all = new ArrayList<>();
    for (int slot : live.stream().toArray()) {
      VType type = at.frame().locals[slot];
      if (type instanceof VType.Uninit) {
        throw new Unsupported("it yields while a local variable holds an object under construction");
      }
      if (type != VType.Simple.TOP) {
        all.add(new Slot(false, slot, type));
      }
    }
    return all;
  }

  private static List<Slot> stack(Suspension at, Analysis analysis, Set<Integer> movedNews) {
    List<Slot> all = new ArrayList<>();
    for (VType type : at.frame().stack) {
      boolean absent = switch (type) {
        case VType.Own own -> analysis.elidedLoads.contains(own.loadAt());
        case VType.Uninit made -> movedNews.contains(made.newAt());
        default -> false;
      };
      if (!absent) {
        all.add(new Slot(true, all.size(), type));
      }
    }
    return all;
  }

  /** Follows which fields may be filled, and which local variables may differ from theirs. */
  private void flow() {
    Fields entry = Fields.empty();
    captured.stream().filter(Slot::isReference).forEach(slot -> entry.filled.add(slot.field()));
    before[0] = entry;
    Deque<Integer> work = new ArrayDeque<>(List.of(0));
    while (!work.isEmpty()) {
      int index = work.remove();
      Fields in = at(index);
      Fields out = after(index, in);
      for (int next : code.successors(index)) {
        reach(next, out, work);
      }
      for (Try each : code.tries) {
        if (each.covers(index)) {
          reach(each.handler(), in, work);
          reach(each.handler(), out, work);
        }
      }
    }
  }

  private Fields at(int index) {
    Fields known = before[index];
    if (known == null) {
      throw new IllegalStateException("instruction " + index + " is not reachable");
    }
    return known;
  }

  private void reach(int index, Fields incoming, Deque<Integer> work) {
    Fields known = before[index];
    if (known == null) {
      before[index] = incoming.copy();
      work.add(index);
    } else if (known.join(incoming)) {
      work.add(index);
    }
  }

  private Fields after(int index, Fields in) {
    if (live.containsKey(index)) {
      Fields out = Fields.empty();
      out.filled.addAll(references(index));
      // Nothing has changed since; for a slot that holds just null, the field is null: it was cleared if it was not.
      return out;
    }
    Instruction instruction = code.instructions.get(index);
    if (instruction instanceof StoreInstruction store) {
      Fields out = in.copy();
      out.changed.set(store.slot());
      return out;
    }
    if (instruction instanceof IncrementInstruction increment) {
      Fields out = in.copy();
      out.changed.set(increment.slot());
      return out;
    }
    return in;
  }

  private Set<String> references(int index) {
    Set<String> names = new LinkedHashSet<>();
    for (List<Slot> slots : List.of(live.getOrDefault(index, List.of()), stacks.getOrDefault(index, List.of()))) {
      for (Slot slot : slots) {
        if (slot.isReference() && slot.type() != VType.Simple.NULL && !(slot.type() instanceof VType.Own)) {
          names.add(slot.field());
        }
      }
    }
    return names;
  }

  private Point point(Suspension at, int number) {
    Fields in = at(at.index());
    List<Slot> kept = live.getOrDefault(at.index(), List.of());
    List<Slot> changed = kept.stream()
        .filter(slot -> in.changed.get(slot.position()) && slot.type() != VType.Simple.NULL)
        .toList();
    Set<String> dead = new LinkedHashSet<>(in.filled);
    dead.removeAll(references(at.index()));
    return new Point(at, number, kept, changed, stacks.getOrDefault(at.index(), List.of()), dead);
  }
}
