package dev.heddle.life;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The classic patterns. */
public final class Patterns {
  private static final List<Pattern> ALL = Stream.of(
      pattern("block", 2, 2, "2o$2o!"),
      pattern("blinker", 3, 1, "3o!"),
      pattern("toad", 4, 2, "b3o$3o!"),
      pattern("beacon", 4, 4, "2o$o$3bo$2b2o!"),
      pattern(
          "pulsar", 13, 13,
          "2b3o3b3o2$o4bobo4bo$o4bobo4bo$o4bobo4bo$2b3o3b3o2$2b3o3b3o$o4bobo4bo$o4bobo4bo$o4bobo4bo2$2b3o3b3o!"),
      pattern("pentadecathlon", 10, 3, "2bo4bo$2ob4ob2o$2bo4bo!"),
      pattern("glider", 3, 3, "bo$2bo$3o!"),
      pattern("lwss", 5, 4, "bo2bo$o$o3bo$4o!"),
      pattern("mwss", 6, 5, "3bo$bo3bo$o$o4bo$5o!"),
      pattern("hwss", 7, 5, "3b2o$bo4bo$o$o5bo$6o!"),
      pattern("r-pentomino", 3, 3, "b2o$2o$bo!"),
      pattern("diehard", 8, 3, "6bo$2o$bo3b3o!"),
      pattern("acorn", 7, 3, "bo$3bo$2o2b3o!"),
      pattern(
          "gosper-gun", 36, 9,
          "24bo$22bobo$12b2o6b2o12b2o$11bo3bo4b2o12b2o$2o8bo5bo3b2o$2o8bo3bob2o4bobo$10bo5bo7bo$11bo3bo$12b2o!"))
      .toList();

  private Patterns() {}

  private static Pattern pattern(String name, int width, int height, String rows) {
    return Pattern.ofRle(name, "x = " + width + ", y = " + height + "\n" + rows);
  }

  /** All patterns: still lifes, oscillators, spaceships, methuselahs and guns. */
  public static List<Pattern> all() {
    return ALL;
  }

  /**
   * Returns the pattern with a name.
   *
   * @param name in upper or lower case, with a space or a hyphen between words
   * @throws IllegalArgumentException if there is none; its message lists the names
   */
  public static Pattern named(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT).replace(' ', '-');
    return ALL.stream()
        .filter(pattern -> pattern.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(
                "there is no pattern '" + name + "'; there are " + String.join(", ", names())));
  }

  /** The names of all patterns. */
  public static List<String> names() {
    return ALL.stream().map(Pattern::name).toList();
  }
}
