package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The classes that bodies stand in, and which of their members a compiled body reaches. */
@Timeout(60)
class BodyHostTest extends dev.heddle.iter.fuzz.FuzzBase {
  private int secret = 7;

  @Override
  public List<CoroutineBody<Object, Object, Object>> bodies() {
    return List.of();
  }

  @Override
  protected int hook(int a, Object b, long c) {
    return -1;
  }

  @Test
  void privateAndProtectedAndSuper_fromTheBody() {
    List<Object> seen = EngineChoice.compiled(
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
    assertThat(EngineChoice.compiled(y -> y.yield(array.clone().length + hashCode()))).containsExactly(2 + hashCode());
  }

  private static int primitive(CoroutineYielder<Object, Object> y) {
    y.yield("x");
    return 41;
  }

  @Test
  void methodReferences_ofEveryKind() {
    assertThat(EngineChoice.echo(BodyHostTest::primitive)).isEqualTo(41);
    assertThat(EngineChoice.compiled(this::numbers)).containsExactly(7);
    assertThat(EngineChoice.compiled(new Base()::numbers)).containsExactly("base");
    assertThat(EngineChoice.compiled(((Base) new Derived())::numbers)).containsExactly("derived", "base");
    List<String> both = new ArrayList<>();
    for (Base each : List.of(new Base(), new Derived(), new Base())) {
      both.addAll(EngineChoice.compiled(each::numbers));
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
    assertThat(EngineChoice.compiled(body)).containsExactly(1, 0);
  }

  @Test
  void lookupOfTheBody_isTheHosts() {
    assertThat(EngineChoice.compiled((Yielder<Object> y) -> y.yield(java.lang.invoke.MethodHandles.lookup().lookupClass())))
        .containsExactly(BodyHostTest.class);
    assertThat(
        EngineChoice.fallen(y -> y.yield(BodyHostTest.class.getDeclaredField("secret").getInt(this)), "Field.getInt"))
        .containsExactly(7);
  }

  @Test
  void anonymousAndLocalClasses_inTheBody() {
    assertThat(
        EngineChoice.compiled(
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
    assertThat(EngineChoice.compiled(new Person("Ada").greetings())).containsExactly("secret", "hidden", "Ada", "Ada");
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
