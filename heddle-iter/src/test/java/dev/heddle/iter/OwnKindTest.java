package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.iter.GeneratorException.WrongState;
import dev.heddle.iter.spi.Suspends;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Suspending code of another kind than generators, whose yielder has methods that yield, delegate, and never suspend. */
@Timeout(60)
@SuppressWarnings("NullAway") // the driver sends no null
class OwnKindTest {

  /** The yielder. */
  interface Talk {
    @Suspends(Suspends.Kind.YIELD)
    Object ask(Object question);

    @Suspends(Suspends.Kind.DELEGATE)
    Object handOver(Object source);

    @Suspends(Suspends.Kind.NEVER)
    int twice(int n, long ignored);

    @Suspends(Suspends.Kind.NEVER)
    String name();

    /** Nothing is known about it. */
    default Object askTwice(Object question) {
      return "" + ask(question) + ask(question);
    }
  }

  /** A body. */
  @FunctionalInterface
  interface TalkBody extends Serializable {
    Object run(Talk talk) throws Exception;
  }

  private record Speaker(Suspender suspender, String name) implements Talk {
    @Override
    public Object ask(Object question) {
      return suspender.suspend(question);
    }

    @Override
    public Object handOver(Object source) {
      return suspender.delegate(source);
    }

    @Override
    public int twice(int n, long ignored) {
      return n < 0 ? (int) suspender.suspend("forbidden") : 2 * n;
    }
  }

  private static final BodyKind<TalkBody, Talk> KIND = new BodyKind<>(TalkBody.class, Talk.class,
      suspender -> new Speaker(suspender, "default"), TalkBody::run);

  private static List<Object> drive(Coroutine<Object, Object, Object> talk) {
    List<Object> heard = new ArrayList<>(List.of(talk.next()));
    for (int answer = 10; talk.state() != GeneratorState.CLOSED; answer++) {
      try {
        heard.add(talk.send(answer));
      } catch (StopIteration end) {
        heard.add("result " + end.result());
      }
    }
    return heard;
  }

  private static void onBothEngines(List<Object> expected, TalkBody body) {
    assertThat(KIND.engineOf(body, null).toString()).startsWith("COMPILED");
    assertThat(drive(KIND.start(body, null))).isEqualTo(expected);
    assertThat(drive(KIND.startThread(body))).isEqualTo(expected);
  }

  @Test
  void methodsOfEachKind_workTogether() {
    onBothEngines(
        List.of(6, "default asks", 21, 1, 2, "after 42", "result 15"),
        t -> {
          int first = (int) t.ask(t.twice(3, 0)); // 10
          t.ask(t.name() + " asks"); // 11
          int sum = t.twice(first, 1L) / 2 + (int) t.ask(first + t.twice(2, 2L) + 7) + t.twice(1, 3); // 10 + 12 + 2
          Object result = t.handOver(
              Coroutine.<Integer, Object, Integer>of(
                  y -> {
                    y.yield(1);
                    y.yield(2);
                    return 42;
                  }));
          return sum - 24 + (int) t.ask("after " + result); // 15
        });
  }

  @Test
  void neverSuspending_insideTryAndLoop_isAPlainCall() {
    onBothEngines(
        List.of(0, 2, 4, "finally default", "result done"),
        t -> {
          try {
            for (int i = 0; i < 3; i++) {
              t.ask(t.twice(i, i));
            }
          } finally {
            t.ask("finally " + t.name());
          }
          return "done";
        });
  }

  @Test
  void start_withAYielderOfItsOwn_callsThatOne() {
    TalkBody body = t -> t.ask(t.name());
    Function<Suspender, Talk> own = suspender -> new Speaker(suspender, "own");
    assertThat(KIND.<Object, Object, Object>start(body, null, own).next()).isEqualTo("own");
    assertThat(KIND.<Object, Object, Object>start(body, null).next()).isEqualTo("default");
  }

  @Test
  void neverSuspending_thatSuspendsAllTheSame_isRefused() {
    TalkBody body = t -> t.ask(t.twice(-1, 0));
    Coroutine<Object, Object, Object> talk = KIND.start(body, null);
    assertThatThrownBy(talk::next).isInstanceOf(WrongState.class).hasMessageContaining("only the body may suspend");
    assertThat(talk.state()).isEqualTo(GeneratorState.CLOSED);
  }

  @Test
  void methodWithoutTheMark_runsOnTheFallback() {
    TalkBody body = t -> t.askTwice("why");
    assertThat(KIND.engineOf(body, null).kind()).isEqualTo(GeneratorEngine.Kind.VIRTUAL_THREAD);
    assertThat(drive(KIND.start(body, null))).isEqualTo(List.of("why", "why", "result 1011"));
  }

  @Test
  void sinks_ofAnotherKind_pull() {
    TalkBody body = t -> {
      t.ask(t.twice(1, 0));
      t.handOver(List.of(3, 4));
      return t.ask(5);
    };
    assertThat(KIND.<Integer, Object, Object>start(body, null).sumLong(n -> n)).isEqualTo(14);
    assertThat(KIND.<Integer, Object, Object>startThread(body).toList()).containsExactly(2, 3, 4, 5);
  }

  /** A yielder that cannot be. */
  interface Wrong {
    @Suspends(Suspends.Kind.YIELD)
    Object both(Object one, Object other);
  }

  /** Its body. */
  @FunctionalInterface
  interface WrongBody extends Serializable {
    Object run(Wrong wrong) throws Exception;
  }

  @Test
  void yieldOfTwoArguments_isRefusedWhenTheKindIsMade() {
    assertThatThrownBy(
        () -> new BodyKind<WrongBody, Wrong>(
            WrongBody.class, Wrong.class, s -> (one, other) -> s.suspend(one), WrongBody::run))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Wrong.both")
        .hasMessageContaining("does not take one reference");
  }

  @Test
  void resume_ofAFreshOne_thenNext_goesOn() {
    Coroutine<String, Object, String> two = Coroutine.of(
        y -> {
          y.yield("first");
          y.yield("second");
          return "end";
        });
    assertThat(BodyKind.resume(two, null, null)).isEqualTo("first");
    assertThat(two.next()).isEqualTo("second");
  }
}
