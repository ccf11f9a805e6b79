package dev.heddle.iter.fuzz;

import java.util.List;

/** Writes random expressions of a given type. */
final class FuzzExpressions {
  private final FuzzState state;

  FuzzExpressions(FuzzState state) {
    this.state = state;
  }

  /**
   * Returns an expression.
   *
   * @param depth how deep it may be nested, roughly
   */
  String of(String type, int depth) {
    List<FuzzState.Variable> known = state.scope.stream().filter(v -> v.type().equals(type)).toList();
    if (!known.isEmpty() && state.chance(depth <= 0 ? 70 : 35)) {
      return known.get(state.random.nextInt(known.size())).name();
    }
    return switch (type) {
      case "int" -> intExpression(depth);
      case "long" -> longExpression(depth);
      case "double" -> doubleExpression(depth);
      case "String" -> stringExpression(depth);
      case "boolean" -> booleanExpression(depth);
      case "int[]" -> "new int[] {" + of("int", depth - 1) + ", " + of("int", depth - 1) + ", 7}";
      default -> objectExpression(depth);
    };
  }

  private String sent(int depth) {
    return state.yielder + ".yield(" + of(state.pick("int", "Object", "String", "long"), depth - 1) + ")";
  }

  private String intExpression(int depth) {
    if (depth <= 0) {
      return state.chance(50) ? "" + state.random.nextInt(9) : state.pick("hidden", "shared", "cs.length()");
    }
    return switch (state.random.nextInt(13)) {
      case 0, 1 -> "num(" + sent(depth) + ")";
      case 2 -> "(" + of("int", depth - 1) + state.pick(" + ", " - ", " * ", " & ", " ^ ") + of("int", depth - 1)
          + ")";
      case 3 -> "(" + of("int", depth - 1) + state.pick(" / ", " % ") + of("int", depth - 1) + ")";
      case 4 -> "secret(" + of("int", depth - 1) + ", " + of("Object", depth - 1) + ")";
      case 5 -> "hook(" + of("int", depth - 1) + ", " + of("Object", depth - 1) + ", "
          + of("long", depth - 1) + ")";
      case 6 -> "super.hook(" + of("int", depth - 1) + ", " + of("Object", depth - 1) + ", "
          + of("long", depth - 1) + ")";
      case 7 -> "(" + of("boolean", depth - 1) + " ? " + of("int", depth - 1) + " : "
          + of("int", depth - 1) + ")";
      case 8 -> "(int) " + of(state.pick("long", "double"), depth - 1);
      case 9 -> "new Cell(" + of("int", depth - 1) + ", " + of("Object", depth - 1) + ").value";
      case 10 -> switchExpression(depth);
      case 11 -> "note(\"" + state.fresh("N") + "\", " + of("int", depth - 1) + ")";
      default -> state.chance(40) ? "((Number) " + sent(depth) + ").intValue()" : "num((Object) " + sent(depth) + ")";
    };
  }

  private String switchExpression(int depth) {
    String value = of("int", depth - 1);
    return "(switch (Math.floorMod(" + value + ", 3)) { case 0 -> " + of("int", depth - 1) + "; case 1 -> { "
        + state.yielder + ".yield(" + of("int", depth - 1) + "); yield " + of("int", depth - 1)
        + "; } default -> " + of("int", depth - 1) + "; })";
  }

  private String longExpression(int depth) {
    if (depth <= 0) {
      return state.chance(50) ? state.random.nextInt(99) + "L" : state.pick("wideShared", "total");
    }
    return switch (state.random.nextInt(5)) {
      case 0 -> "(long) num(" + sent(depth) + ")";
      case 1 ->
        "(" + of("long", depth - 1) + state.pick(" + ", " - ", " * ", " >> ") + of("long", depth - 1) + ")";
      case 2 -> "twice(" + of("long", depth - 1) + ")";
      case 3 -> "new Pair(" + of("Object", depth - 1) + ", " + of("long", depth - 1) + ").second()";
      default -> "(" + of("int", depth - 1) + " + " + of("long", depth - 1) + ")";
    };
  }

  private String doubleExpression(int depth) {
    if (depth <= 0) {
      return state.random.nextInt(9) + ".5";
    }
    return switch (state.random.nextInt(3)) {
      case 0 -> "(" + of("double", depth - 1) + state.pick(" + ", " * ", " - ") + "num(" + sent(depth) + "))";
      case 1 -> "Math.max(" + of("double", depth - 1) + ", " + of("int", depth - 1) + ")";
      default -> "(" + of("double", depth - 1) + " + " + of("long", depth - 1) + ")";
    };
  }

  private String stringExpression(int depth) {
    if (depth <= 0) {
      return state.pick("\"a\"", "\"b\"", "\"cap\"");
    }
    return switch (state.random.nextInt(5)) {
      case 0 -> "String.valueOf((Object) " + sent(depth) + ")";
      case 1 -> "(" + of("int", depth - 1) + " + " + of("String", depth - 1) + " + "
          + of("double", depth - 1) + ")";
      case 2 -> "new StringBuilder(" + of("String", depth - 1) + ").append(" + sent(depth) + ").toString()";
      case 3 -> "new String(" + of("String", depth - 1) + ")";
      default -> "(" + of("String", depth - 1) + " + " + of("long", depth - 1) + ")";
    };
  }

  private String booleanExpression(int depth) {
    if (depth <= 0) {
      return "(hidden & 1) == " + state.random.nextInt(2);
    }
    return switch (state.random.nextInt(6)) {
      case 0 ->
        "(" + of("boolean", depth - 1) + state.pick(" && ", " || ", " ^ ") + of("boolean", depth - 1) + ")";
      case 1 -> "!(" + of("boolean", depth - 1) + ")";
      case 2 -> "num(" + sent(depth) + ") > " + state.random.nextInt(5);
      case 3 -> of("long", depth - 1) + state.pick(" < ", " >= ") + of("int", depth - 1);
      case 4 -> of("Object", depth - 1) + state.pick(" == null", " != null");
      default -> of("int", depth - 1) + state.pick(" < ", " == ", " > ") + of("int", depth - 1);
    };
  }

  private String objectExpression(int depth) {
    if (depth <= 0) {
      return state.pick("boxed(null)", "boxed(1)", "boxed(\"b\")", "boxed(cs)");
    }
    return switch (state.random.nextInt(7)) {
      case 0, 1 -> sent(depth);
      case 2 -> "new Pair(" + of("Object", depth - 1) + ", " + of("long", depth - 1) + ")";
      case 3 -> "boxed(" + of("int", depth - 1) + ")";
      case 4 -> "boxed(new Cell(" + of("int", depth - 1) + ", " + of("String", depth - 1) + "))";
      case 5 -> "boxed(" + of("String", depth - 1) + ")";
      default -> "(" + of("boolean", depth - 1) + " ? " + of("Object", depth - 1) + " : "
          + of("Object", depth - 1) + ")";
    };
  }
}
