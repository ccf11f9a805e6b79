package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a body may do with its yielder and still become a state machine, and what it may not. */
@Timeout(60)
@SuppressWarnings({"NullAway", "ReferenceEquality", "AlreadyChecked", "UnnecessaryMethodReference",
    "IdentityBinaryExpression",
    "cast"}) // the casts and references are what is tested
class YielderUsesTest {

  private static void assertCompiled(GeneratorBody<Object> body, Object... expected) {
    assertThat(Generator.engineOf(body).toString()).startsWith("COMPILED");
    assertGives(body, expected);
  }

  private static void assertFallsBack(String reason, GeneratorBody<Object> body, Object... expected) {
    assertThat(Generator.engineOf(body).toString())
        .startsWith("VIRTUAL_THREAD: the yielder " + reason + "; a body is compiled");
    assertGives(body, expected);
  }

  private static void assertGives(GeneratorBody<Object> body, Object... expected) {
    List<Object> pulled = new ArrayList<>();
    for (Object each : Generator.of(body)) {
      pulled.add(each);
    }
    assertThat(pulled).as("pulled").containsExactly(expected);
    assertThat(Generator.of(body).toList()).as("pushed").isEqualTo(pulled);
  }

  private static int risky(int i) {
    if (i > 1) {
      throw new IllegalStateException("no " + i);
    }
    return i;
  }

  @Test
  void nullCheck_whoseResultIsUsed() {
    assertCompiled(y -> Objects.requireNonNull(y).yield(1), 1);
    assertCompiled(
        y -> {
          Yielder<Object> same = Objects.requireNonNull(y, "y");
          same.yield(1);
          Objects.requireNonNull(y).yield(2);
          y.yield(3);
        },
        1, 2, 3);
  }

  @Test
  void comparisonWithNull() {
    assertCompiled(
        y -> {
          if (y == null) {
            throw new NullPointerException("y is marked non-null but is null");
          }
          assert y != null;
          y.yield(1);
        },
        1);
  }

  @Test
  void alias_inLoopsAndTries() {
    assertCompiled(
        y -> {
          Yielder<Object> z = y;
          for (int i = 0; i < 2; i++) {
            try {
              z.yield(i);
              y.yield(risky(i + 1));
            } catch (IllegalStateException e) {
              z.yield(e.getMessage());
            } finally {
              Yielder<Object> w = z;
              w.yield("finally");
            }
          }
        },
        0, 1, "finally", 1, "no 2", "finally");
  }

  @Test
  void cast_andInstanceof() {
    assertCompiled(
        y -> {
          Object o = y;
          ((Yielder<Object>) y).yield(1);
          y.yield(o instanceof Yielder<?>);
        },
        1, true);
  }

  @Test
  void receiver_byACondition() {
    boolean[] flag = {false};
    assertCompiled(
        y -> {
          for (int i = 0; i < 2; i++) {
            (flag[0] ? y : (Yielder<Object>) y).yield(i);
            flag[0] = !flag[0];
          }
        },
        0, 1);
  }

  @Test
  void tryInTheArgument() {
    assertCompiled(
        y -> {
          for (int i = 0; i < 3; i++) {
            y.yield(switch (i) {
              case 7 -> "seven";
              default -> {
                try {
                  yield risky(i);
                } catch (IllegalStateException e) {
                  y.yield("caught");
                  yield -1;
                }
              }
            });
          }
        },
        0, 1, "caught", -1);
  }

  private record Two(Object a, Object b) {}

  private static final class Secret {
    private final Object a;

    private Secret(Object a, int b) {
      this.a = List.of(a, b);
    }

    @Override
    public String toString() {
      return "Secret" + a;
    }
  }

  @Test
  void tryInTheArgumentOfAConstructor() {
    assertCompiled(
        y -> {
          for (int i = 1; i < 3; i++) {
            y.yield(new Two(i, switch (i) {
              case 7 -> "seven";
              default -> {
                try {
                  y.yield("in");
                  yield risky(i);
                } catch (IllegalStateException e) {
                  yield -1;
                }
              }
            }));
            y.yield(String.valueOf(new Secret("s", switch (i) {
              case 7 -> 7;
              default -> {
                try {
                  yield risky(i);
                } catch (IllegalStateException e) {
                  yield -2;
                }
              }
            })));
          }
        },
        "in", new Two(1, 1), "Secret[s, 1]", "in", new Two(2, -1), "Secret[s, -2]");
  }

  private static void helper(Yielder<Object> y) {
    y.yield("helped");
  }

  private static long count(int n, String text, Yielder<Object> y) {
    for (int i = 0; i < n; i++) {
      y.yield(text + i);
    }
    return n;
  }

  private void own(Yielder<Object> y) {
    y.yield(getClass().getSimpleName());
  }

  @Test
  void call_thatOnlyPassesTheParametersOn() {
    int n = 2;
    String text = "t";
    assertCompiled(y -> helper(y), "helped");
    assertCompiled(y -> count(n, text, y), "t0", "t1");
    assertCompiled(y -> own(y), "YielderUsesTest");
  }

  private static void ping(Yielder<Object> y) {
    pong(y);
  }

  private static void pong(Yielder<Object> y) {
    ping(y);
  }

  @Test
  void call_inACircle_isNoHang() {
    GeneratorBody<Object> circle = YielderUsesTest::ping;
    assertThat(Generator.engineOf(circle).toString()).startsWith("VIRTUAL_THREAD");
  }

  @Test
  void reference_toAnotherBody() {
    for (int i = 0; i < 2; i++) {
      int number = i;
      GeneratorBody<Object> body = y -> y.yield(number);
      GeneratorBody<Object> other = body::run;
      GeneratorBody<Object> further = other::run;
      assertCompiled(other, i);
      assertCompiled(further, i);
    }
  }

  private record Kept(Yielder<Object> y) {}

  private static Yielder<Object> last;

  private Yielder<Object> mine;

  private static Object lambdas(Runnable each) {
    each.run();
    return "ran";
  }

  @Test
  void otherUse_fallsBack_andSaysWhichItIs() {
    assertFallsBack("is passed to Objects.toString", y -> y.yield(Objects.toString(y).isEmpty()), false);
    assertFallsBack(
        "is passed to new YielderUsesTest$Kept",
        y -> {
          Kept kept = new Kept(y);
          y.yield(kept.y() == null);
        },
        false);
    assertFallsBack(
        "is stored in the field last",
        y -> {
          last = y;
          y.yield(1);
        },
        1);
    assertFallsBack(
        "is stored in the field mine",
        y -> {
          mine = y;
          y.yield(mine != null);
        },
        true);
    assertFallsBack("is captured by a lambda or method reference", y -> List.of(1, 2).forEach(y::yield), 1, 2);
    assertFallsBack("is captured by a lambda or method reference", y -> y.yield(lambdas(() -> y.yield(1))), 1, "ran");
    assertFallsBack("is passed to String.valueOf", y -> y.yield(("" + y).isEmpty()), false);
    assertFallsBack("is passed to a call site of typeSwitch", y -> y.yield(switch ((Object) y) {
      case String text -> text;
      default -> "no text";
    }), "no text");
    assertFallsBack(
        "is locked by a synchronized block",
        y -> {
          synchronized (y) {
            mine = null;
          }
          y.yield(1);
        },
        1);
    CoroutineBody<Object, Object, Object> returned = y -> y;
    assertThat(Coroutine.engineOf(returned).reason()).startsWith("the yielder is returned; ");
  }

  @Test
  void passedOn_orPerhapsAnother_fallsBack() {
    assertFallsBack(
        "is passed to YielderUsesTest.helper",
        y -> {
          helper(y);
          y.yield(1);
        },
        "helped", 1);
    boolean[] flag = {true};
    assertFallsBack(
        "is on one path, and another value on another path, in the same place",
        y -> {
          Yielder<Object> z = null;
          if (flag[0]) {
            z = y;
          }
          z.yield(1);
        },
        1);
    assertFallsBack(
        "is stored in an array",
        y -> {
          Object[] kept = {y};
          y.yield(kept.length);
        },
        1);
  }

  @Test
  void yielderOfAnother_isAnother() {
    GeneratorBody<Object> outer = y -> y.yieldFrom(Generator.<Object>of(
        z -> {
          z.yield((Object) y == (Object) z);
          z.yield(z == z);
        }));
    assertGives(outer, false, true);
  }

  @Test
  void sent_throughAnAlias() {
    Coroutine<Integer, Integer, Integer> sum = Coroutine.of(
        y -> {
          CoroutineYielder<Integer, Integer> z = Objects.requireNonNull(y);
          return z.yield(1) + 10 * z.yield(2) + 100 * y.yield(3);
        });
    sum.next();
    sum.send(4);
    sum.send(5);
    assertThatThrownBy(() -> sum.send(6)).isInstanceOf(StopIteration.class);
    assertThat(sum.result()).isEqualTo(654);
  }
}
