package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of engines for what is exchanged with a coroutine: values sent, exceptions raised, its result. */
@Timeout(30)
@SuppressWarnings("NullAway") // null elements and results are among what is tested
abstract class CoroutineContract extends EngineContract {
  CoroutineContract(TestedEngine engine) {
    super(engine);
  }

  @Test
  void send_reachesTheExpression() {
    Coroutine<Integer, Integer, Integer> c = coroutine(
        y -> {
          int count = 0;
          while (count < 100) {
            count += y.yield(count);
          }
          return count;
        });
    assertThat(c.next()).isEqualTo(0);
    assertThat(c.send(10)).isEqualTo(10);
    assertThat(c.send(20)).isEqualTo(30);
    assertThatThrownBy(() -> c.send(70))
        .isInstanceOfSatisfying(StopIteration.class, stop -> assertThat(stop.result()).isEqualTo(100));
    assertThat(c.result()).isEqualTo(100);
  }

  @Test
  void send_beforeStart_namesTheRemedy() {
    Coroutine<Integer, Integer, Void> c = coroutine(
        y -> {
          y.yield(y.yield(1));
          return null;
        });
    assertThatThrownBy(() -> c.send(5))
        .isInstanceOf(GeneratorException.NotStarted.class)
        .hasMessageContaining("send(5)")
        .hasMessageContaining("next()");
    assertThat(c.state()).isEqualTo(GeneratorState.CREATED);
    assertThat(c.send(null)).isEqualTo(1);
    assertThat(c.send(7)).isEqualTo(7);
  }

  @Test
  void send_afterHasNext_namesTheRemedy() {
    Coroutine<Integer, Integer, Void> c = coroutine(
        y -> {
          y.yield(1);
          y.yield(y.yield(2));
          return null;
        });
    assertThat(c.hasNext()).isTrue();
    assertThatThrownBy(() -> c.send(9))
        .isInstanceOf(GeneratorException.WrongState.class)
        .hasMessageContaining("hasNext()");
    assertThat(c.next()).isEqualTo(1);
    assertThat(c.next()).isEqualTo(2);
    assertThat(c.send(9)).isEqualTo(9);
  }

  @Test
  void yield_withValuesOnTheStack_keepsTheOrderOfEvaluation() {
    List<String> log = new ArrayList<>();
    Coroutine<String, Integer, String> c = coroutine(
        y -> {
          int[] cells = new int[10];
          long wide = 1L << 40;
          cells[note(log, "index", y.yield("a"))] += note(log, "value", y.yield("b"));
          String joined = wide + note(log, "x", y.yield("c")) + ":" + 2.5 * note(log, "y", y.yield("d")) + cells[3]
              + new java.util.BitSet(y.yield("e")).size() + (Object) y.yield("f");
          return joined + Math.max(wide, y.yield("g"));
        });
    c.next();
    for (int sent : new int[]{3, 40, 5, 2, 6, 7}) {
      c.send(sent);
    }
    assertThatThrownBy(() -> c.send(8)).isInstanceOf(StopIteration.class);
    assertThat(log).containsExactly("index=3", "value=40", "x=5", "y=2");
    assertThat(c.result()).isEqualTo((1L << 40) + 5 + ":5.040647" + (1L << 40));
  }

  private static int note(List<String> log, String name, int value) {
    log.add(name + "=" + value);
    return value;
  }

  @Test
  void raise_caughtInside_goesOn() {
    Coroutine<String, Void, Void> c = coroutine(
        y -> {
          while (true) {
            try {
              y.yield("ready");
            } catch (IllegalArgumentException e) {
              y.yield("caught " + e.getMessage());
            }
          }
        });
    assertThat(c.next()).isEqualTo("ready");
    for (String each : List.of("a", "b")) {
      assertThat(c.raise(new IllegalArgumentException(each))).isEqualTo("caught " + each);
      assertThat(c.next()).isEqualTo("ready");
    }
    c.close();
  }

  @Test
  void raise_uncaught_closes() {
    Coroutine<Integer, Void, Void> c = coroutine(
        y -> {
          y.yield(1);
          return null;
        });
    c.next();
    Exception thrown = new java.io.IOException("x");
    assertThatThrownBy(() -> c.raise(thrown)).isSameAs(thrown);
    assertThat(c.state()).isEqualTo(GeneratorState.CLOSED);
    assertThatThrownBy(c::next).isInstanceOf(StopIteration.class);
  }

  @Test
  void raise_onUnstartedOrClosed_comesBack() {
    List<String> log = new ArrayList<>();
    Coroutine<Integer, Void, Void> c = coroutine(
        y -> {
          log.add("ran");
          y.yield(1);
          return null;
        });
    Exception first = new Exception("first");
    assertThatThrownBy(() -> c.raise(first)).isSameAs(first);
    assertThat(c.state()).isEqualTo(GeneratorState.CLOSED);
    Exception second = new NoSuchElementException("second");
    assertThatThrownBy(() -> c.raise(second)).isSameAs(second);
    assertThat(log).isEmpty();
    assertThatThrownBy(() -> c.raise(null)).isInstanceOf(NullPointerException.class).hasMessageContaining("exception");
  }

  @Test
  void raise_andRethrow_keepsTheOriginalStackTrace() {
    Coroutine<Integer, Void, Void> c = coroutine(
        y -> {
          try {
            y.yield(1);
          } catch (IllegalStateException e) {
            y.yield(2);
            throw e;
          }
          return null;
        });
    c.next();
    IllegalStateException original = madeElsewhere();
    StackTraceElement[] trace = original.getStackTrace();
    assertThat(c.raise(original)).isEqualTo(2);
    assertThatThrownBy(c::next).isSameAs(original);
    assertThat(original.getStackTrace()).isEqualTo(trace);
    assertThat(trace[0].getMethodName()).isEqualTo("madeElsewhere");
  }

  private static IllegalStateException madeElsewhere() {
    return new IllegalStateException("original");
  }

  @Test
  void result_isOfAnyType() {
    for (Object value : new Object[]{"text", 42, List.of(1), new int[0], new IllegalStateException("as a value")}) {
      Coroutine<Integer, Void, Object> c = coroutine(
          y -> {
            y.yield(1);
            return value;
          });
      c.next();
      assertThatThrownBy(c::next)
          .isInstanceOfSatisfying(StopIteration.class, stop -> assertThat(stop.result()).isSameAs(value));
      assertThatThrownBy(c::next)
          .isInstanceOfSatisfying(StopIteration.class, stop -> assertThat(stop.result()).isNull());
      assertThat(c.result()).isSameAs(value);
    }
    Coroutine<Integer, Void, Object> nothing = coroutine(y -> null);
    assertThat(nothing.hasNext()).isFalse();
    assertThat(nothing.result()).isNull();
  }
}
