package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.iter.sinks.Sinks;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every engine does alike: a generator of which everything is consumed at once does what it does when pulled. */
@Timeout(60)
@SuppressWarnings("NullAway") // null elements and results are among what is tested
abstract class PushContract {

  abstract <T> Generator<T> generator(GeneratorBody<T> body);

  abstract <Y, S, R> Coroutine<Y, S, R> coroutine(CoroutineBody<Y, S, R> body);

  /** Runs a scenario pulled and pushed; returns the trace, which must be the same: what it logs, elements, and the end. */
  private static List<String> trace(Function<List<String>, Generator<?>> scenario) {
    List<String> pulled = new ArrayList<>();
    List<String> pushed = new ArrayList<>();
    Generator<?> first = scenario.apply(pulled);
    run(first, pulled, () -> pull(first, pulled));
    Generator<?> second = scenario.apply(pushed);
    run(second, pushed, () -> Sinks.drain(second, e -> pushed.add("element " + e)));
    assertThat(pushed).isEqualTo(pulled);
    return pulled;
  }

  private static void pull(Iterator<?> elements, List<String> log) {
    while (elements.hasNext()) {
      log.add("element " + elements.next());
    }
  }

  private static void run(Generator<?> generator, List<String> log, Runnable drive) {
    try {
      drive.run();
    } catch (Throwable t) {
      log.add("threw " + t + " because of " + t.getCause());
    }
    log.add(generator.state() + " " + generator.delegate() + " " + generator.hasNext());
    generator.close();
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
        trace(
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
        trace(
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
    List<String> trace = trace(
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
          go.await();
          y.yield("done");
        });
    CompletableFuture<List<String>> other = CompletableFuture.supplyAsync(g::toList);
    inside.await();
    assertThat(g.state()).isEqualTo(GeneratorState.RUNNING);
    assertThatThrownBy(g::next).isInstanceOf(GeneratorException.AlreadyExecuting.class);
    go.countDown();
    assertThat(other.get(10, TimeUnit.SECONDS)).containsExactly("done");
  }

  @Test
  void drain_delegates_ofEachKind() {
    assertThat(
        trace(
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
        trace(
            log -> {
              Coroutine<Integer, Object, String> begun = coroutine(z -> {
                z.yield(0);
                z.yield(1);
                z.yieldFrom(List.of(2, 3));
                return "end";
              });
              begun.next();
              assertThat(begun.hasNext()).isTrue();
              Coroutine<Integer, Object, String> closed = coroutine(z -> z.yield(1) + "never");
              closed.close();
              return coroutine(
                  y -> {
                    log.add(y.yieldFrom(begun) + begun.result());
                    log.add("closed " + y.yieldFrom(closed));
                    return null;
                  });
            }))
        .containsExactly(
            "element 1", "element 2", "element 3", "endend", "closed null", "CLOSED null false");
  }

  @Test
  void drain_delegateThatFails_isCaughtAtTheYieldFrom() {
    assertThat(
        trace(
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
        trace(
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
    return 20_000;
  }

  private Generator<Integer> deep(int levels) {
    Generator<Integer> g = generator(y -> y.yieldFrom(List.of(0, 1, 2)));
    for (int i = 1; i < levels; i++) {
      Generator<Integer> inner = g;
      g = generator(y -> y.yieldFrom(inner));
    }
    return g;
  }

  @Test
  void toList_ofWhatIsLeft_isPulled() {
    List<String> log = new ArrayList<>();
    GeneratorBody<Integer> body = y -> {
      for (int i = 0; i < 4; i++) {
        y.yield(i);
      }
      log.add("end");
    };
    Generator<Integer> started = generator(body);
    assertThat(started.next()).isEqualTo(0);
    assertThat(started.toList()).containsExactly(1, 2, 3);
    Generator<Integer> fetched = generator(body);
    assertThat(fetched.hasNext()).isTrue();
    assertThat(fetched.count()).isEqualTo(4);
    assertThat(log).containsExactly("end", "end");
    Generator<Integer> closed = generator(body);
    closed.close();
    assertThatThrownBy(closed::toList).isInstanceOf(GeneratorException.WrongState.class);
  }

  @Test
  void result_ofADrainedCoroutine_isThere() {
    Coroutine<String, Object, Integer> c = coroutine(
        y -> {
          Object sent = y.yield("a");
          return sent == null ? 1 : 2;
        });
    assertThatThrownBy(() -> c.send("early")).isInstanceOf(GeneratorException.NotStarted.class);
    assertThat(c.toList()).containsExactly("a");
    assertThat(c.result()).isEqualTo(1);
  }

  @Test
  void forEach_withCodeBetween_findsTheGeneratorSuspended() {
    List<String> log = new ArrayList<>();
    GeneratorBody<Integer> body = y -> {
      try {
        y.yield(1);
        y.yield(2);
        y.yield(3);
      } catch (RuntimeException e) {
        log.add("not the body's affair " + e);
      } finally {
        log.add("finally");
      }
    };
    Generator<Integer> failing = generator(body);
    assertThatThrownBy(
        () -> failing.forEach(
            e -> {
              log.add(e + " " + failing.state());
              throw new IllegalStateException("consumer");
            }))
        .hasMessage("consumer");
    assertThat(log).containsExactly("1 SUSPENDED", "finally");
    log.clear();
    Generator<Integer> shared = generator(body);
    shared.forEach(e -> log.add(e + " " + shared.nextOr(9)));
    assertThat(log).containsExactly("1 2", "finally", "3 9");
  }

  @Test
  void collect_whoseFunctionAsksTheGenerator_isRefusedAndNothingIsLost() {
    List<String> log = new ArrayList<>();
    Generator<Integer> asked = generator(
        y -> {
          try {
            y.yield(1);
            y.yield(2);
          } catch (RuntimeException e) {
            log.add("not the body's affair " + e);
          } finally {
            log.add("finally");
          }
        });
    Function<Integer, String> function = e -> {
      log.add(e + " " + asked.state());
      asked.close();
      return "never";
    };
    assertThatThrownBy(() -> asked.collect(Collectors.mapping(function, Collectors.toList())))
        .isInstanceOf(GeneratorException.AlreadyExecuting.class)
        .hasMessageContaining("collect");
    assertThat(log).containsExactly("1 RUNNING", "finally");
    assertThat(asked.state()).isEqualTo(GeneratorState.CLOSED);
  }

  @Test
  void reductions_giveWhatALoopGives() {
    GeneratorBody<Integer> body = y -> {
      for (int i : new int[]{3, 1, 4, 1, 5}) {
        y.yield(i);
      }
    };
    assertThat(generator(body).sumLong(e -> e)).isEqualTo(14);
    assertThat(generator(body).sumDouble(e -> e / 2.0)).isEqualTo(7);
    assertThat(generator(body).reduce((a, b) -> 10 * a + b)).contains(31415);
    assertThat(generator(body).<String>reduce("", (a, b) -> a + b)).isEqualTo("31415");
    assertThat(generator(body).min(java.util.Comparator.naturalOrder())).contains(1);
    assertThat(generator(body).max(java.util.Comparator.naturalOrder())).contains(5);
    assertThat(generator(body).joining("-")).isEqualTo("3-1-4-1-5");
    assertThat(generator(body).collect(Collectors.toSet())).containsExactly(1, 3, 4, 5);
    assertThat(this.<Integer>generator(y -> {}).reduce((a, b) -> a)).isEmpty();
    assertThat(this.<Integer>generator(y -> {}).joining("-")).isEmpty();
  }

  /** Runs a scenario pulled by a loop that closes it, and pushed; both consumers fail at the given element. */
  private static List<String> traceFailing(int at, Function<List<String>, Generator<?>> scenario) {
    List<String> pulled = new ArrayList<>();
    List<String> pushed = new ArrayList<>();
    Generator<?> first = scenario.apply(pulled);
    run(
        first,
        pulled,
        () -> {
          try (first) {
            while (first.hasNext()) {
              fail(at, pulled, first.next());
            }
          }
        });
    Generator<?> second = scenario.apply(pushed);
    run(second, pushed, () -> Sinks.drain(second, e -> fail(at, pushed, e)));
    assertThat(pushed).isEqualTo(pulled);
    return pulled;
  }

  private static void fail(int at, List<String> log, Object element) {
    log.add("element " + element);
    if (element.equals(at)) {
      throw new IllegalStateException("consumer");
    }
  }

  @Test
  void consumerThatFails_closesTheBodyWhichCannotCatchIt() {
    for (int at = 0; at < 4; at++) {
      assertThat(
          traceFailing(
              at,
              log -> generator(
                  y -> {
                    try {
                      y.yield(0);
                      try {
                        y.yield(1);
                      } finally {
                        log.add("inner");
                      }
                      y.yieldFrom(List.of(2, 3));
                    } catch (Exception e) {
                      log.add("not the body's affair " + e);
                    } finally {
                      log.add("outer");
                    }
                  })))
          .contains("outer", "threw java.lang.IllegalStateException: consumer because of null", "CLOSED null false")
          .noneMatch(line -> line.startsWith("not"));
    }
  }

  @Test
  void consumerThatFails_yieldFromInAFinallyBlock_goesOnBehindIt() {
    assertThat(
        traceFailing(
            0,
            log -> generator(
                y -> {
                  try {
                    y.yield(0);
                  } finally {
                    y.yieldFrom(this.<Integer>generator(z -> log.add("delegate")));
                    y.yieldFrom(List.of());
                    log.add("behind");
                  }
                })))
        .contains("delegate", "behind");
  }

  @Test
  void consumerThatFails_yieldFromInAFinallyBlockThatHasElements_isNotFedAgain() {
    Generator<Integer> begun = generator(z -> {
      z.yield(6);
      z.yield(7);
    });
    begun.next();
    for (Iterator<Integer> more : List.of(List.of(7).iterator(), begun, this.<Integer>generator(z -> z.yield(7)))) {
      List<Integer> fed = new ArrayList<>();
      Generator<Integer> ignoring = generator(
          y -> {
            try {
              y.yield(0);
            } finally {
              y.yieldFrom(more);
            }
          });
      assertThatThrownBy(
          () -> ignoring.sumLong(
              e -> {
                fed.add(e);
                throw new IllegalStateException("failed at " + e);
              }))
          .hasMessage("failed at 0")
          .satisfies(
              e -> assertThat(e.getSuppressed()).hasOnlyElementsOfType(GeneratorException.IgnoredExit.class).hasSize(1));
      assertThat(fed).containsExactly(0);
    }
  }

  @Test
  void consumerThatFails_endsTheDelegatesFromInnerToOuter() {
    for (int at = 0; at < 7; at++) {
      traceFailing(
          at,
          log -> {
            Generator<Integer> begun = generator(z -> {
              try {
                z.yield(-1);
                z.yield(0);
                z.yield(1);
              } finally {
                log.add("begun ended");
              }
            });
            begun.next();
            Coroutine<Integer, Object, String> returning = coroutine(z -> {
              try {
                z.yield(2);
                z.yield(3);
              } catch (GeneratorExit e) {
                log.add("returns on exit");
              }
              return "result";
            });
            Iterator<Integer> closeable = new Closeable(List.of(4).iterator(), log);
            return generator(
                y -> {
                  try {
                    y.yieldFrom(begun);
                    log.add("result " + y.yieldFrom(returning));
                    y.yieldFrom(closeable);
                    y.yieldFrom(Generator.iterable(z -> z.yield(5)));
                    y.yieldFrom(this.<Integer>generator(z -> {
                      try {
                        z.yield(6);
                      } finally {
                        throwing("from finally");
                      }
                    }));
                  } catch (UnsupportedOperationException e) {
                    log.add("caught " + e.getMessage());
                  } finally {
                    log.add("outer ended");
                  }
                });
          });
    }
  }

  private static void throwing(String message) {
    throw new UnsupportedOperationException(message);
  }

  /** An iterator whose closing is logged. */
  private record Closeable(Iterator<Integer> elements, List<String> log) implements Iterator<Integer>, AutoCloseable {
    @Override
    public boolean hasNext() {
      return elements.hasNext();
    }

    @Override
    public Integer next() {
      return elements.next();
    }

    @Override
    public void close() {
      log.add("closed");
    }
  }

  @Test
  void consumerThatFails_whatTheBodyThrowsThenIsSuppressed() {
    Generator<Integer> g = generator(
        y -> {
          try {
            y.yield(1);
          } finally {
            throwing("from finally");
          }
        });
    assertThatThrownBy(() -> g.sumLong(e -> Long.parseLong("x" + e)))
        .isInstanceOf(NumberFormatException.class)
        .satisfies(e -> assertThat(e.getSuppressed()).extracting(Throwable::getMessage).containsExactly("from finally"));
    Generator<Integer> ignoring = generator(
        y -> {
          try {
            y.yield(1);
          } finally {
            y.yield(2);
          }
        });
    assertThatThrownBy(() -> ignoring.sumLong(e -> Long.parseLong("x" + e)))
        .isInstanceOf(NumberFormatException.class)
        .satisfies(
            e -> assertThat(e.getSuppressed()).hasOnlyElementsOfType(GeneratorException.IgnoredExit.class).hasSize(1));
    RuntimeException same = new IllegalStateException("the same from both");
    Generator<Integer> rethrowing = generator(
        y -> {
          try {
            y.yield(1);
          } catch (GeneratorExit e) {
            throw same;
          }
        });
    assertThatThrownBy(
        () -> rethrowing.sumLong(
            e -> {
              throw same;
            }))
        .isSameAs(same);
  }
}
