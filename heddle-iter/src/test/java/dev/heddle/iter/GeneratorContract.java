package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every engine does alike: the scenarios of one generator; those of delegation are in {@link DelegationContract}. */
@Timeout(30)
@SuppressWarnings("NullAway") // null elements and results are among what is tested
abstract class GeneratorContract {

  abstract <T> Generator<T> generator(GeneratorBody<T> body);

  abstract <Y, S, R> Coroutine<Y, S, R> coroutine(CoroutineBody<Y, S, R> body);

  // 1
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

  // 2
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

  // 3
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

  // 4
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

  // 5
  @Test
  void next_fromTheBodyItself_isAlreadyExecuting() {
    List<Generator<Integer>> self = new ArrayList<>();
    Generator<Integer> g = generator(y -> y.yield(self.getFirst().next()));
    self.add(g);
    assertThatThrownBy(g::next)
        .isInstanceOf(GeneratorException.AlreadyExecuting.class)
        .hasMessageContaining("already executing");
    assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
  }

  @Test
  void close_fromTheBodyItself_isAlreadyExecuting() {
    List<Generator<Integer>> self = new ArrayList<>();
    Generator<Integer> g = generator(
        y -> {
          assertThatThrownBy(() -> self.getFirst().close())
              .isInstanceOf(GeneratorException.AlreadyExecuting.class);
          assertThatThrownBy(() -> self.getFirst().hasNext())
              .isInstanceOf(GeneratorException.AlreadyExecuting.class);
          y.yield(1);
        });
    self.add(g);
    assertThat(g.next()).isEqualTo(1);
  }

  // 6
  @Test
  void next_fromAnotherThread_resumesForIt() throws Exception {
    Generator<Integer> g = generator(
        y -> {
          for (int i = 0; i < 4; i++) {
            y.yield(i);
          }
        });
    assertThat(g.next()).isEqualTo(0);
    assertThat(CompletableFuture.supplyAsync(g::next).get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(g.next()).isEqualTo(2);
    assertThat(CompletableFuture.supplyAsync(g::next).get(10, TimeUnit.SECONDS)).isEqualTo(3);
  }

  @Test
  void next_whileAnotherThreadRunsTheBody_isAlreadyExecuting() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Generator<String> g = generator(
        y -> {
          inside.countDown();
          go.await();
          y.yield("done");
        });
    CompletableFuture<String> other = CompletableFuture.supplyAsync(g::next);
    inside.await();
    assertThat(g.state()).isEqualTo(GeneratorState.RUNNING);
    assertThatThrownBy(g::next).isInstanceOf(GeneratorException.AlreadyExecuting.class);
    go.countDown();
    assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("done");
  }

  // 7
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

  // 8
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

  // 9
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

  // 10
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

  // 11
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

  // 12
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

  // 13
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

  // 14
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

  // 15
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

  // 16
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

  // 17
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

  // 18
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

  // 19
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

  // 20
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

  // 21
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

  @Test
  void interrupt_ofTheDriver_isSeenByTheBody() {
    Generator<Boolean> g = generator(
        y -> {
          while (true) {
            y.yield(Thread.currentThread().isInterrupted());
          }
        });
    assertThat(g.next()).isFalse();
    Thread.currentThread().interrupt();
    try {
      assertThat(g.next()).as("seen by the body").isTrue();
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(g.next()).isFalse();
  }

  @Test
  void interrupts_inAnyMoment_comeBackToTheDriver() {
    Generator<Boolean> g = generator(
        y -> {
          while (true) {
            y.yield(Thread.currentThread().isInterrupted());
          }
        });
    for (int i = 0; i < 1_000; i++) {
      Thread.currentThread().interrupt();
      assertThat(g.next()).as("of round " + i + ", seen by the body").isTrue();
      assertThat(Thread.interrupted()).as("interrupt of round " + i).isTrue();
      assertThat(g.next()).as("of round " + i + ", seen in the next").isFalse();
    }
  }
}
