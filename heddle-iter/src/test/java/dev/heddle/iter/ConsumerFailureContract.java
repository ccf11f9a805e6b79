package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of engines for consumers that fail: the body is closed, its delegates first. */
@Timeout(60)
@SuppressWarnings("NullAway") // null elements and results are among what is tested
abstract class ConsumerFailureContract extends EngineContract {
  ConsumerFailureContract(TestedEngine engine) {
    super(engine);
  }

  @Test
  void consumerThatFails_closesTheBodyWhichCannotCatchIt() {
    for (int at = 0; at < 4; at++) {
      assertThat(
          PushTrace.traceFailing(
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
        PushTrace.traceFailing(
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
      PushTrace.traceFailing(
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
