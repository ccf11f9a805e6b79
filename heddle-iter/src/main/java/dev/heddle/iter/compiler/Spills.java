package dev.heddle.iter.compiler;

import dev.heddle.iter.compiler.Analysis.Suspension;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The variables that each suspension point saves, restores and forgets.
 *
 * <p>Restored is only what is read before the next suspension; of what is live, only that is saved which may have changed
 * since it was last read from its field. A field that may hold a reference to something dead is cleared, so that a suspended
 * body keeps nothing alive that it cannot reach.
 */
final class Spills implements Dataflow.Rules<Spills.Fields> {
  /**
   * One suspension point.
   *
   * @param number its number, from 1
   * @param restored the local variables to restore
   * @param changed the local variables to save
   * @param stack what is on the operand stack below the yielded value, from the bottom, with loads of the yielder that are
   *     left out and objects under construction left out
   * @param dead the reference fields to clear
   */
  record Point(
      Suspension suspension, int number, List<Slot> restored, List<Slot> changed, List<Slot> stack,
      Collection<String> dead) {}

  /** The fields that may be filled, by their numbers, and the local variables that may differ from theirs. */
  record Fields(BitSet filled, BitSet changed) {

    /** Adds what another path brings; says whether that was news. */
    boolean join(Fields other) {
      int before = filled.cardinality() + changed.cardinality();
      filled.or(other.filled);
      changed.or(other.changed);
      return filled.cardinality() + changed.cardinality() > before;
    }

    Fields copy() {
      return new Fields((BitSet) filled.clone(), (BitSet) changed.clone());
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
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<Integer, BitSet> references = new HashMap<>();
  private final Dataflow<Fields> flow;

  Spills(MethodCode code, Analysis analysis, List<Slot> captured, Set<Integer> movedNews) throws Unsupported {
    this.code = code;
    this.captured = captured;
    Liveness liveness = new Liveness(code, analysis.own::isLoad, Map.of());
    for (Suspension each : analysis.suspensions.values()) {
      List<Slot> kept = locals(each, liveness.across(each.index()), movedNews);
      List<Slot> stack = stack(each, analysis, movedNews);
      live.put(each.index(), kept);
      stacks.put(each.index(), stack);
      BitSet referred = new BitSet();
      kept.forEach(slot -> addReference(slot, referred));
      stack.forEach(slot -> addReference(slot, referred));
      references.put(each.index(), referred);
    }
    this.flow = new Dataflow<>(code, entry(), this);
    Liveness reads = new Liveness(code, analysis.own::isLoad, saved());
    for (Suspension each : analysis.suspensions.values()) {
      points.put(each.index(), point(each, points.size() + 1, reads.across(each.index())));
    }
    captured.forEach(this::declare);
    live.values().forEach(slots -> slots.forEach(this::declare));
    stacks.values()
        .forEach(slots -> slots.stream().filter(slot -> !(slot.type() instanceof VType.Own)).forEach(this::declare));
  }

  private void addReference(Slot slot, BitSet referred) {
    if (slot.isReference() && slot.type() != VType.Simple.NULL && !(slot.type() instanceof VType.Own)) {
      referred.set(number(slot.field()));
    }
  }

  private int number(String field) {
    return numbers.computeIfAbsent(
        field,
        name -> {
          names.add(name);
          return names.size() - 1;
        });
  }

  private void declare(Slot slot) {
    if (slot.type() != VType.Simple.NULL) {
      fields.put(slot.field(), slot);
    }
  }

  private static List<Slot> locals(Suspension at, BitSet live, Set<Integer> movedNews) throws Unsupported {
    List<Slot> all = new ArrayList<>();
    for (int slot : live.stream().toArray()) {
      VType type = at.frame().locals[slot];
      if (type instanceof VType.Uninit made && !movedNews.contains(made.newAt())) {
        throw new Unsupported("it yields while a local variable holds an object under construction");
      }
      if (type != VType.Simple.TOP && !(type instanceof VType.Own) && !(type instanceof VType.Uninit)) {
        all.add(new Slot(false, slot, type));
      }
    }
    return all;
  }

  private static List<Slot> stack(Suspension at, Analysis analysis, Set<Integer> movedNews) {
    List<Slot> all = new ArrayList<>();
    for (VType type : at.frame().stack) {
      boolean absent = switch (type) {
        case VType.Own own -> !analysis.own.isThere(own);
        case VType.Uninit made -> movedNews.contains(made.newAt());
        default -> false;
      };
      if (!absent) {
        all.add(new Slot(true, all.size(), type));
      }
    }
    return all;
  }

  /** Which fields may be filled at the start. */
  private Fields entry() {
    Fields entry = new Fields(new BitSet(), new BitSet());
    captured.forEach(slot -> addReference(slot, entry.filled));
    return entry;
  }

  @Override
  public Fields after(int index, Fields in) {
    BitSet referred = references.get(index);
    if (referred != null) {
      // Nothing has changed since; for a slot that holds just null, the field is null: it was cleared if it was not.
      return new Fields(referred, new BitSet());
    }
    int slot = switch (code.instructions.get(index)) {
      case StoreInstruction store -> store.slot();
      case IncrementInstruction increment -> increment.slot();
      default -> -1;
    };
    if (slot < 0) {
      return in;
    }
    Fields out = in.copy();
    out.changed.set(slot);
    return out;
  }

  @Override
  public Fields copy(Fields facts) {
    return facts.copy();
  }

  @Override
  public boolean join(Fields known, Fields incoming) {
    return known.join(incoming);
  }

  private List<Slot> changed(int index) {
    BitSet changed = flow.at(index).changed;
    return live.getOrDefault(index, List.of()).stream()
        .filter(slot -> changed.get(slot.position()) && slot.type() != VType.Simple.NULL)
        .toList();
  }

  /** What each suspension reads when it saves it. */
  private Map<Integer, BitSet> saved() {
    Map<Integer, BitSet> saved = new HashMap<>();
    for (int index : live.keySet()) {
      BitSet slots = new BitSet();
      changed(index).forEach(slot -> slots.set(slot.position()));
      saved.put(index, slots);
    }
    return saved;
  }

  private Point point(Suspension at, int number, BitSet read) {
    BitSet dead = (BitSet) flow.at(at.index()).filled.clone();
    dead.andNot(references.getOrDefault(at.index(), new BitSet()));
    Set<String> cleared = new LinkedHashSet<>();
    dead.stream().forEach(field -> cleared.add(names.get(field)));
    List<Slot> restored = live.getOrDefault(at.index(), List.of()).stream()
        .filter(slot -> read.get(slot.position()))
        .toList();
    return new Point(
        at, number, restored, changed(at.index()), stacks.getOrDefault(at.index(), List.of()), cleared);
  }
}
