package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of engines for {@code yieldFrom}: elements, values, exceptions and {@code close} pass through to the delegate. */
@Timeout(60)
@SuppressWarnings("NullAway") // null elements and results are among what is tested
abstract class DelegationContract extends EngineContract {
  DelegationContract(TestedEngine engine) {
    super(engine);
  }

  @Test
  void delegate_isVisibleWhileSuspendedThere() {
    Generator<Integer> inner = generator(y -> y.yield(1));
    Generator<Integer> outer = generator(
        y -> {
          y.yield(0);
          y.yieldFrom(inner);
          y.yield(2);
        });
    assertThat(outer.delegate()).isNull();
    outer.next();
    assertThat(outer.delegate()).isNull();
    assertThat(outer.next()).isEqualTo(1);
    assertThat(outer.delegate()).isSameAs(inner);
    assertThat(outer.next()).isEqualTo(2);
    assertThat(outer.delegate()).isNull();
  }

  @Test
  void delegate_isSentAndRaisedTo() {
    Coroutine<String, String, String> inner = coroutine(
        y -> {
          String all = "";
          String got = y.yield("ready");
          while (got != null) {
            all += got;
            try {
              got = y.yield("got " + got);
            } catch (IllegalArgumentException e) {
              got = y.yield("caught " + e.getMessage());
            }
          }
          return all;
        });
    Coroutine<String, String, String> outer = coroutine(
        y -> {
          String result = y.yieldFrom(inner);
          y.yield("result " + result);
          return result;
        });
    assertThat(outer.next()).isEqualTo("ready");
    assertThat(outer.send("a")).isEqualTo("got a");
    assertThat(outer.raise(new IllegalArgumentException("b"))).isEqualTo("caught b");
    assertThat(outer.send("c")).isEqualTo("got c");
    assertThat(outer.next()).isEqualTo("result ac");
    assertThat(inner.state()).isEqualTo(GeneratorState.CLOSED);
  }

  @Test
  void close_runsInnerFinallyBeforeOuter() {
    List<String> log = new ArrayList<>();
    Generator<Integer> inner = generator(
        y -> {
          try {
            y.yield(1);
          } finally {
            log.add("inner");
          }
        });
    Generator<Integer> outer = generator(
        y -> {
          try {
            y.yieldFrom(inner);
          } finally {
            log.add("outer");
          }
        });
    outer.next();
    outer.close();
    assertThat(log).containsExactly("inner", "outer");
    assertThat(inner.state()).isEqualTo(GeneratorState.CLOSED);
  }

  @Test
  void exception_ofTheDelegate_surfacesAtTheYieldFrom() {
    Generator<String> outer = generator(
        y -> {
          try {
            y.yieldFrom(
                this.<String>generator(
                    z -> {
                      z.yield("one");
                      throw new IllegalStateException("inner");
                    }));
          } catch (IllegalStateException e) {
            y.yield("caught " + e.getMessage());
          }
        });
    assertThat(outer.toList()).containsExactly("one", "caught inner");
  }

  @Test
  void close_whenTheDelegateFails_raisesThatInTheBody() {
    Generator<String> inner = generator(
        y -> {
          try {
            y.yield("one");
          } finally {
            throwNow();
          }
        });
    List<String> log = new ArrayList<>();
    Generator<String> outer = generator(
        y -> {
          try {
            y.yieldFrom(inner);
          } catch (IllegalStateException e) {
            log.add(e.getMessage());
          }
        });
    outer.next();
    outer.close();
    assertThat(log).containsExactly("closing failed");
  }

  private static void throwNow() {
    throw new IllegalStateException("closing failed");
  }

  @Test
  void yieldFrom_aRunningGenerator_failsInTheBody() {
    List<Generator<String>> self = new ArrayList<>();
    Generator<String> g = generator(
        y -> {
          try {
            y.yieldFrom(self.getFirst());
          } catch (GeneratorException.AlreadyExecuting e) {
            y.yield("caught");
          }
        });
    self.add(g);
    assertThat(g.toList()).containsExactly("caught");
  }

  @Test
  void yieldFrom_aCircleOfGenerators_failsInTheBody() {
    List<Generator<String>> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int next = (i + 1) % 3;
      all.add(
          generator(
              y -> {
                try {
                  y.yield("before " + next);
                  y.yieldFrom(all.get(next));
                } catch (GeneratorException.AlreadyExecuting e) {
                  y.yield("caught " + next);
                }
              }));
    }
    Generator<String> outside = generator(y -> y.yieldFrom(all.getFirst()));
    assertThat(outside.toList()).containsExactly("before 1", "before 2", "before 0", "caught 0");
  }

  @Test
  void delegation_manyLevelsDeep_doesNotOverflowTheStack() {
    Generator<Integer> deep = deep(depth());
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      seen.add(deep.next());
    }
    assertThat(seen).containsExactly(0, 1, 2);
    assertThat(deep.hasNext()).isFalse();
    Generator<Integer> closed = deep(depth());
    closed.next();
    closed.close();
    assertThat(closed.state()).isEqualTo(GeneratorState.CLOSED);
  }

  private Generator<Integer> deep(int depth) {
    return generator(
        y -> {
          if (depth == 0) {
            for (int i = 0; i < 3; i++) {
              y.yield(i);
            }
          } else {
            y.yieldFrom(deep(depth - 1));
          }
        });
  }

  /** How deep a chain of delegates may be expected to be. */
  int depth() {
    return TestedEngine.UNDER_AGENT ? 100 : 3000;
  }

  @Test
  void yieldFrom_givesTheResult() {
    Coroutine<Integer, Void, Integer> sum = coroutine(
        y -> {
          int total = 0;
          for (int start = 0; start < 30; start += 10) {
            int from = start;
            total += y.yieldFrom(
                this.<Integer, Void, Integer>coroutine(
                    z -> {
                      z.yield(from);
                      z.yield(from + 1);
                      return 2 * from + 1;
                    }));
          }
          return total;
        });
    assertThat(sum.toList()).containsExactly(0, 1, 10, 11, 20, 21);
  }

  @Test
  void yieldFrom_anEndedCoroutine_givesNull() {
    Coroutine<String, Void, String> ended = coroutine(y -> "result");
    assertThat(ended.hasNext()).isFalse();
    Coroutine<String, Void, String> outer = coroutine(y -> "got " + y.yieldFrom(ended));
    assertThat(outer.hasNext()).isFalse();
    assertThat(outer.result()).isEqualTo("got null");
    assertThat(ended.result()).isEqualTo("result");
  }

  @Test
  void yieldFrom_aGeneratorOfWhichAnElementWasFetched_startsWithIt() {
    Generator<Integer> inner = generator(
        y -> {
          y.yield(1);
          y.yield(2);
        });
    assertThat(inner.hasNext()).isTrue();
    assertThat(this.<Integer>generator(y -> y.yieldFrom(inner)).toList()).containsExactly(1, 2);
  }

  @Test
  void yieldFrom_takesIterablesAndIterators() {
    Iterator<String> iterator = List.of("b", "c").iterator();
    Generator<String> g = generator(
        y -> {
          y.yieldFrom(List.of("a"));
          y.yieldFrom(iterator);
          y.yieldFrom(List.of());
          y.yieldFrom(Iter.of("d", null));
        });
    assertThat(g.toList()).containsExactly("a", "b", "c", "d", null);
  }

  @Test
  void send_toAPlainIterator_failsInTheBody() {
    Coroutine<String, String, String> c = coroutine(
        y -> {
          try {
            y.yieldFrom(List.of("a", "b"));
            return "all";
          } catch (GeneratorException.WrongState e) {
            return e.getMessage();
          }
        });
    c.next();
    assertThatThrownBy(() -> c.send("x")).isInstanceOf(StopIteration.class);
    assertThat(c.result()).contains("send(x)").contains("plain iterator");
  }

  @Test
  void raise_atAPlainIterator_surfacesInTheBody() {
    Coroutine<String, String, String> c = coroutine(
        y -> {
          try {
            y.yieldFrom(List.of("a", "b"));
            return "all";
          } catch (IllegalArgumentException e) {
            return "caught";
          }
        });
    c.next();
    assertThatThrownBy(() -> c.raise(new IllegalArgumentException())).isInstanceOf(StopIteration.class);
    assertThat(c.result()).isEqualTo("caught");
  }

  @Test
  void close_closesACloseableDelegate() {
    List<String> log = new ArrayList<>();
    class Source implements Iter<Integer> {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Integer next() {
        return 1;
      }

      @Override
      public void close() {
        log.add("closed");
      }
    }
    Iter<Integer> source = new Source();
    Generator<Integer> g = generator(y -> y.yieldFrom(source));
    g.next();
    g.close();
    assertThat(log).containsExactly("closed");
  }

  @Test
  void yieldFrom_null_failsInTheBody() {
    Generator<String> g = generator(
        y -> {
          try {
            y.yieldFrom(nothing());
          } catch (NullPointerException e) {
            y.yield(e.getMessage());
          }
        });
    assertThat(g.next()).contains("source").contains("null");
  }

  private static List<String> nothing() {
    return null;
  }
}
