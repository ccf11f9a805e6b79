package dev.heddle.timeline.view;

import dev.heddle.base.Cells;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The colours of the kinds of spans in a picture. The kinds with most time have a colour each, in the order of their names,
 * and the others share grey.
 *
 * <p>Each has a contrast of at least 3:1 to white and, in the dark variant, to a dark background; and any two are told apart
 * also by readers who lack one kind of cones: their distance is at least 25 in CIELAB, where 2 is just noticeable.
 */
final class Palette {
  /** The name of the kinds that share a colour. */
  static final String OTHERS = "others";

  private static final List<String> LIGHT = List.of("#1467ff", "#992b00", "#17a15a", "#d24bc7", "#ae8d09", "#520788",
      "#005566",
      "#602724");
  private static final List<String> DARK = List.of("#1aa3ff", "#f89872", "#94ffc2", "#c01bb2", "#f3d112", "#7f4dff",
      "#3e7472",
      "#c9251d");
  private static final String LIGHT_REST = "#8a919c";
  private static final String DARK_REST = "#b6bdc9";

  private final Map<String, Integer> indexes = new LinkedHashMap<>();
  private final boolean rest;

  private Palette(List<String> kinds, boolean rest) {
    kinds.forEach(kind -> indexes.put(kind, indexes.size()));
    this.rest = rest;
  }

  static Palette of(Timeline timeline) {
    Map<String, Long> time = new HashMap<>();
    for (Span span : timeline.spans()) {
      time.merge(span.kind(), Math.max(1, span.duration()), Long::sum);
    }
    List<String> most = time.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
        .limit(LIGHT.size()).map(Map.Entry::getKey).sorted(Comparator.naturalOrder()).toList();
    return new Palette(most, time.size() > most.size());
  }

  /** Returns the names for a legend, without control characters, in the order of their indexes. */
  List<String> legend() {
    List<String> names = new ArrayList<>();
    indexes.keySet().forEach(kind -> names.add(Cells.printable(kind)));
    if (rest) {
      names.add(OTHERS);
    }
    return names;
  }

  /** Returns the index of a kind's colour in {@link #legend}. */
  int index(String kind) {
    return indexes.getOrDefault(kind, indexes.size());
  }

  /** Returns the colour of an index on white. */
  String light(int index) {
    return index < indexes.size() ? LIGHT.get(index) : LIGHT_REST;
  }

  /** Returns the colour of an index on a dark background. */
  String dark(int index) {
    return index < indexes.size() ? DARK.get(index) : DARK_REST;
  }
}
