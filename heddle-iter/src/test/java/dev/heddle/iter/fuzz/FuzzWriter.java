package dev.heddle.iter.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes the source of random coroutine bodies; the same seed writes the same body. */
final class FuzzWriter {
  private record Variable(String type, String name, boolean assignable) {}

  private final Random random;
  private final StringBuilder out = new StringBuilder();
  private final List<Variable> scope = new ArrayList<>();
  private final List<String> loops = new ArrayList<>();
  private String yielder = "y";
  private int names;
  private int budget;
  private int indent = 3;

  private FuzzWriter(long seed) {
    random = new Random(seed);
  }

  /** The source of a class {@code name} with one body for each seed. */
  static String source(String name, long firstSeed, int count) {
    StringBuilder all = new StringBuilder(
        "package fuzzed;\nimport dev.heddle.iter.*;\nimport dev.heddle.iter.fuzz.FuzzBase;\n")
        .append("import java.util.*;\nimport java.util.function.*;\n")
        .append("public final class ").append(name).append(" extends FuzzBase {\n")
        .append("  private int hidden = 5;\n  private static long total;\n")
        .append("  private record Pair(Object first, long second) {}\n")
        .append("  private static final class Cell { int value; Object other;\n")
        .append("    private Cell(int value, Object other) { this.value = value; this.other = other; }\n")
        .append("    @Override public String toString() { return \"Cell\" + value + other; } }\n")
        .append("  private int secret(int a, Object b) { log.add(\"secret\" + a + b); hidden += a; return hidden; }\n")
        .append("  private static long twice(long a) { return total = a * 2; }\n")
        .append("  @Override protected int hook(int a, Object b, long c) { return super.hook(a, b, c) + 1; }\n")
        .append("  @Override public List<CoroutineBody<Object, Object, Object>> bodies() {\n")
        .append("    total = 0;\n    return List.of(");
    for (int i = 0; i < count; i++) {
      all.append(i == 0 ? "" : ", ").append("body").append(i).append("(1, 2L, \"cap\", 2.5)");
    }
    all.append(");\n  }\n");
    for (int i = 0; i < count; i++) {
      all.append("  CoroutineBody<Object, Object, Object> body").append(i)
          .append("(int ci, long cl, String cs, double cd) {\n    return y -> { // seed ").append(firstSeed + i).append('\n')
          .append(new FuzzWriter(firstSeed + i).body()).append("    };\n  }\n");
    }
    return all.append("}\n").toString();
  }

  private String body() {
    scope.add(new Variable("int", "ci", false));
    scope.add(new Variable("long", "cl", false));
    scope.add(new Variable("String", "cs", false));
    scope.add(new Variable("double", "cd", false));
    budget = 6 + random.nextInt(22);
    declare("int");
    declare("Object");
    while (budget > 0) {
      statement(0);
    }
    line("return " + expression(anyType(), 2) + ";");
    return out.toString();
  }

  private void line(String text) {
    out.append("  ".repeat(indent)).append(text).append('\n');
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String pick(String... of) {
    return of[random.nextInt(of.length)];
  }

  private String fresh(String prefix) {
    return prefix + names++;
  }

  private String anyType() {
    return pick("int", "int", "long", "double", "String", "Object", "Object", "int[]", "boolean");
  }

  // Statements.

  private void block(int depth, int most) {
    int known = scope.size();
    int count = 1 + random.nextInt(most);
    indent++;
    for (int i = 0; i < count; i++) {
      statement(depth + 1);
    }
    indent--;
    scope.subList(known, scope.size()).clear();
  }

  private void statement(int depth) {
    budget--;
    int choice = depth > 4 || budget < 0 ? random.nextInt(40) : random.nextInt(100);
    if (choice < 9) {
      declare(anyType());
    } else if (choice < 18) {
      assign();
    } else if (choice < 28) {
      line(yielder + ".yield(" + expression(anyType(), 2) + ");");
    } else if (choice < 32) {
      line("log.add(\"" + fresh("L") + "\" + " + expression(pick("int", "String", "long", "double"), 2) + ");");
    } else if (choice < 35) {
      line("maybe(" + expression("int", 1) + ");");
    } else if (choice < 38) {
      jump();
    } else if (choice < 40) {
      line(yielder + ".yieldFrom(List.of(" + expression("int", 1) + ", " + expression("String", 1) + "));");
    } else if (choice < 50) {
      condition(depth);
    } else if (choice < 64) {
      loop(depth);
    } else if (choice < 80) {
      attempt(depth);
    } else if (choice < 90) {
      choose(depth);
    } else if (choice < 95) {
      lambda();
    } else {
      delegate(depth);
    }
  }

  private void declare(String type) {
    String name = fresh("v");
    line(type + " " + name + " = " + expression(type, 3) + ";");
    scope.add(new Variable(type, name, true));
  }

  private void assign() {
    List<Variable> candidates = scope.stream().filter(Variable::assignable).toList();
    switch (random.nextInt(7)) {
      case 0 -> line("hidden " + pick("=", "+=", "-=") + " " + expression("int", 2) + ";");
      case 1 -> line("shared " + pick("=", "+=", "^=") + " " + expression("int", 2) + ";");
      case 2 -> line("wideShared " + pick("=", "+=") + " " + expression("long", 2) + ";");
      default -> {
        if (candidates.isEmpty()) {
          return;
        }
        Variable v = candidates.get(random.nextInt(candidates.size()));
        switch (v.type) {
          case "int" -> {
            if (chance(40)) {
              line(v.name + pick("++;", "--;"));
            } else {
              line(v.name + pick(" = ", " += ", " -= ", " *= ", " ^= ") + expression("int", 3) + ";");
            }
          }
          case "long", "double" -> line(v.name + pick(" = ", " += ", " -= ") + expression(v.type, 3) + ";");
          case "String" -> line(v.name + pick(" = ", " += ") + expression("String", 2) + ";");
          case "int[]" ->
            line(
                v.name + "[Math.floorMod(" + expression("int", 2) + ", " + v.name + ".length)]"
                    + pick(" = ", " += ", " -= ") + expression("int", 2) + ";");
          default -> line(v.name + " = " + expression(v.type, 3) + ";");
        }
      }
    }
  }

  private void jump() {
    String where = "if (" + expression("boolean", 1) + ") ";
    switch (random.nextInt(5)) {
      case 0 -> line(where + "throw new IllegalStateException(\"t\" + " + expression("int", 1) + ");");
      case 1 -> line(where + "return " + expression("Object", 2) + ";");
      default -> {
        if (loops.isEmpty()) {
          line(where + "log.add(\"" + fresh("J") + "\");");
        } else {
          line(where + pick("break ", "continue ") + loops.get(random.nextInt(loops.size())) + ";");
        }
      }
    }
  }

  private void condition(int depth) {
    if (chance(25)) {
      String name = fresh("p");
      line("if (boxed(" + expression("Object", 2) + ") instanceof " + pick("Integer ", "String ", "Object ") + name + ") {");
      scope.add(new Variable("Object", name, false));
      block(depth, 3);
      scope.removeLast();
    } else {
      line("if (" + expression("boolean", 3) + ") {");
      block(depth, 3);
    }
    if (chance(50)) {
      line("} else {");
      block(depth, 3);
    }
    line("}");
  }

  private void loop(int depth) {
    String label = fresh("loop");
    String counter = fresh("k");
    int known = scope.size();
    int times = 1 + random.nextInt(3);
    switch (random.nextInt(4)) {
      case 0 -> {
        line(label + ": for (int " + counter + " = 0; " + counter + " < " + times + "; " + counter + "++) {");
        scope.add(new Variable("int", counter, false));
      }
      case 1 -> {
        line("int " + counter + " = " + times + ";");
        line(label + ": while (" + counter + "-- > 0) {");
      }
      case 2 -> {
        line(label + ": for (Object " + counter + " : List.of(" + expression("int", 2) + ", \"e\")) {");
        scope.add(new Variable("Object", counter, false));
      }
      default -> {
        line(label + ": for (int " + counter + " : new int[] {" + expression("int", 2) + ", 2, " + expression("int", 1)
            + "}) {");
        scope.add(new Variable("int", counter, false));
      }
    }
    loops.add(label);
    block(depth, 4);
    loops.removeLast();
    line("}");
    scope.subList(known, scope.size()).clear();
  }

  private void attempt(int depth) {
    if (chance(30)) {
      String name = fresh("r");
      line("try (Resource " + name + " = new Resource(this, Math.floorMod(" + expression("int", 2) + ", 10))) {");
    } else {
      line("try {");
    }
    block(depth, 4);
    boolean caught = chance(70);
    if (caught) {
      String name = fresh("e");
      boolean all = chance(20);
      line(
          "} catch ("
              + (all
                  ? "Throwable "
                  : pick("IllegalStateException ", "RuntimeException ", "Exception ",
                      "IllegalStateException | IllegalArgumentException "))
              + name + ") {");
      indent++;
      line("log.add(\"caught\" + " + name + ".getClass().getSimpleName());");
      indent--;
      block(depth, 3);
      if (chance(25)) {
        line("  if (" + expression("boolean", 1) + ") throw " + name + ";");
      }
    }
    if (!caught || chance(40)) {
      line("} finally {");
      // Jumps out of a finally block would be legal, but javac warns of them.
      List<String> outer = new ArrayList<>(loops);
      if (chance(80)) {
        loops.clear();
      }
      block(depth, 2);
      loops.clear();
      loops.addAll(outer);
    }
    line("}");
  }

  private void choose(int depth) {
    switch (random.nextInt(3)) {
      case 0 -> {
        line("switch (Math.floorMod(" + expression("int", 2) + ", 4)) {");
        for (int i = 0; i < 3; i++) {
          line("  case " + i + ": {");
          block(depth, 2);
          line(chance(60) ? "  } break;" : "  }");
        }
        line("  default: log.add(\"default\");");
      }
      case 1 -> {
        line("switch (\"\" + " + expression("String", 1) + ") {");
        line("  case \"cap\", \"a\" -> {");
        block(depth, 2);
        line("  }");
        line("  case \"b\" -> " + yielder + ".yield(" + expression("int", 1) + ");");
        line("  default -> {");
        block(depth, 2);
        line("  }");
      }
      default -> {
        String name = fresh("q");
        line("switch (boxed(" + expression("Object", 2) + ")) {");
        line("  case null -> log.add(\"null\");");
        line("  case Integer " + name + " when " + name + " > " + random.nextInt(4) + " -> {");
        scope.add(new Variable("int", name, false));
        block(depth, 2);
        scope.removeLast();
        line("  }");
        line("  case Pair(Object a" + name + ", long b" + name + ") -> {");
        scope.add(new Variable("Object", "a" + name, false));
        scope.add(new Variable("long", "b" + name, false));
        block(depth, 2);
        scope.removeLast();
        scope.removeLast();
        line("  }");
        line("  default -> {");
        block(depth, 2);
        line("  }");
      }
    }
    line("}");
  }

  private void lambda() {
    String copy = fresh("c");
    String name = fresh("f");
    line("final int " + copy + " = " + expression("int", 2) + ";");
    line("IntUnaryOperator " + name + " = z -> z * 3 + " + copy + " + hidden + cs.length();");
    line("log.add(\"lambda\" + " + name + ".applyAsInt(" + expression("int", 2) + "));");
    line("Supplier<Object> s" + name + " = " + pick("this::toLog", "() -> secret(" + copy + ", cs)", "() -> twice(" + copy
        + ")").replace("this::toLog", "log::size") + ";");
    line("log.add(\"s\" + s" + name + ".get());");
    scope.add(new Variable("int", copy, false));
  }

  /** A nested coroutine with a small body of its own. */
  private void delegate(int depth) {
    String result = fresh("o");
    String own = fresh("z");
    line("Object " + result + " = " + yielder + ".yieldFrom(engine.apply(" + own + " -> {");
    List<Variable> outer = new ArrayList<>(scope);
    List<String> outerLoops = new ArrayList<>(loops);
    String outerYielder = yielder;
    scope.removeIf(v -> v.name.startsWith("v") || v.name.startsWith("o") || v.name.startsWith("k"));
    scope.replaceAll(v -> new Variable(v.type, v.name, false));
    scope.removeIf(v -> !v.name.startsWith("c"));
    loops.clear();
    yielder = own;
    int left = budget;
    budget = 3;
    block(Math.max(depth, 3), 3);
    indent++;
    line("return " + expression("Object", 2) + ";");
    indent--;
    budget = left;
    yielder = outerYielder;
    loops.addAll(outerLoops);
    scope.clear();
    scope.addAll(outer);
    line("}));");
    scope.add(new Variable("Object", result, true));
  }

  // Expressions.

  private String expression(String type, int depth) {
    List<Variable> known = scope.stream().filter(v -> v.type.equals(type)).toList();
    if (!known.isEmpty() && chance(depth <= 0 ? 70 : 35)) {
      return known.get(random.nextInt(known.size())).name;
    }
    return switch (type) {
      case "int" -> intExpression(depth);
      case "long" -> longExpression(depth);
      case "double" -> doubleExpression(depth);
      case "String" -> stringExpression(depth);
      case "boolean" -> booleanExpression(depth);
      case "int[]" -> "new int[] {" + expression("int", depth - 1) + ", " + expression("int", depth - 1) + ", 7}";
      default -> objectExpression(depth);
    };
  }

  private String sent(int depth) {
    return yielder + ".yield(" + expression(pick("int", "Object", "String", "long"), depth - 1) + ")";
  }

  private String intExpression(int depth) {
    if (depth <= 0) {
      return chance(50) ? "" + random.nextInt(9) : pick("hidden", "shared", "cs.length()");
    }
    return switch (random.nextInt(13)) {
      case 0, 1 -> "num(" + sent(depth) + ")";
      case 2 -> "(" + expression("int", depth - 1) + pick(" + ", " - ", " * ", " & ", " ^ ") + expression("int", depth - 1)
          + ")";
      case 3 -> "(" + expression("int", depth - 1) + pick(" / ", " % ") + expression("int", depth - 1) + ")";
      case 4 -> "secret(" + expression("int", depth - 1) + ", " + expression("Object", depth - 1) + ")";
      case 5 -> "hook(" + expression("int", depth - 1) + ", " + expression("Object", depth - 1) + ", "
          + expression("long", depth - 1) + ")";
      case 6 -> "super.hook(" + expression("int", depth - 1) + ", " + expression("Object", depth - 1) + ", "
          + expression("long", depth - 1) + ")";
      case 7 -> "(" + expression("boolean", depth - 1) + " ? " + expression("int", depth - 1) + " : "
          + expression("int", depth - 1) + ")";
      case 8 -> "(int) " + expression(pick("long", "double"), depth - 1);
      case 9 -> "new Cell(" + expression("int", depth - 1) + ", " + expression("Object", depth - 1) + ").value";
      case 10 -> switchExpression(depth);
      case 11 -> "note(\"" + fresh("N") + "\", " + expression("int", depth - 1) + ")";
      default -> chance(40) ? "((Number) " + sent(depth) + ").intValue()" : "num((Object) " + sent(depth) + ")";
    };
  }

  private String switchExpression(int depth) {
    String value = expression("int", depth - 1);
    return "(switch (Math.floorMod(" + value + ", 3)) { case 0 -> " + expression("int", depth - 1) + "; case 1 -> { "
        + yielder + ".yield(" + expression("int", depth - 1) + "); yield " + expression("int", depth - 1)
        + "; } default -> " + expression("int", depth - 1) + "; })";
  }

  private String longExpression(int depth) {
    if (depth <= 0) {
      return chance(50) ? random.nextInt(99) + "L" : pick("wideShared", "total");
    }
    return switch (random.nextInt(5)) {
      case 0 -> "(long) num(" + sent(depth) + ")";
      case 1 ->
        "(" + expression("long", depth - 1) + pick(" + ", " - ", " * ", " >> ") + expression("long", depth - 1) + ")";
      case 2 -> "twice(" + expression("long", depth - 1) + ")";
      case 3 -> "new Pair(" + expression("Object", depth - 1) + ", " + expression("long", depth - 1) + ").second()";
      default -> "(" + expression("int", depth - 1) + " + " + expression("long", depth - 1) + ")";
    };
  }

  private String doubleExpression(int depth) {
    if (depth <= 0) {
      return random.nextInt(9) + ".5";
    }
    return switch (random.nextInt(3)) {
      case 0 -> "(" + expression("double", depth - 1) + pick(" + ", " * ", " - ") + "num(" + sent(depth) + "))";
      case 1 -> "Math.max(" + expression("double", depth - 1) + ", " + expression("int", depth - 1) + ")";
      default -> "(" + expression("double", depth - 1) + " + " + expression("long", depth - 1) + ")";
    };
  }

  private String stringExpression(int depth) {
    if (depth <= 0) {
      return pick("\"a\"", "\"b\"", "\"cap\"");
    }
    return switch (random.nextInt(5)) {
      case 0 -> "String.valueOf((Object) " + sent(depth) + ")";
      case 1 -> "(" + expression("int", depth - 1) + " + " + expression("String", depth - 1) + " + "
          + expression("double", depth - 1) + ")";
      case 2 -> "new StringBuilder(" + expression("String", depth - 1) + ").append(" + sent(depth) + ").toString()";
      case 3 -> "new String(" + expression("String", depth - 1) + ")";
      default -> "(" + expression("String", depth - 1) + " + " + expression("long", depth - 1) + ")";
    };
  }

  private String booleanExpression(int depth) {
    if (depth <= 0) {
      return "(hidden & 1) == " + random.nextInt(2);
    }
    return switch (random.nextInt(6)) {
      case 0 ->
        "(" + expression("boolean", depth - 1) + pick(" && ", " || ", " ^ ") + expression("boolean", depth - 1) + ")";
      case 1 -> "!(" + expression("boolean", depth - 1) + ")";
      case 2 -> "num(" + sent(depth) + ") > " + random.nextInt(5);
      case 3 -> expression("long", depth - 1) + pick(" < ", " >= ") + expression("int", depth - 1);
      case 4 -> expression("Object", depth - 1) + pick(" == null", " != null");
      default -> expression("int", depth - 1) + pick(" < ", " == ", " > ") + expression("int", depth - 1);
    };
  }

  private String objectExpression(int depth) {
    if (depth <= 0) {
      return pick("boxed(null)", "boxed(1)", "boxed(\"b\")", "boxed(cs)");
    }
    return switch (random.nextInt(7)) {
      case 0, 1 -> sent(depth);
      case 2 -> "new Pair(" + expression("Object", depth - 1) + ", " + expression("long", depth - 1) + ")";
      case 3 -> "boxed(" + expression("int", depth - 1) + ")";
      case 4 -> "boxed(new Cell(" + expression("int", depth - 1) + ", " + expression("String", depth - 1) + "))";
      case 5 -> "boxed(" + expression("String", depth - 1) + ")";
      default -> "(" + expression("boolean", depth - 1) + " ? " + expression("Object", depth - 1) + " : "
          + expression("Object", depth - 1) + ")";
    };
  }
}
