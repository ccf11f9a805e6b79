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

/** The contract of engines for generators that are consumed at once (pushed): they do what they do when pulled. */
@Timeout(60)
@SuppressWarnings("NullAway") // null elements and results are among what is tested
abstract class PushContract extends EngineContract {
  PushContract(TestedEngine engine) {
    super(engine);
  }

  private static String attempt(Runnable action) {
    try {
      action.run();
      return "done";
    } catch (GeneratorException e) {
      return e.getClass().getSimpleName();
    }
  }

  @Test
  void drain_unstarted_runsTheBodyItselfOnThisThread() {
    List<Object> seen = new ArrayList<>();
    Generator<Integer> g = generator(
        y -> {
          seen.add(Thread.currentThread());
          seen.add(StackWalker.getInstance().walk(s -> s.findFirst().orElseThrow()).getMethodName());
          y.yield(1);
        });
    assertThat(g.count()).isEqualTo(1);
    assertThat(seen.getFirst()).isSameAs(Thread.currentThread());
    assertThat(seen.getLast().toString()).startsWith("lambda$");
  }

  @Test
  void drain_tryFinally_runsInOrder() {
    assertThat(
        PushTrace.trace(
            log -> generator(
                y -> {
                  try {
                    try {
                      y.yield(null);
                      throw new IllegalStateException("first");
                    } catch (IllegalStateException e) {
                      y.yield(e.getMessage());
                      return;
                    } finally {
                      y.yield("inner");
                      log.add("inner ended");
                    }
                  } finally {
                    y.yield("outer");
                  }
                })))
        .containsExactly(
            "element null", "element first", "element inner", "inner ended", "element outer", "CLOSED null false");
  }

  @Test
  void drain_exceptionOfTheBody_comesUnchangedAndCloses() {
    Exception boom = new java.io.IOException("boom");
    Generator<Integer> g = generator(
        y -> {
          y.yield(1);
          throw boom;
        });
    assertThatThrownBy(g::toList).isSameAs(boom);
    assertThat(g.state()).isEqualTo(GeneratorState.CLOSED);
    assertThatThrownBy(g::next).isInstanceOf(StopIteration.class);
    assertThatThrownBy(g::toList).isInstanceOf(GeneratorException.WrongState.class);
  }

  @Test
  void drain_noSuchElement_becomesAnError() {
    Generator<Integer> g = generator(y -> y.yield(List.<Integer>of().iterator().next()));
    assertThatThrownBy(g::count)
        .isInstanceOf(GeneratorException.EscapedStopIteration.class)
        .hasCauseInstanceOf(NoSuchElementException.class);
    assertThat(
        PushTrace.trace(
            log -> generator(
                y -> {
                  try {
                    y.yieldFrom(this.<Integer>generator(z -> z.yield(List.<Integer>of().getFirst())));
                  } catch (GeneratorException.EscapedStopIteration e) {
                    log.add("caught");
                  }
                  y.yieldFrom(failingAt(1)); // its own error, unchanged here
                })))
        .contains("caught", "element 0", "CLOSED null false")
        .anyMatch(line -> line.startsWith("threw dev.heddle.iter.GeneratorException$EscapedStopIteration"));
  }

  private static Iterator<Integer> failingAt(int end) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Integer next() {
        if (next == end) {
          throw new NoSuchElementException("at " + end);
        }
        return next++;
      }
    };
  }

  @Test
  void drain_bodyThatAsksItself_isRefused() {
    List<String> trace = PushTrace.trace(
        log -> {
          List<Generator<Integer>> self = new ArrayList<>();
          self.add(
              generator(
                  y -> {
                    Generator<Integer> me = self.getFirst();
                    log.add(me.state() + " " + attempt(me::next));
                    log.add(attempt(() -> assertThat(me.hasNext()).isTrue()));
                    y.yield(1);
                    log.add(attempt(me::close) + " " + attempt(me::toList));
                    try {
                      y.yieldFrom(me);
                    } catch (GeneratorException.AlreadyExecuting e) {
                      log.add("no delegate");
                    }
                    y.yieldFrom(List.of(2));
                    log.add(me.state() + " " + me.delegate());
                  }));
          return self.getFirst();
        });
    assertThat(trace)
        .containsExactly(
            "RUNNING AlreadyExecuting", "AlreadyExecuting", "element 1",
            "AlreadyExecuting AlreadyExecuting", "no delegate", "element 2", "RUNNING null", "CLOSED null false");
  }

  @Test
  void drain_whileAnotherThreadAsks_refusesIt() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Generator<String> g = generator(
        y -> {
          inside.countDown();
          assertThat(go.await(10, TimeUnit.SECONDS)).as("go").isTrue();
          y.yield("done");
        });
    CompletableFuture<List<String>> other = CompletableFuture.supplyAsync(g::toList);
    assertThat(inside.await(10, TimeUnit.SECONDS)).as("inside").isTrue();
    assertThat(g.state()).isEqualTo(GeneratorState.RUNNING);
    assertThatThrownBy(g::next).isInstanceOf(GeneratorException.AlreadyExecuting.class);
    go.countDown();
    assertThat(other.get(10, TimeUnit.SECONDS)).containsExactly("done");
  }

  @Test
  void drain_delegates_ofEachKind() {
    assertThat(
        PushTrace.trace(
            log -> {
              List<Generator<Object>> self = new ArrayList<>();
              Generator<Object> inner = generator(
                  z -> {
                    log.add("outer " + self.getFirst().state() + " " + attempt(self.getFirst()::next));
                    log.add("seen " + (self.getFirst().delegate() == self.get(1)));
                    z.yield("generator");
                  });
              self.add(
                  generator(
                      y -> {
                        y.yieldFrom(List.of("list"));
                        y.yieldFrom(List.of("iterator").iterator());
                        y.yieldFrom(Iter.of("a", "b").map(e -> e + e));
                        y.yieldFrom(inner);
                        y.yieldFrom(Generator.iterable(z -> z.yield("iterable")));
                        Object result = y.yieldFrom(this.<Object, Object, Integer>coroutine(z -> {
                          log.add("sent " + z.yield("coroutine"));
                          return 42;
                        }));
                        log.add("result " + result);
                        y.yieldFrom(inner);
                      }));
              self.add(inner);
              return self.getFirst();
            }))
        .containsExactly(
            "element list", "element iterator", "element aa", "element bb", "outer RUNNING AlreadyExecuting", "seen true",
            "element generator", "element iterable", "element coroutine", "sent null", "result 42",
            "CLOSED null false");
  }

  @Test
  void drain_delegateThatHasBegun_goesOnWithIt() {
    assertThat(
        PushTrace.trace(
            log -> {
              Coroutine<Integer, Object, String> begun = coroutine(z -> {
                z.yield(0);
                z.yield(1);
                z.yieldFrom(List.of(2, 3));
                return "end";
              });
              begun.next();
              assertThat(begun.hasNext()).isTrue();
              Coroutine<Integer, Object, String> ended = coroutine(z -> "before");
              assertThat(ended.hasNext()).isFalse();
              Coroutine<Integer, Object, String> closed = coroutine(z -> z.yield(1) + "never");
              closed.close();
              return coroutine(
                  y -> {
                    log.add(y.yieldFrom(begun) + begun.result());
                    log.add("ended " + y.yieldFrom(ended));
                    try {
                      y.yieldFrom(closed);
                    } catch (GeneratorException.WrongState e) {
                      log.add("closed");
                    }
                    return null;
                  });
            }))
        .containsExactly(
            "element 1", "element 2", "element 3", "endend", "ended null", "closed", "CLOSED null false");
  }

  @Test
  void drain_delegateThatFails_isCaughtAtTheYieldFrom() {
    assertThat(
        PushTrace.trace(
            log -> generator(
                y -> {
                  for (int i = 0; i < 3; i++) {
                    int n = i;
                    try {
                      y.yieldFrom(this.<Integer>generator(z -> {
                        try {
                          z.yield(n);
                          throw new java.io.IOException("inner " + n);
                        } finally {
                          log.add("finally " + n);
                        }
                      }));
                    } catch (Exception e) { // a checked one, of which the compiler does not know
                      log.add(e.getMessage());
                    }
                  }
                  y.yieldFrom((Iterable<Integer>) null);
                })))
        .contains("element 0", "finally 0", "inner 0", "element 2", "inner 2", "CLOSED null false")
        .anyMatch(line -> line.startsWith("threw java.lang.NullPointerException: source of yieldFrom"));
  }

  @Test
  void drain_circleOfDelegates_isRefused() {
    assertThat(
        PushTrace.trace(
            log -> {
              List<Generator<String>> all = new ArrayList<>();
              for (int i = 0; i < 3; i++) {
                int next = (i + 1) % 3;
                all.add(
                    generator(
                        y -> {
                          try {
                            y.yieldFrom(all.get(next));
                          } catch (GeneratorException.AlreadyExecuting e) {
                            y.yield("caught " + next);
                          }
                        }));
              }
              return all.getFirst();
            }))
        .containsExactly("element caught 0", "CLOSED null false");
  }

  @Test
  void drain_manyLevelsDeep_doesNotOverflowTheStack() {
    assertThat(deep(depth()).toList()).containsExactly(0, 1, 2);
    assertThat(deep(150).count()).isEqualTo(3);
  }

  /** How many generators drain one the other. */
  int depth() {
    return TestedEngine.UNDER_AGENT ? 100 : 20_000;
  }

  private Generator<Integer> deep(int levels) {
    Generator<Integer> g = generator(y -> y.yieldFrom(List.of(0, 1, 2)));
    for (int i = 1; i < levels; i++) {
      Generator<Integer> inner = g;
      g = generator(y -> y.yieldFrom(inner));
    }
    return g;
  }
}
