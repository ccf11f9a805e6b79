package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of engines for the operations that consume a generator, which may have started. */
@Timeout(60)
@SuppressWarnings("NullAway") // null elements and results are among what is tested
abstract class SinkContract extends EngineContract {
  SinkContract(TestedEngine engine) {
    super(engine);
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
}
