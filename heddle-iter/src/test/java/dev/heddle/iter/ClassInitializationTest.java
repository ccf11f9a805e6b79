package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.iter.fuzz.FuzzCompiler;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Classes are initialized when a body needs them, in the same order and with the same exceptions whether it is compiled and pulled
 * or runs as it is: pushed, or on the fallback engine.
 */
@Timeout(120)
class ClassInitializationTest {

  /** Each case is run in a class loader of its own, since a class is initialized once. */
  private static final String SOURCE = """
      import dev.heddle.iter.*;
      import java.util.*;
      import java.util.function.*;

      public class Init {
        static final List<String> LOG = new ArrayList<>();

        static Object log(Object text) { LOG.add("" + text); return text; }
        static String step(String s) { LOG.add(s); return s; }
        static void fail(String s) { LOG.add(s); throw new IllegalStateException(s); }

        static class Ref { static { log("Ref"); } static void body(Yielder<String> y) { y.yield("a"); y.yield("b"); } }
        static abstract class Abstract { static { log("Abstract"); } static void body(Yielder<String> y) { y.yield("a"); } }
        interface Face { Object O = log("Face"); static void body(Yielder<String> y) { y.yield("a"); y.yield("b"); } }
        enum Kind { A; static { log("Kind"); } static void body(Yielder<String> y) { y.yield("a"); } }
        static class Heir extends Ref { static { log("Heir"); } }
        static class BadRef { static { fail("BadRef"); } static void body(Yielder<String> y) { y.yield("a"); } }
        static class First { static { log("First"); } static void body(Yielder<String> y) { Ref.body(y); } }
        static class Own { static { log("Own"); } static void body(Yielder<String> y) { go(y); }
          static void go(Yielder<String> y) { y.yield("own"); } }
        static class Bad { static { fail("Bad"); } static int x = 1; static int f() { return 1; } private static int p() { return 2; }
          private static int q = 3; }
        static class New { static { log("New"); } final String s; New(String s) { this.s = s; } }
        static class Private { static { log("Private"); } final String s; private Private(String s) { this.s = s; }
          private static String f = "f"; private static String m() { return "m"; } }
        static class Constant { static { log("Constant"); } static final String K = "k"; static String v = "v"; }
        static class Super { static { log("Super"); } static String sv = "sv"; }
        static class Sub extends Super { static { log("Sub"); } }
        interface Default { Object O = log("Default"); default String d() { return "d"; } }
        static class Impl implements Default { static { log("Impl"); } }
        static class Late { static { log("Late"); } Late(String s) {} static String get() { return "late"; } }
        static class Receiver { final void go(Yielder<String> y) { y.yield("went"); y.yield("on"); } }

        static GeneratorBody<String> body(String name) {
          Receiver none = name.isEmpty() ? new Receiver() : null;
          return switch (name) {
            case "reference" -> Ref::body;
            case "reference to an abstract class" -> Abstract::body;
            case "reference to an interface" -> Face::body;
            case "reference to an enum" -> Kind::body;
            case "reference by an heir" -> Heir::body;
            case "reference that fails" -> BadRef::body;
            case "reference that passes on" -> First::body;
            case "reference that passes on in its class" -> Own::body;
            case "passed on" -> y -> Ref.body(y);
            case "passed on twice" -> y -> First.body(y);
            case "passed on to one that fails" -> y -> BadRef.body(y);
            case "passed on to null" -> y -> none.go(y);
            case "failing field" -> y -> { y.yield("1"); y.yield("" + Bad.x); };
            case "failing method" -> y -> {
              y.yield("1");
              try { y.yield("" + Bad.f()); } catch (ExceptionInInitializerError e) { y.yield("caught " + e.getCause()); }
              try { y.yield("" + Bad.f()); } catch (NoClassDefFoundError e) { y.yield("again " + e.getMessage()); }
            };
            case "failing private members" -> y -> {
              try { y.yield("" + Bad.q); } catch (Throwable e) { y.yield("caught " + e); }
              try { Bad.q = 7; } catch (Throwable e) { y.yield("caught " + e); }
              try { y.yield("" + Bad.p()); } catch (Throwable e) { y.yield("caught " + e); }
            };
            case "object with an argument" -> y -> { y.yield("1"); y.yield(new New(step("argument")).s); };
            case "object of a private constructor" -> y -> { y.yield("1"); y.yield(new Private(step("argument")).s); };
            case "private members" -> y -> { y.yield("1"); Private.f = step("value"); y.yield(Private.m() + Private.f); };
            case "constant, array, class" -> y -> {
              Object[] all = new Constant[1];
              y.yield(Constant.K + (all[0] instanceof Constant) + Constant.class.getSimpleName());
              y.yield(Constant.v);
            };
            case "inherited" -> y -> { y.yield("1"); y.yield(Sub.sv); y.yield("" + (new Sub() != null)); };
            case "interface with a default" -> y -> { y.yield("1"); Object o = new Impl(); y.yield("made"); };
            case "nested references" -> y -> {
              Supplier<String> get = Late::get;
              Function<String, Object> make = Late::new;
              y.yield("linked");
              y.yield(get.get() + (make.apply("") != null));
            };
            default -> throw new IllegalArgumentException(name);
          };
        }

        public static String drive(String name, String how) {
          LOG.clear();
          GeneratorBody<String> body = body(name);
          for (int round = 0; round < 2; round++) {
            try {
              Generator<String> g = Generator.of(body);
              String engine = Generator.engineOf(body).toString();
              if (how.equals("compiled") && !engine.startsWith("COMPILED") && !name.endsWith("passes on")
                  && !name.endsWith("twice")) {
                throw new AssertionError(engine);
              }
              log("made");
              if (how.equals("pushed")) {
                g.reduce(0, (n, e) -> { log("got " + e); return n; });
              } else {
                while (g.hasNext()) log("got " + g.next());
              }
            } catch (AssertionError e) {
              throw e;
            } catch (Throwable t) {
              log(t.getClass().getSimpleName() + (t.getCause() == null ? "" : ": " + t.getCause()));
            }
          }
          return LOG.toString();
        }
      }
      """;

  private static final List<String> CASES = SOURCE.lines()
      .filter(line -> line.strip().startsWith("case \""))
      .map(line -> line.split("\"")[1])
      .toList();

  private static Object drive(Map<String, byte[]> classes, String name, String how) throws ReflectiveOperationException {
    return FuzzCompiler.load("Init", classes).getMethod("drive", String.class, String.class).invoke(null, name, how);
  }

  @TestFactory
  Stream<DynamicTest> classes_areInitializedAsInThePushedBody() {
    Map<String, byte[]> classes = FuzzCompiler.classes("Init", SOURCE);
    return CASES.stream()
        .map(
            name -> DynamicTest.dynamicTest(
                name,
                () -> assertThat(drive(classes, name, "compiled")).isEqualTo(drive(classes, name, "pushed"))));
  }

  @Test
  void reference_initializesItsClassWithTheFirstElement() throws ReflectiveOperationException {
    Map<String, byte[]> classes = FuzzCompiler.classes("Init", SOURCE);
    assertThat(CASES).hasSizeGreaterThan(20);
    assertThat(drive(classes, "reference", "compiled"))
        .isEqualTo("[made, Ref, got a, got b, made, got a, got b]");
    assertThat(drive(classes, "passed on twice", "compiled"))
        .isEqualTo("[made, First, Ref, got a, got b, made, got a, got b]");
    assertThat(drive(classes, "reference that fails", "compiled"))
        .isEqualTo(
            "[made, BadRef, ExceptionInInitializerError: java.lang.IllegalStateException: BadRef, made,"
                + " NoClassDefFoundError: java.lang.ExceptionInInitializerError: Exception java.lang.IllegalStateException:"
                + " BadRef [in thread \"" + Thread.currentThread().getName() + "\"]]");
  }

  /** A table whose static initializer pulls a body of another class, on the fallback engine, that needs the table. */
  private static final String CIRCLE = """
      import dev.heddle.iter.*;
      import java.util.*;
      import java.util.function.*;

      public class Circle {
        static class Table {
          static int base = 5;
          static final List<Integer> ALL = new ArrayList<>();
          static { for (int i : Bodies.numbers(NEEDED)) ALL.add(i); }
        }

        static class Bodies {
          static Generator<Integer> numbers(boolean needed) {
            return Generator.of(y -> { IntConsumer c = y::yield; c.accept(1); c.accept(needed ? Table.base : 2); });
          }
        }

        public static List<Integer> all() { return Table.ALL; }
      }
      """;

  @Test
  void fallbackBody_thatNeedsTheClassWhichItsDriverInitializes_isAnErrorAndNoHang() throws Exception {
    Class<?> free = FuzzCompiler.compile("Circle", CIRCLE.replace("NEEDED", "false"));
    assertThat(free.getMethod("all").invoke(null)).isEqualTo(List.of(1, 2));
    Class<?> stuck = FuzzCompiler.compile("Circle", CIRCLE.replace("NEEDED", "true"));
    assertThatThrownBy(() -> stuck.getMethod("all").invoke(null))
        .rootCause()
        .isInstanceOf(GeneratorException.WrongState.class)
        .hasMessageContaining("static initializer (of Circle$Table)");
  }
}
