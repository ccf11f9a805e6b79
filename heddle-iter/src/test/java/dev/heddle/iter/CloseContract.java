package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of engines for {@code close}: which blocks of the body run, and what comes of their exceptions. */
@Timeout(30)
@SuppressWarnings("NullAway") // null elements and results are among what is tested
abstract class CloseContract extends EngineContract {
  CloseContract(TestedEngine engine) {
    super(engine);
  }

  @Test
  void close_unstarted_runsNothing() {
    List<String> log = new ArrayList<>();
    Generator<Integer> g = generator(
        y -> {
          try {
            y.yield(1);
          } finally {
            log.add("finally");
          }
        });
    g.close();
    g.close();
    assertThat(log).isEmpty();
    assertThat(g.hasNext()).isFalse();
    assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
  }

  @Test
  void close_suspended_runsFinallyOnce() {
    List<String> log = new ArrayList<>();
    Generator<Integer> g = generator(
        y -> {
          try (AutoCloseable resource = () -> log.add("resource")) {
            assertThat(resource).isNotNull();
            y.yield(1);
            y.yield(2);
          } finally {
            log.add("finally");
          }
        });
    assertThat(g.next()).isEqualTo(1);
    assertThat(g.hasNext()).isTrue();
    g.close();
    g.close();
    assertThat(log).containsExactly("resource", "finally");
    assertThat(g.hasNext()).isFalse();
    assertThatThrownBy(g::next).isInstanceOf(StopIteration.class);
  }

  @Test
  void generatorExit_passesCatchException() {
    List<String> log = new ArrayList<>();
    Generator<Integer> g = generator(
        y -> {
          try {
            y.yield(1);
          } catch (Exception e) {
            log.add("caught " + e);
          } finally {
            log.add("finally");
          }
        });
    g.next();
    g.close();
    assertThat(log).containsExactly("finally");
  }

  @Test
  void yield_duringClose_isAnError() {
    Generator<Integer> g = generator(
        y -> {
          try {
            y.yield(1);
          } finally {
            y.yield(2);
          }
        });
    g.next();
    assertThatThrownBy(g::close)
        .isInstanceOf(GeneratorException.IgnoredExit.class)
        .hasMessageContaining("yielded 2")
        .hasMessageContaining("GeneratorExit");
    assertThat(g.state()).isEqualTo(GeneratorState.SUSPENDED);
    g.close();
    assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
  }

  @Test
  void exception_duringClose_propagates() {
    Generator<Integer> g = generator(
        y -> {
          try {
            y.yield(1);
          } finally {
            throwNow("in finally");
          }
        });
    g.next();
    assertThatThrownBy(g::close).isInstanceOf(IllegalStateException.class).hasMessage("in finally");
    assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
    g.close();
  }

  private static void throwNow(String message) {
    throw new IllegalStateException(message);
  }

  @Test
  void close_whenTheBodyReturns_givesItsResult() {
    Coroutine<Integer, Void, String> c = coroutine(
        y -> {
          try {
            y.yield(1);
            return "end";
          } catch (GeneratorExit e) {
            return "closed";
          }
        });
    c.next();
    assertThatThrownBy(c::result).isInstanceOf(GeneratorException.WrongState.class).hasMessageContaining("SUSPENDED");
    c.close();
    assertThat(c.result()).isEqualTo("closed");
  }

  @Test
  void result_ofAClosedBody_isAnError() {
    Coroutine<Integer, Integer, String> c = coroutine(y -> y.yield(1) + "end");
    c.next();
    c.close();
    assertThatThrownBy(c::result).isInstanceOf(GeneratorException.WrongState.class).hasMessageContaining("no result");
  }
}
