package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cases on which other makers of state machines have stumbled: compiled, or knowingly not. */
@Timeout(60)
@SuppressWarnings("NullAway") // null is sent now and then
class HardCasesTest extends dev.heddle.iter.fuzz.FuzzBase {
  private int secret = 7;

  private record Pair<A, B>(A first, B second) {}

  private enum Color {
    RED, GREEN
  }

  private static <T> List<T> compiled(GeneratorBody<T> body) {
    assertThat(Generator.engineOf(body).toString()).startsWith("COMPILED");
    return Generator.of(body).toList();
  }

  private static List<Object> fallen(GeneratorBody<Object> body, String reason) {
    GeneratorEngine engine = Generator.engineOf(body);
    assertThat(engine.kind()).isEqualTo(GeneratorEngine.Kind.VIRTUAL_THREAD);
    assertThat(engine.reason()).contains(reason);
    return Generator.of(body).toList();
  }

  /** Sends each yielded value back. */
  private static <R> R echo(CoroutineBody<Object, Object, R> body) {
    assertThat(Coroutine.engineOf(body).toString()).startsWith("COMPILED");
    Coroutine<Object, Object, R> c = Coroutine.of(body);
    try {
      Object value = c.next();
      while (true) {
        value = c.send(value);
      }
    } catch (StopIteration e) {
      return c.result();
    }
  }

  @Override
  public List<CoroutineBody<Object, Object, Object>> bodies() {
    return List.of();
  }

  @Override
  protected int hook(int a, Object b, long c) {
    return -1;
  }

  @Test
  void constructor_withYieldsInItsArguments() {
    Pair<Object, Pair<Object, Object>> made = echo(
        y -> new Pair<>(y.yield(1), new Pair<>(y.yield("a"), y.yield(2) instanceof Integer i ? i + 1 : y.yield(0))));
    assertThat(made).isEqualTo(new Pair<>(1, new Pair<>("a", 3)));
  }

  @Test
  void privateAndProtectedAndSuper_fromTheBody() {
    List<Object> seen = compiled(
        y -> {
          y.yield(secret++);
          y.yield(++shared);
          y.yield(super.hook(1, "x", 2L));
          y.yield(this.hook(1, "x", 2L));
          Supplier<Object> again = () -> secret;
          y.yield(again.get());
          y.yield(note("n", secret));
        });
    assertThat(seen).containsExactly(7, 4, 0, -1, 8, 8);
  }

  @Test
  void objectMethods_thatAreProtected() {
    int[] array = {1, 2};
    assertThat(compiled(y -> y.yield(array.clone().length + hashCode()))).containsExactly(2 + hashCode());
  }

  @Test
  void patternsStringsAndEnums_inSwitches() {
    List<Object> seen = new ArrayList<>();
    for (Object each : new Object[]{1, 9, "a", "bb", Color.GREEN, new Pair<>(Color.RED, 4L), 2.5}) {
      seen.addAll(
          compiled(
              (Yielder<Object> y) -> {
                switch (each) {
                  case Integer i when i > 5 -> y.yield("big" + i);
                  case Integer i -> y.yield("int" + i);
                  case String s -> {
                    switch (s) {
                      case "a" -> y.yield("A");
                      default -> y.yield("other");
                    }
                  }
                  case Color color -> y.yield(color == Color.RED ? 1 : 2);
                  case Pair(Color color, Long n) -> {
                    String text = switch (color) {
                      case RED -> {
                        y.yield("red");
                        yield "r" + n;
                      }
                      case GREEN -> "g";
                    };
                    y.yield(text);
                  }
                  default -> y.yield("none");
                }
              }));
    }
    assertThat(seen).containsExactly("int1", "big9", "A", "other", 2, "red", "r4", "none");
  }

  @Test
  void oneSlot_withSeveralTypes() {
    Object result = echo(
        y -> {
          String all = "";
          for (int i = 0; i < 2; i++) {
            {
              long wide = i + (1L << 40);
              y.yield(1);
              all += wide;
            }
            {
              String text = "t" + i;
              y.yield(2);
              all += text;
            }
            {
              double d = i + .5;
              float f = i;
              y.yield(3);
              all += d + f;
            }
          }
          return all;
        });
    assertThat(result).isEqualTo("1099511627776t00.51099511627777t12.5");
  }

  @Test
  void nullLocal_becomesAReferenceLater() {
    Object result = echo(
        y -> {
          String text = null;
          Object all = "";
          for (int i = 0; i < 3; i++) {
            y.yield(i);
            all = all + ":" + text;
            if (i == 0) {
              text = "set";
            } else {
              text = null;
              y.yield("reset");
            }
          }
          return all;
        });
    assertThat(result).isEqualTo(":null:set:null");
  }

  @Test
  void primitiveCaptures_ofAllWidths() {
    boolean z = true;
    byte b = 1;
    char c = 'c';
    short s = 2;
    int i = 3;
    long l = 4;
    float f = 5;
    double d = 6;
    assertThat(compiled((Yielder<Object> y) -> y.yield("" + z + b + c + s + i + l + f + d)))
        .containsExactly("true1c2345.06.0");
  }

  private static int primitive(CoroutineYielder<Object, Object> y) {
    y.yield("x");
    return 41;
  }

  @Test
  void methodReferences_ofEveryKind() {
    assertThat(echo(HardCasesTest::primitive)).isEqualTo(41);
    assertThat(compiled(this::numbers)).containsExactly(7);
    assertThat(compiled(new Base()::numbers)).containsExactly("base");
    assertThat(compiled(((Base) new Derived())::numbers)).containsExactly("derived", "base");
    List<String> both = new ArrayList<>();
    for (Base each : List.of(new Base(), new Derived(), new Base())) {
      both.addAll(compiled(each::numbers));
    }
    assertThat(both).containsExactly("base", "derived", "base", "base");
  }

  private void numbers(Yielder<Object> y) {
    y.yield(secret);
  }

  /** A class whose method is overridden. */
  public static class Base {
    /** A body. */
    public void numbers(Yielder<String> y) {
      y.yield("base");
    }
  }

  /** A class that overrides it. */
  public static class Derived extends Base {
    @Override
    public void numbers(Yielder<String> y) {
      y.yield("derived");
      y.yieldFrom(Generator.of(super::numbers));
    }
  }

  @Test
  void anonymousClass_isCompiledToo() {
    GeneratorBody<Object> body = new GeneratorBody<>() {
      private static final long serialVersionUID = 1;
      private int count = 2;

      @Override
      public void run(Yielder<Object> y) {
        while (count-- > 0) {
          y.yield(count);
        }
      }
    };
    assertThat(compiled(body)).containsExactly(1, 0);
  }

  @Test
  void synchronizedBlockWithoutAYield_isCompiled() {
    assertThat(
        compiled(
            (Yielder<Object> y) -> {
              for (int i = 0; i < 2; i++) {
                int seen;
                synchronized (log) {
                  seen = i + 1;
                }
                y.yield(seen);
              }
            }))
        .containsExactly(1, 2);
  }

  @Test
  void yieldUnderALock_fallsBack() {
    assertThat(
        fallen(
            y -> {
              synchronized (log) {
                y.yield(1);
              }
              y.yield(2);
            },
            "synchronized"))
        .containsExactly(1, 2);
  }

  private static void helper(Yielder<Object> y, int n) {
    if (n > 0) {
      y.yield(n);
      helper(y, n - 1);
    }
  }

  @Test
  void escapingYielder_fallsBack() {
    assertThat(fallen(y -> helper(y, 3), "passed on")).containsExactly(3, 2, 1);
    assertThat(
        fallen(
            y -> {
              Yielder<Object> other = y;
              other.yield(1);
            },
            "passed on, stored"))
        .containsExactly(1);
    assertThat(fallen(y -> List.of(1, 2).forEach(y::yield), "passed on")).containsExactly(1, 2);
    assertThat(
        fallen(
            y -> {
              Consumer<Object> each = o -> y.yield(o);
              each.accept("in a lambda");
            },
            "passed on"))
        .containsExactly("in a lambda");
  }

  @Test
  void yielderOfAnother_isNotMistakenForTheOwn() {
    List<Object> seen = fallen(
        outer -> {
          Generator<Object> inner = Generator.of(
              y -> {
                y.yield("inner");
                outer.yield("through");
                y.yield("again");
              });
          for (Object each : inner) {
            outer.yield("got " + each);
          }
        },
        "passed on");
    assertThat(seen).containsExactly("got inner", "through", "got again");
  }

  @Test
  void yielderUsedOutside_isAnError() {
    List<Yielder<Object>> kept = new ArrayList<>();
    List<Object> seen = fallen(
        y -> {
          kept.add(y);
          y.yield(1);
        },
        "passed on");
    assertThat(seen).containsExactly(1);
    assertThatThrownBy(() -> kept.getFirst().yield(2))
        .isInstanceOf(GeneratorException.WrongState.class)
        .hasMessageContaining("only the body itself may yield");
  }

  @Test
  void lookupOfTheBody_isTheHosts() {
    assertThat(compiled((Yielder<Object> y) -> y.yield(java.lang.invoke.MethodHandles.lookup().lookupClass())))
        .containsExactly(HardCasesTest.class);
    assertThat(
        fallen(y -> y.yield(HardCasesTest.class.getDeclaredField("secret").getInt(this)), "Field.getInt"))
        .containsExactly(7);
  }

  @Test
  void assertAndStaticState_work() {
    assertThat(
        compiled(
            (Yielder<Object> y) -> {
              assert log.isEmpty() : "log";
              y.yield(Color.values().length);
            }))
        .containsExactly(2);
  }

  @Test
  void anonymousAndLocalClasses_inTheBody() {
    assertThat(
        compiled(
            (Yielder<Object> y) -> {
              record Local(int n) {}
              int base = 5;
              Object anonymous = new Object() {
                @Override
                public String toString() {
                  return "anonymous" + secret + base;
                }
              };
              y.yield(new Local(base));
              y.yield(anonymous.toString());
            })
            .toString())
        .isEqualTo("[Local[n=5], anonymous75]");
  }

  @Test
  void manyCallSites_ofOneBodyShareAMachine() {
    GeneratorBody<Object> one = this::numbers;
    GeneratorBody<Object> other = this::numbers;
    assertThat(Generator.of(one).getClass()).isSameAs(Generator.of(other).getClass());
    assertThat(one.getClass()).isNotSameAs(other.getClass());
  }

  /** An interface whose default method makes a generator. */
  private interface Greeter {
    private String secret() {
      return "secret";
    }

    private static String hidden() {
      return "hidden";
    }

    default String name() {
      return "greeter";
    }

    default GeneratorBody<String> greetings() {
      return y -> {
        y.yield(secret());
        y.yield(hidden());
        y.yield(name());
      };
    }
  }

  private record Person(String name) implements Greeter {
    @Override
    public GeneratorBody<String> greetings() {
      return y -> {
        y.yieldFrom(Generator.of(Greeter.super.greetings()));
        y.yield(name);
      };
    }
  }

  @Test
  void interfacesAndRecords_areHostsToo() {
    assertThat(compiled(new Person("Ada").greetings())).containsExactly("secret", "hidden", "Ada", "Ada");
  }

  @Test
  void hugeBody_fallsBack() throws Exception {
    StringBuilder source = new StringBuilder(
        "import dev.heddle.iter.*; public class Huge implements java.util.function.Supplier<Object> {")
        .append("public Object get() { return (GeneratorBody<Object>) y -> { long n = 0;");
    for (int i = 0; i < 1400; i++) {
      source.append("n += ").append(i).append("L; y.yield(n); y.yield(n + \"\");");
    }
    source.append("}; } }");
    Class<?> type = dev.heddle.iter.fuzz.FuzzCompiler.compile("Huge", source.toString());
    @SuppressWarnings("unchecked") // the source says so
    GeneratorBody<Object> body = (GeneratorBody<Object>) ((Supplier<?>) type.getDeclaredConstructor().newInstance()).get();
    assertThat(fallen(body, "cannot be written")).hasSize(2800);
  }

  @Test
  void choiceOfTheEngine_isLoggedOnce() {
    java.util.logging.Logger logger = java.util.logging.Logger.getLogger("dev.heddle.iter");
    List<String> logged = new ArrayList<>();
    java.util.logging.Handler handler = new java.util.logging.Handler() {
      @Override
      public void publish(java.util.logging.LogRecord record) {
        logged.add(record.getLevel() + " " + record.getParameters()[1]);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
    logger.setLevel(java.util.logging.Level.FINE);
    logger.addHandler(handler);
    try {
      GeneratorBody<Object> body = y -> {
        synchronized (log) {
          y.yield(1);
        }
      };
      Generator.of(body).toList();
      Generator.of(body).toList();
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(null);
    }
    assertThat(logged).containsExactly("FINE VIRTUAL_THREAD: it yields inside a synchronized block");
  }

  @Test
  void nullBody_isNamed() {
    assertThatThrownBy(() -> Generator.of(null)).isInstanceOf(NullPointerException.class).hasMessageContaining("body");
    assertThatThrownBy(() -> Generator.iterable(null)).hasMessageContaining("body");
    assertThatThrownBy(() -> Coroutine.of(null)).hasMessageContaining("body");
    assertThatThrownBy(() -> Generator.of(null, y -> y.yield(1))).hasMessageContaining("host");
  }

  @Test
  void iterable_runsTheBodyAfresh() {
    Iterable<Integer> twice = Generator.iterable(
        y -> {
          y.yield(1);
          y.yield(2);
        });
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      for (int n : twice) {
        seen.add(n);
      }
    }
    assertThat(seen).containsExactly(1, 2, 1, 2);
  }
}
