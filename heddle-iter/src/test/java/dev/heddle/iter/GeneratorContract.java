package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of engines for the elements of a generator: their order, laziness, exceptions and states. */
@Timeout(30)
@SuppressWarnings("NullAway") // null elements and results are among what is tested
abstract class GeneratorContract extends EngineContract {
  GeneratorContract(TestedEngine engine) {
    super(engine);
  }

  @Test
  void next_afterTheEnd_staysExhausted() {
    Generator<Integer> g = generator(y -> y.yield(1));
    assertThat(g.next()).isEqualTo(1);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(g::next).isInstanceOf(StopIteration.class).isInstanceOf(NoSuchElementException.class);
      assertThat(g.hasNext()).isFalse();
    }
    assertThatThrownBy(g::next).hasMessageContaining("has ended").hasMessageContaining("of(body)");
  }

  @Test
  void loop_seesEachElementOnce() {
    List<Integer> seen = new ArrayList<>();
    for (int n : this.<Integer>generator(
        y -> {
          for (int i = 0;; i++) {
            y.yield(i * i);
          }
        })) {
      if (n > 50) {
        break;
      }
      seen.add(n);
    }
    assertThat(seen).containsExactly(0, 1, 4, 9, 16, 25, 36, 49);
  }

  @Test
  void iterator_ofAnEndedGenerator_namesTheRemedy() {
    Generator<Integer> g = generator(y -> y.yield(1));
    assertThat(g.toList()).containsExactly(1);
    assertThatThrownBy(g::iterator)
        .isInstanceOf(GeneratorException.WrongState.class)
        .hasMessageContaining("Generator.iterable(body)");
  }

  @Test
  void next_isLazy() {
    List<String> log = new ArrayList<>();
    Generator<String> g = generator(
        y -> {
          log.add("start");
          y.yield("a");
          log.add("between");
          y.yield("b");
          log.add("end");
        });
    assertThat(log).isEmpty();
    assertThat(g.next()).isEqualTo("a");
    assertThat(log).containsExactly("start");
    assertThat(g.hasNext()).isTrue();
    assertThat(g.hasNext()).isTrue();
    assertThat(log).containsExactly("start", "between");
    assertThat(g.next()).isEqualTo("b");
    assertThat(g.hasNext()).isFalse();
    assertThat(log).containsExactly("start", "between", "end");
  }

  @Test
  void return_inTry_runsFinallyWhichMayYield() {
    Generator<String> g = generator(
        y -> {
          try {
            y.yield("try");
            return;
          } finally {
            y.yield("finally");
          }
        });
    assertThat(g.toList()).containsExactly("try", "finally");
  }

  @Test
  void nestedTry_withYieldsAndRethrow_runsInOrder() {
    List<String> log = new ArrayList<>();
    Generator<Integer> g = generator(
        y -> {
          try {
            try {
              y.yield(1);
              throw new IllegalStateException("first");
            } catch (IllegalStateException e) {
              y.yield(2);
              log.add(e.getMessage());
              throw new IllegalArgumentException("second", e);
            } finally {
              y.yield(3);
              log.add("inner");
            }
          } catch (IllegalArgumentException e) {
            y.yield(4);
            log.add(e.getMessage());
          } finally {
            y.yield(5);
            log.add("outer");
          }
          y.yield(6);
        });
    assertThat(g.toList()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(log).containsExactly("first", "inner", "second", "outer");
  }

  @Test
  void exception_escaping_closesTheGenerator() {
    Exception boom = new java.io.IOException("boom");
    Generator<Integer> g = generator(
        y -> {
          y.yield(1);
          throw boom;
        });
    g.next();
    assertThatThrownBy(g::next).isSameAs(boom);
    assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
    assertThatThrownBy(g::next).isInstanceOf(StopIteration.class);
  }

  @Test
  void yieldedNull_isNotTheEnd() {
    Generator<String> g = generator(
        y -> {
          y.yield(null);
          y.yield("a");
          y.yield(null);
        });
    assertThat(g.hasNext()).isTrue();
    assertThat(g.next()).isNull();
    assertThat(g.next()).isEqualTo("a");
    assertThat(g.toList()).containsExactly((String) null);
  }

  @Test
  void exception_showsTheBodysOwnLine() {
    Generator<Integer> g = generator(
        y -> {
          y.yield(1);
          throw new IllegalStateException("here");
        });
    int line = lineOfHere() - 2;
    g.next();
    assertThatThrownBy(g::next)
        .satisfies(
            e -> {
              StackTraceElement top = e.getStackTrace()[0];
              assertThat(top.getFileName()).isEqualTo("GeneratorContract.java");
              assertThat(top.getLineNumber()).isEqualTo(line);
              assertThat(top.getClassName()).startsWith(GeneratorContract.class.getName());
            });
  }

  private static int lineOfHere() {
    return StackWalker.getInstance().walk(s -> s.skip(1).findFirst().orElseThrow()).getLineNumber();
  }

  @Test
  void noSuchElement_escaping_becomesAnError() {
    Iterator<Integer> empty = List.<Integer>of().iterator();
    Generator<Integer> g = generator(y -> y.yield(empty.next()));
    assertThatThrownBy(g::next)
        .isInstanceOf(GeneratorException.EscapedStopIteration.class)
        .hasCauseInstanceOf(NoSuchElementException.class);
    assertThat(g.hasNext()).isFalse();
    Generator<Integer> inner = generator(y -> y.yield(1));
    Generator<Integer> outer = generator(
        y -> {
          y.yield(inner.next());
          y.yield(inner.next());
        });
    assertThat(outer.next()).isEqualTo(1);
    assertThatThrownBy(outer::next)
        .isInstanceOf(GeneratorException.EscapedStopIteration.class)
        .hasCauseInstanceOf(StopIteration.class);
  }

  @Test
  void state_goesThroughAllFour() {
    List<GeneratorState> inside = new ArrayList<>();
    List<Generator<Integer>> self = new ArrayList<>();
    Generator<Integer> g = generator(
        y -> {
          inside.add(self.getFirst().state());
          y.yield(1);
          inside.add(self.getFirst().state());
        });
    self.add(g);
    assertThat(g.state()).isEqualTo(GeneratorState.CREATED);
    g.next();
    assertThat(g.state()).isEqualTo(GeneratorState.SUSPENDED);
    assertThat(g.hasNext()).isFalse();
    assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
    assertThat(inside).containsExactly(GeneratorState.RUNNING, GeneratorState.RUNNING);
  }
}
