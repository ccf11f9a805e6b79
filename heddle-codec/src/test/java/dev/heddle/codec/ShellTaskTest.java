package dev.heddle.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.codec.TestErrors.TaskRefused;
import dev.heddle.codec.apps.Jobs;
import dev.heddle.testkit.Bounded;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks written in jshell, which runs inside this JVM; real sessions are tested with the pool. */
@Bounded(seconds = 120)
class ShellTaskTest {
  private final Ends ends = new Ends();
  private final JShell shell = JShell.builder().executionEngine("local").build();

  @AfterEach
  void close() {
    shell.close();
  }

  private void eval(String... sources) {
    for (String source : sources) {
      String rest = source;
      while (!rest.isEmpty()) {
        var info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
        for (SnippetEvent each : shell.eval(info.source())) {
          assertThat(each.exception()).as(source).isNull();
          assertThat(each.status()).as(source + shell.diagnostics(each.snippet()).map(Object::toString).toList())
              .isIn(Snippet.Status.VALID, Snippet.Status.OVERWRITTEN, Snippet.Status.RECOVERABLE_DEFINED);
        }
        rest = info.remaining();
      }
    }
  }

  /** The task that an expression of jshell gives. */
  private Callable<?> task(String expression) {
    eval("dev.heddle.codec.apps.Jobs.left = (dev.heddle.futures.TaskCallable<Object>) " + expression + ";");
    return (Callable<?>) Objects.requireNonNull(Jobs.left);
  }

  private @Nullable Object run(String expression) throws Exception {
    return ends.run(task(expression));
  }

  @Test
  void lambda_ofASnippet() throws Exception {
    assertThat(run("() -> 6 * 7")).isEqualTo(42);
  }

  @Test
  void variable_hasItsValue() throws Exception {
    eval("int x = 45;", "var words = java.util.List.of(\"a\", \"b\");");
    assertThat(run("() -> x + words.size()")).isEqualTo(47);
    eval("x = 46;");
    assertThat(run("() -> x")).isEqualTo(46);
  }

  @Test
  void variable_changedBetweenSubmits() throws Exception {
    eval("int x = 1;");
    Callable<?> task = task("() -> x");
    assertThat(ends.run(task)).isEqualTo(1);
    eval("x = 2;");
    assertThat(ends.run(task)).isEqualTo(2);
  }

  @Test
  void variable_readBySnippetMethod() throws Exception {
    eval("int x = 5;", "int twice() { return 2 * x; }", "int four() { return 2 * twice(); }");
    assertThat(run("() -> four()")).isEqualTo(20);
    assertThat(run("() -> java.util.stream.IntStream.range(0, 3).map(i -> i * twice()).sum()")).isEqualTo(30);
  }

  @Test
  void variable_readByDeclaredClass() throws Exception {
    eval(
        "int x = 5;",
        "class Counter implements java.io.Serializable { int get() { return x; } }",
        "record Pair(int a, int b) implements java.io.Serializable { int sum() { return a + b + x; } }",
        "Counter c = new Counter();");
    assertThat(run("() -> new Counter().get()")).isEqualTo(5);
    assertThat(run("() -> c.get()")).isEqualTo(5);
    assertThat(run("() -> new Pair(1, 2).sum()")).isEqualTo(8);
  }

  @Test
  void variable_thatHoldsALambda() throws Exception {
    eval(
        "int base = 100;",
        "dev.heddle.futures.TaskFunction<Integer, Integer> add = n -> n + base;",
        "int unused = 1;");
    assertThat(run("() -> add.apply(1)")).isEqualTo(101);
  }

  @Test
  void variable_readWhileAValueIsDecoded() throws Exception {
    eval(
        "int max = 10;",
        "int max() { return max; }",
        "record P(int a) implements java.io.Serializable {"
            + " public P { if (a > max()) throw new IllegalArgumentException(\"too large\"); } }",
        "var p = new P(5);",
        "class Q implements java.io.Serializable { transient int doubled; int n = 3;"
            + " private void readObject(java.io.ObjectInputStream in) throws Exception {"
            + " in.defaultReadObject(); doubled = n * max; } }",
        "var q = new java.util.HashMap<String, Object>();",
        "q.put(\"q\", new Q());",
        "class R implements java.io.Serializable { static final int AT_FIRST = max + 1; }",
        "var r = new R();");
    assertThat(run("() -> p.a()")).isEqualTo(5);
    assertThat(run("() -> ((Q) q.get(\"q\")).doubled")).isEqualTo(30);
    assertThat(run("() -> r.AT_FIRST")).isEqualTo(11);
    eval("Object capture(P captured) { return (dev.heddle.futures.TaskCallable<Object>) () -> captured.a(); }");
    assertThat(run("capture(p)")).isEqualTo(5);
    eval("max = 7;");
    assertThat(run("() -> ((Q) q.get(\"q\")).doubled")).isEqualTo(21);
  }

  @Test
  void variables_thatNeedEachOtherWhileTheyAreDecoded_areRefused() {
    eval(
        "var all = new java.util.ArrayList<Object>();",
        "int size() { return all.size(); }",
        "record P(int a) implements java.io.Serializable {"
            + " public P { if (a < size()) throw new IllegalArgumentException(); } }",
        "all.add(new P(0));",
        "all.add(new P(1));");
    assertThatThrownBy(() -> run("() -> ((P) all.get(1)).a()"))
        .isInstanceOf(TaskRefused.class)
        .hasMessageContaining("jshell variable 'all'")
        .hasMessageContaining("reads 'all'");
  }

  @Test
  void variables_thatReferToEachOtherWhenTheTaskRuns() throws Exception {
    eval(
        "var nodes = new java.util.HashMap<String, Object>();",
        "record Node(String name, java.util.List<String> next) implements java.io.Serializable {"
            + " public Node { java.util.Objects.requireNonNull(name);"
            + " if (name.isEmpty()) throw new IllegalArgumentException(name); }"
            + " Node first() { return (Node) nodes.get(next.get(0)); } }",
        "var seen = new java.util.HashSet<Object>();",
        "nodes.put(\"a\", new Node(\"a\", java.util.List.of(\"b\")));",
        "nodes.put(\"b\", new Node(\"b\", java.util.List.of()));",
        "seen.add(nodes.get(\"a\"));",
        "enum Colour { RED, GREEN { int size() { return seen.size(); } }; int size() { return nodes.size(); } }",
        "var colour = Colour.GREEN;",
        "dev.heddle.futures.TaskFunction<Integer, Integer> factorial = n -> n < 2 ? 1 : n * factorial.apply(n - 1);");
    assertThat(run("() -> ((Node) nodes.get(\"a\")).first().name() + seen.contains(nodes.get(\"a\"))")).isEqualTo("btrue");
    assertThat(run("() -> factorial.apply(5)")).isEqualTo(120);
    assertThat(run("() -> colour.size()")).isEqualTo(1);
  }

  @Test
  void method_redefined() throws Exception {
    eval("int f() { return 1; }");
    assertThat(run("() -> f()")).isEqualTo(1);
    eval("int f() { return 2; }");
    assertThat(run("() -> f()")).isEqualTo(2);
  }

  @Test
  void result_ofADeclaredRecord() throws Exception {
    eval("record Pair(int a, int b) implements java.io.Serializable {}", "Pair p = new Pair(1, 2);");
    Object back = run("() -> new Pair(p.a(), p.b())");
    eval("dev.heddle.codec.apps.Jobs.left = p;");
    assertThat(back).isEqualTo(Jobs.left);
  }

  @Test
  void result_ofADeclaredClass() throws Exception {
    eval("class Box implements java.io.Serializable { int n = 7; public String toString() { return \"box \" + n; } }");
    assertThat(run("() -> new Box()")).hasToString("box 7");
  }

  @Test
  void variable_notSerializable_isRefused() {
    eval("var thread = new Thread();");
    assertThatThrownBy(() -> run("() -> thread.getName()"))
        .isInstanceOf(TaskRefused.class)
        .hasMessageContaining("jshell variable 'thread'")
        .hasMessageContaining("java.lang.Thread");
  }

  @Test
  void variable_assigned_isRefused() {
    eval("int x = 1;", "void inc() { x++; }");
    assertThatThrownBy(() -> run("() -> { inc(); return x; }"))
        .isInstanceOf(TaskRefused.class)
        .hasMessageContaining("assigns the jshell variable 'x'");
  }

  @Test
  void variable_ofTheSnippetThatSubmits_isNotNeeded() throws Exception {
    eval("var pool = new Thread();", "int n = 3;");
    eval("Object f(Object pool, dev.heddle.futures.TaskCallable<Object> t) { return t; }");
    eval("dev.heddle.codec.apps.Jobs.left = f(pool, () -> n);");
    assertThat(ends.run(Objects.requireNonNull(Jobs.left))).isEqualTo(3);
  }

  @Test
  void lambda_insideAPlainTask() throws Exception {
    eval("int by = 10;", "dev.heddle.futures.TaskFunction<Object, Object> fn = n -> (Integer) n + by;");
    eval("dev.heddle.codec.apps.Jobs.left = fn;");
    Object fn = Objects.requireNonNull(Jobs.left);
    @SuppressWarnings("unchecked") // what the snippet says
    var function = (dev.heddle.futures.TaskFunction<Object, Object>) fn;
    assertThat((Object[]) ends.run(new Jobs.Apply(function, new Object[]{1, 2})))
        .isEqualTo(List.of(11, 12).toArray());
  }
}
