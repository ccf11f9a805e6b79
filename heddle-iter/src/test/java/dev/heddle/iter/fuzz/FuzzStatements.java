package dev.heddle.iter.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Writes the random statements of a body. */
final class FuzzStatements {
  private final FuzzState state;
  private final FuzzExpressions expressions;
  private final StringBuilder out = new StringBuilder();
  private int budget;
  private int indent = 3;

  FuzzStatements(FuzzState state) {
    this.state = state;
    this.expressions = new FuzzExpressions(state);
  }

  /** Returns the statements of a body that has the parameters ci, cl, cs and cd. */
  String body() {
    state.scope.add(new FuzzState.Variable("int", "ci", false));
    state.scope.add(new FuzzState.Variable("long", "cl", false));
    state.scope.add(new FuzzState.Variable("String", "cs", false));
    state.scope.add(new FuzzState.Variable("double", "cd", false));
    budget = 6 + state.random.nextInt(22);
    declare("int");
    declare("Object");
    while (budget > 0) {
      statement(0);
    }
    line("return " + expression(state.anyType(), 2) + ";");
    return out.toString();
  }

  private String expression(String type, int depth) {
    return expressions.of(type, depth);
  }

  private void line(String text) {
    out.append("  ".repeat(indent)).append(text).append('\n');
  }

  private void block(int depth, int most) {
    int known = state.scope.size();
    int count = 1 + state.random.nextInt(most);
    indent++;
    for (int i = 0; i < count; i++) {
      statement(depth + 1);
    }
    indent--;
    state.scope.subList(known, state.scope.size()).clear();
  }

  private void statement(int depth) {
    budget--;
    int choice = depth > 4 || budget < 0 ? state.random.nextInt(40) : state.random.nextInt(100);
    if (choice < 9) {
      declare(state.anyType());
    } else if (choice < 18) {
      assign();
    } else if (choice < 28) {
      line(state.yielder + ".yield(" + expression(state.anyType(), 2) + ");");
    } else if (choice < 32) {
      line("log.add(\"" + state.fresh("L") + "\" + " + expression(state.pick("int", "String", "long", "double"), 2) + ");");
    } else if (choice < 35) {
      line("maybe(" + expression("int", 1) + ");");
    } else if (choice < 38) {
      jump();
    } else if (choice < 40) {
      line(state.yielder + ".yieldFrom(List.of(" + expression("int", 1) + ", " + expression("String", 1) + "));");
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
    String name = state.fresh("v");
    line(type + " " + name + " = " + expression(type, 3) + ";");
    state.scope.add(new FuzzState.Variable(type, name, true));
  }

  private void assign() {
    List<FuzzState.Variable> candidates = state.scope.stream().filter(FuzzState.Variable::assignable).toList();
    switch (state.random.nextInt(7)) {
      case 0 -> line("hidden " + state.pick("=", "+=", "-=") + " " + expression("int", 2) + ";");
      case 1 -> line("shared " + state.pick("=", "+=", "^=") + " " + expression("int", 2) + ";");
      case 2 -> line("wideShared " + state.pick("=", "+=") + " " + expression("long", 2) + ";");
      default -> {
        if (candidates.isEmpty()) {
          return;
        }
        FuzzState.Variable v = candidates.get(state.random.nextInt(candidates.size()));
        switch (v.type()) {
          case "int" -> {
            if (state.chance(40)) {
              line(v.name() + state.pick("++;", "--;"));
            } else {
              line(v.name() + state.pick(" = ", " += ", " -= ", " *= ", " ^= ") + expression("int", 3) + ";");
            }
          }
          case "long", "double" -> line(v.name() + state.pick(" = ", " += ", " -= ") + expression(v.type(), 3) + ";");
          case "String" -> line(v.name() + state.pick(" = ", " += ") + expression("String", 2) + ";");
          case "int[]" ->
            line(
                v.name() + "[Math.floorMod(" + expression("int", 2) + ", " + v.name() + ".length)]"
                    + state.pick(" = ", " += ", " -= ") + expression("int", 2) + ";");
          default -> line(v.name() + " = " + expression(v.type(), 3) + ";");
        }
      }
    }
  }

  private void jump() {
    String where = "if (" + expression("boolean", 1) + ") ";
    switch (state.random.nextInt(5)) {
      case 0 -> line(where + "throw new IllegalStateException(\"t\" + " + expression("int", 1) + ");");
      case 1 -> line(where + "return " + expression("Object", 2) + ";");
      default -> {
        if (state.loops.isEmpty()) {
          line(where + "log.add(\"" + state.fresh("J") + "\");");
        } else {
          line(where + state.pick("break ", "continue ") + state.loops.get(state.random.nextInt(state.loops.size())) + ";");
        }
      }
    }
  }

  private void condition(int depth) {
    if (state.chance(25)) {
      String name = state.fresh("p");
      line("if (boxed(" + expression("Object", 2) + ") instanceof " + state.pick("Integer ", "String ", "Object ") + name
          + ") {");
      state.scope.add(new FuzzState.Variable("Object", name, false));
      block(depth, 3);
      state.scope.removeLast();
    } else {
      line("if (" + expression("boolean", 3) + ") {");
      block(depth, 3);
    }
    if (state.chance(50)) {
      line("} else {");
      block(depth, 3);
    }
    line("}");
  }

  private void loop(int depth) {
    String label = state.fresh("loop");
    String counter = state.fresh("k");
    int known = state.scope.size();
    int times = 1 + state.random.nextInt(3);
    switch (state.random.nextInt(4)) {
      case 0 -> {
        line(label + ": for (int " + counter + " = 0; " + counter + " < " + times + "; " + counter + "++) {");
        state.scope.add(new FuzzState.Variable("int", counter, false));
      }
      case 1 -> {
        line("int " + counter + " = " + times + ";");
        line(label + ": while (" + counter + "-- > 0) {");
      }
      case 2 -> {
        line(label + ": for (Object " + counter + " : List.of(" + expression("int", 2) + ", \"e\")) {");
        state.scope.add(new FuzzState.Variable("Object", counter, false));
      }
      default -> {
        line(label + ": for (int " + counter + " : new int[] {" + expression("int", 2) + ", 2, " + expression("int", 1)
            + "}) {");
        state.scope.add(new FuzzState.Variable("int", counter, false));
      }
    }
    state.loops.add(label);
    block(depth, 4);
    state.loops.removeLast();
    line("}");
    state.scope.subList(known, state.scope.size()).clear();
  }

  private void attempt(int depth) {
    if (state.chance(30)) {
      String name = state.fresh("r");
      line("try (Resource " + name + " = new Resource(this, Math.floorMod(" + expression("int", 2) + ", 10))) {");
    } else {
      line("try {");
    }
    block(depth, 4);
    boolean caught = state.chance(70);
    if (caught) {
      String name = state.fresh("e");
      boolean all = state.chance(20);
      line(
          "} catch ("
              + (all
                  ? "Throwable "
                  : state.pick("IllegalStateException ", "RuntimeException ", "Exception ",
                      "IllegalStateException | IllegalArgumentException "))
              + name + ") {");
      indent++;
      line("log.add(\"caught\" + " + name + ".getClass().getSimpleName());");
      indent--;
      block(depth, 3);
      if (state.chance(25)) {
        line("  if (" + expression("boolean", 1) + ") throw " + name + ";");
      }
    }
    if (!caught || state.chance(40)) {
      line("} finally {");
      // Jumps out of a finally block would be legal, but javac warns of them.
      List<String> outer = new ArrayList<>(state.loops);
      if (state.chance(80)) {
        state.loops.clear();
      }
      block(depth, 2);
      state.loops.clear();
      state.loops.addAll(outer);
    }
    line("}");
  }

  private void choose(int depth) {
    switch (state.random.nextInt(3)) {
      case 0 -> {
        line("switch (Math.floorMod(" + expression("int", 2) + ", 4)) {");
        for (int i = 0; i < 3; i++) {
          line("  case " + i + ": {");
          block(depth, 2);
          line(state.chance(60) ? "  } break;" : "  }");
        }
        line("  default: log.add(\"default\");");
      }
      case 1 -> {
        line("switch (\"\" + " + expression("String", 1) + ") {");
        line("  case \"cap\", \"a\" -> {");
        block(depth, 2);
        line("  }");
        line("  case \"b\" -> " + state.yielder + ".yield(" + expression("int", 1) + ");");
        line("  default -> {");
        block(depth, 2);
        line("  }");
      }
      default -> {
        String name = state.fresh("q");
        line("switch (boxed(" + expression("Object", 2) + ")) {");
        line("  case null -> log.add(\"null\");");
        line("  case Integer " + name + " when " + name + " > " + state.random.nextInt(4) + " -> {");
        state.scope.add(new FuzzState.Variable("int", name, false));
        block(depth, 2);
        state.scope.removeLast();
        line("  }");
        line("  case Pair(Object a" + name + ", long b" + name + ") -> {");
        state.scope.add(new FuzzState.Variable("Object", "a" + name, false));
        state.scope.add(new FuzzState.Variable("long", "b" + name, false));
        block(depth, 2);
        state.scope.removeLast();
        state.scope.removeLast();
        line("  }");
        line("  default -> {");
        block(depth, 2);
        line("  }");
      }
    }
    line("}");
  }

  private void lambda() {
    String copy = state.fresh("c");
    String name = state.fresh("f");
    line("final int " + copy + " = " + expression("int", 2) + ";");
    line("IntUnaryOperator " + name + " = z -> z * 3 + " + copy + " + hidden + cs.length();");
    line("log.add(\"lambda\" + " + name + ".applyAsInt(" + expression("int", 2) + "));");
    line("Supplier<Object> s" + name + " = "
        + state.pick("this::toLog", "() -> secret(" + copy + ", cs)", "() -> twice(" + copy
            + ")").replace("this::toLog", "log::size")
        + ";");
    line("log.add(\"s\" + s" + name + ".get());");
    state.scope.add(new FuzzState.Variable("int", copy, false));
  }

  /** A nested coroutine with a small body of its own. */
  private void delegate(int depth) {
    String result = state.fresh("o");
    String own = state.fresh("z");
    line("Object " + result + " = " + state.yielder + ".yieldFrom(engine.apply(" + own + " -> {");
    List<FuzzState.Variable> outer = new ArrayList<>(state.scope);
    List<String> outerLoops = new ArrayList<>(state.loops);
    String outerYielder = state.yielder;
    state.scope.removeIf(v -> v.name().startsWith("v") || v.name().startsWith("o") || v.name().startsWith("k"));
    state.scope.replaceAll(v -> new FuzzState.Variable(v.type(), v.name(), false));
    state.scope.removeIf(v -> !v.name().startsWith("c"));
    state.loops.clear();
    state.yielder = own;
    int left = budget;
    budget = 3;
    block(Math.max(depth, 3), 3);
    indent++;
    line("return " + expression("Object", 2) + ";");
    indent--;
    budget = left;
    state.yielder = outerYielder;
    state.loops.addAll(outerLoops);
    state.scope.clear();
    state.scope.addAll(outer);
    line("}));");
    state.scope.add(new FuzzState.Variable("Object", result, true));
  }
}
