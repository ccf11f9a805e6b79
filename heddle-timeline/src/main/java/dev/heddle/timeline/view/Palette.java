package dev.heddle.timeline.view;

import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The colours of the kinds of spans in a picture. The kinds with most time have a colour each, in the order of their names,
 * and the others share grey.
 *
 * <p>The colours are told apart with the usual kinds of colour blindness, as hue and lightness differ, and each has a
 * contrast of at least 3:1 to white and, in the dark variant, to a dark background.
 */
final class Palette {
  /** The name of the kinds that share a colour. */
  static final String OTHERS = "others";

  private static final List<String> LIGHT = List.of("#0072b2", "#c75000", "#117a4f", "#a6407f", "#7d6608", "#5b4db2",
      "#0f7f8c",
      "#b3202a");
  private static final List<String> DARK = List.of("#4da3dd", "#f08a3c", "#3fbf8a", "#e07fc0", "#cbb23a", "#a79af0",
      "#45c4d1",
      "#ff7a7a");
  private static final String LIGHT_REST = "#6b7280";
  private static final String DARK_REST = "#9aa3b2";

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

  /** Returns the names for a legend, in the order of their indexes. */
  List<String> legend() {
    List<String> names = new java.util.ArrayList<>(indexes.keySet());
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
