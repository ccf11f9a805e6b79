package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The constructs of the language on which other makers of state machines have stumbled. */
@Timeout(60)
@SuppressWarnings("NullAway") // null is sent now and then
class HardCasesTest {
  private static final Object LOCK = new Object();

  private record Pair<A, B>(A first, B second) {}

  private enum Color {
    RED, GREEN
  }

  @Test
  void constructor_withYieldsInItsArguments() {
    Pair<Object, Pair<Object, Object>> made = EngineChoice.echo(
        y -> new Pair<>(y.yield(1), new Pair<>(y.yield("a"), y.yield(2) instanceof Integer i ? i + 1 : y.yield(0))));
    assertThat(made).isEqualTo(new Pair<>(1, new Pair<>("a", 3)));
  }

  @Test
  void patternsStringsAndEnums_inSwitches() {
    List<Object> seen = new ArrayList<>();
    for (Object each : new Object[]{1, 9, "a", "bb", Color.GREEN, new Pair<>(Color.RED, 4L), 2.5}) {
      seen.addAll(
          EngineChoice.compiled(
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
    Object result = EngineChoice.echo(
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
    Object result = EngineChoice.echo(
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
    assertThat(EngineChoice.compiled((Yielder<Object> y) -> y.yield("" + z + b + c + s + i + l + f + d)))
        .containsExactly("true1c2345.06.0");
  }

  @Test
  void synchronizedBlockWithoutAYield_isCompiled() {
    assertThat(
        EngineChoice.compiled(
            (Yielder<Object> y) -> {
              for (int i = 0; i < 2; i++) {
                int seen;
                synchronized (LOCK) {
                  seen = i + 1;
                }
                y.yield(seen);
              }
            }))
        .containsExactly(1, 2);
  }

  @Test
  void assertAndStaticState_work() {
    assertThat(
        EngineChoice.compiled(
            (Yielder<Object> y) -> {
              assert Color.values().length > 1 : "one color";
              y.yield(Color.values().length);
            }))
        .containsExactly(2);
  }

  @Test
  void nullBody_isNamed() {
    assertThatThrownBy(() -> Generator.of(null)).isInstanceOf(NullPointerException.class).hasMessageContaining("body");
    assertThatThrownBy(() -> Generator.iterable(null)).hasMessageContaining("body");
    assertThatThrownBy(() -> Coroutine.of(null)).hasMessageContaining("body");
    assertThatThrownBy(() -> Generator.of(null, y -> y.yield(1))).hasMessageContaining("host");
  }
}
