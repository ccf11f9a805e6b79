package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.iter.GeneratorException;
import dev.heddle.iter.GeneratorExit;
import dev.heddle.iter.StopIteration;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** Async generators that receive: what {@code send}, {@code raise} and {@code close} do in each state of the body. */
abstract class ReceivingGeneratorContract extends LoopContract {

  /** A generator on the engine under test. */
  abstract <T, S> ReceivingGenerator<T, S> generator(ReceivingBody<T, S> body);

  /** Yields the sums of what it is sent, each after a second. */
  private ReceivingGenerator<Integer, Integer> sums() {
    return generator(
        y -> {
          int sum = 0;
          try {
            while (true) {
              Integer sent = y.yield(sum);
              y.await(Asyncio.sleep(SECOND));
              sum += sent == null ? 100 : sent;
            }
          } catch (IOException e) {
            y.await(Asyncio.sleep(SECOND));
            log.add("caught " + e.getMessage());
            y.yield(-1);
          } finally {
            y.await(Asyncio.sleep(SECOND));
            log.add("ended");
          }
        });
  }

  private static Throwable failureOf(Awaitable<?> what, Awaiter a) {
    try {
      a.await(what);
    } catch (Throwable t) {
      return t;
    }
    throw new AssertionError("it did not fail");
  }

  @Test
  void send_isTheValueOfTheYield() {
    run(
        a -> {
          ReceivingGenerator<Integer, Integer> sums = sums();
          assertThat(a.await(sums.send(null))).isZero();
          assertThat(a.await(sums.send(3))).isEqualTo(3);
          assertThat(a.await(sums.send(4))).isEqualTo(7);
          assertThat(EventLoop.current().nanoTime()).isEqualTo(seconds(2).toNanos());
          a.await(sums.close());
          return null;
        });
    assertThat(log).containsExactly("ended");
  }

  @Test
  void hasNext_sendsNull_alsoAfterASend() {
    run(
        a -> {
          ReceivingGenerator<Integer, Integer> sums = sums();
          assertThat(a.await(sums.hasNext())).isTrue();
          assertThat(sums.next()).isZero();
          assertThat(a.await(sums.send(1))).isEqualTo(1);
          assertThat(a.await(sums.hasNext())).isTrue();
          assertThat(sums.next()).isEqualTo(101);
          return null;
        });
  }

  @Test
  void send_aValueFirst_isRefused_andTheBodyCanStillBegin() {
    run(
        a -> {
          ReceivingGenerator<Integer, Integer> sums = sums();
          assertThat(failureOf(sums.send(5), a)).isInstanceOf(LoopStateException.class)
              .hasMessageContaining("could receive 5; await send(null) first");
          assertThat(a.await(sums.send(null))).isZero();
          return null;
        });
  }

  @Test
  void send_aFetchedElementWasNotTaken_isRefused() {
    run(
        a -> {
          ReceivingGenerator<Integer, Integer> sums = sums();
          a.await(sums.hasNext());
          assertThat(failureOf(sums.send(5), a)).isInstanceOf(LoopStateException.class).hasMessageContaining("call next()");
          assertThat(failureOf(sums.raise(new IOException()), a)).isInstanceOf(LoopStateException.class);
          assertThat(sums.next()).isZero();
          return null;
        });
  }

  @Test
  void send_theBodyEnds_orHasEnded_isStopIteration() {
    run(
        a -> {
          ReceivingGenerator<String, String> one = generator(y -> log.add(y.yield("one")));
          assertThat(a.await(one.send(null))).isEqualTo("one");
          assertThat(failureOf(one.send("last"), a)).isInstanceOf(StopIteration.class);
          assertThat(failureOf(one.send("later"), a)).isInstanceOf(StopIteration.class);
          assertThat(a.await(one.hasNext())).isFalse();
          return null;
        });
    assertThat(log).containsExactly("last");
  }

  @Test
  void send_isMadeAndNotAwaited_doesNothing_andIsAwaitedOnce() {
    run(
        a -> {
          ReceivingGenerator<Integer, Integer> sums = sums();
          a.await(sums.send(null));
          Async<Integer> unused = sums.send(50);
          Async<Integer> used = sums.send(1);
          assertThat(a.await(used)).isEqualTo(1);
          assertThat(failureOf(used, a)).isInstanceOf(LoopStateException.class);
          unused.close();
          return null;
        });
  }

  @Test
  void send_whileAnotherTaskWaits_isRefused() {
    run(
        a -> {
          ReceivingGenerator<Integer, Integer> sums = sums();
          a.await(sums.send(null));
          Task<Integer> first = Asyncio.createTask(sums.send(1));
          a.await(Asyncio.yieldNow());
          assertThat(failureOf(sums.send(2), a)).isInstanceOf(LoopStateException.class).hasMessageContaining("another task");
          assertThat(failureOf(sums.raise(new IOException()), a)).isInstanceOf(LoopStateException.class);
          assertThat(failureOf(sums.close(), a)).isInstanceOf(LoopStateException.class);
          assertThat(a.await(first)).isEqualTo(1);
          return null;
        });
  }

  @Test
  void raise_isThrownAtTheYield_andReturnsTheNextElement() {
    run(
        a -> {
          ReceivingGenerator<Integer, Integer> sums = sums();
          a.await(sums.send(null));
          assertThat(a.await(sums.raise(new IOException("why")))).isEqualTo(-1);
          assertThat(failureOf(sums.send(1), a)).isInstanceOf(StopIteration.class);
          return null;
        });
    assertThat(log).containsExactly("caught why", "ended");
  }

  @Test
  void raise_notCaught_comesBackUnchanged_afterTheCleanUp() {
    IllegalStateException thrown = new IllegalStateException("mine");
    run(
        a -> {
          ReceivingGenerator<Integer, Integer> sums = sums();
          a.await(sums.send(null));
          assertThat(failureOf(sums.raise(thrown), a)).isSameAs(thrown);
          assertThat(log).containsExactly("ended");
          assertThat(a.await(sums.hasNext())).isFalse();
          return null;
        });
  }

  @Test
  void raise_beforeTheStart_orAfterTheEnd_comesBack_andNothingRuns() {
    IOException thrown = new IOException("mine");
    run(
        a -> {
          ReceivingGenerator<Integer, Integer> sums = sums();
          assertThat(failureOf(sums.raise(thrown), a)).isSameAs(thrown);
          assertThat(failureOf(sums.send(null), a)).isInstanceOf(StopIteration.class);
          assertThat(failureOf(sums.raise(thrown), a)).isSameAs(thrown);
          return null;
        });
    assertThat(log).isEmpty();
  }

  @Test
  void raise_generatorExit_isAnExceptionLikeOthers() {
    run(
        a -> {
          ReceivingGenerator<Integer, Integer> goesOn = generator(
              y -> {
                try {
                  y.yield(1);
                } catch (GeneratorExit e) {
                  y.yield(2);
                }
              });
          a.await(goesOn.send(null));
          assertThat(a.await(goesOn.raise(new GeneratorExit()))).isEqualTo(2);
          GeneratorExit mine = new GeneratorExit();
          assertThat(failureOf(goesOn.raise(mine), a)).isSameAs(mine);
          return null;
        });
  }

  @Test
  void raise_ofAPlainGenerator() {
    run(
        a -> {
          AsyncGenerator<String> plain = AsyncGenerator.of(
              y -> {
                try {
                  y.yield("first");
                } catch (IllegalStateException e) {
                  y.yield("second");
                }
              });
          assertThat(a.await(plain.hasNext())).isTrue();
          plain.next();
          assertThat(a.await(plain.raise(new IllegalStateException()))).isEqualTo("second");
          return null;
        });
  }

  @Test
  void bodyThrowsWhatWouldPassForItsEnd_isAnotherException() {
    run(
        a -> {
          ReceivingGenerator<Integer, Integer> inner = generator(y -> y.yield(1));
          ReceivingGenerator<Integer, Integer> outer = generator(
              y -> {
                while (true) {
                  y.yield(y.await(inner.send(null))); // does not catch the end of the inner one
                }
              });
          assertThat(a.await(outer.send(null))).isEqualTo(1);
          assertThat(failureOf(outer.send(null), a)).isInstanceOf(GeneratorException.EscapedStopIteration.class)
              .hasCauseInstanceOf(StopIteration.class);
          ReceivingGenerator<Integer, Integer> careless = generator(y -> y.yield(1));
          a.await(careless.send(null));
          assertThat(failureOf(careless.raise(new NoSuchElementException("mine")), a))
              .isInstanceOf(GeneratorException.EscapedStopIteration.class);
          return null;
        });
  }

  @Test
  void close_bodyYields_isRefused() {
    run(
        a -> {
          ReceivingGenerator<Integer, Integer> stubborn = generator(
              y -> {
                try {
                  y.yield(1);
                } finally {
                  y.yield(2);
                }
              });
          a.await(stubborn.send(null));
          assertThat(failureOf(stubborn.close(), a)).isInstanceOf(LoopStateException.class)
              .hasMessageContaining("yielded 2");
          return null;
        });
  }

  @Test
  void send_cancelledWhileTheBodyWaits_endsTheBody() {
    run(
        a -> {
          ReceivingGenerator<Integer, Integer> sums = sums();
          a.await(sums.send(null));
          Task<Integer> asking = Asyncio.createTask(sums.send(1));
          a.await(Asyncio.yieldNow());
          asking.cancel();
          a.await(ended(asking));
          assertThat(asking.isCancelled()).isTrue();
          assertThat(failureOf(sums.send(1), a)).isInstanceOf(StopIteration.class);
          return null;
        });
    assertThat(log).containsExactly("ended");
  }

  @Test
  void leftOpen_isClosedAtTheEndOfTheRun() {
    run(a -> a.await(sums().send(null)));
    assertThat(log).containsExactly("ended");
    assertThat(problems).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // that is what is tested
  void nullArguments_areRefused() {
    assertThatThrownBy(() -> sums().raise(null)).isInstanceOf(NullPointerException.class).hasMessageContaining("exception");
    assertThatThrownBy(() -> ReceivingGenerator.of(null)).isInstanceOf(NullPointerException.class)
        .hasMessageContaining("pass a lambda");
  }
}
