package dev.heddle.iter.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is known at a place of a random body: the variables and loops around it, and its source of random choices. */
final class FuzzState {
  record Variable(String type, String name, boolean assignable) {}

  final Random random;
  final List<Variable> scope = new ArrayList<>();
  final List<String> loops = new ArrayList<>();

  /** The name of the yielder. */
  String yielder = "y";

  private int names;

  FuzzState(long seed) {
    random = new Random(seed);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  String pick(String... of) {
    return of[random.nextInt(of.length)];
  }

  String fresh(String prefix) {
    return prefix + names++;
  }

  String anyType() {
    return pick("int", "int", "long", "double", "String", "Object", "Object", "int[]", "boolean");
  }
}
