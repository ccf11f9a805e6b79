package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of engines for elements that a body boxes where it yields them, which an engine may keep unboxed. */
@Timeout(30)
@SuppressWarnings("NullAway") // null elements and results are among what is tested
abstract class PrimitiveContract extends EngineContract {
  PrimitiveContract(TestedEngine engine) {
    super(engine);
  }

  /** Reads by hasNext and next, by next alone, and by both in turn. */
  private <T> void assertElements(GeneratorBody<T> body, List<T> expected) {
    assertThat(EngineChoice.pulled(generator(body))).isEqualTo(expected);
    Generator<T> nextOnly = generator(body);
    for (T each : expected) {
      assertThat(nextOnly.next()).isEqualTo(each);
    }
    assertThat(nextOnly.hasNext()).isFalse();
    Generator<T> asked = generator(body);
    for (int i = 0; i < expected.size(); i++) {
      for (int ask = 0; ask < i % 3; ask++) {
        assertThat(asked.hasNext()).isTrue();
      }
      assertThat(asked.next()).isEqualTo(expected.get(i));
    }
    assertThatThrownBy(asked::next).isInstanceOf(StopIteration.class);
  }

  @Test
  void elements_ofEachPrimitiveType_areThoseOfTheBody() {
    assertElements(y -> {
      for (int i = 126; i < 130; i++) {
        y.yield(i);
      }
    }, List.of(126, 127, 128, 129));
    assertElements(y -> {
      for (long i = 1L << 40; i < (1L << 40) + 3; i++) {
        y.yield(i);
      }
    }, List.of(1L << 40, (1L << 40) + 1, (1L << 40) + 2));
    assertElements(y -> {
      y.yield(-0.0);
      y.yield(Double.NaN);
      y.yield(Double.MIN_VALUE);
    }, List.of(-0.0, Double.NaN, Double.MIN_VALUE));
    assertElements(y -> {
      y.yield(1.5f);
      y.yield(Float.NEGATIVE_INFINITY);
    }, List.of(1.5f, Float.NEGATIVE_INFINITY));
    int n = 300;
    assertElements(y -> {
      y.yield((byte) n);
      y.yield((byte) -n);
    }, List.of((byte) 44, (byte) -44));
    assertElements(y -> {
      y.yield((short) (n * 300));
      y.yield((short) -1);
    }, List.of((short) 24464, (short) -1));
    assertElements(y -> {
      y.yield((char) (n * 200));
      y.yield('x');
    }, List.of((char) 60000, 'x'));
    assertElements(y -> {
      y.yield(n > 5);
      y.yield(n < 5);
    }, List.of(true, false));
  }

  @Test
  void elements_ofSeveralTypesInTurn_areThoseOfTheBody() {
    Integer boxed = Integer.valueOf("1000");
    GeneratorBody<Object> body = y -> {
      for (int i = 0; i < 2; i++) {
        y.yield(i);
        y.yield("s" + i);
        y.yield(2L + i);
        y.yield(boxed);
        y.yield(i == 0 ? 7 : 8);
        y.yield(0.5 + i);
        y.yield('c');
      }
    };
    assertElements(body, List.of(0, "s0", 2L, 1000, 7, 0.5, 'c', 1, "s1", 3L, 1000, 8, 1.5, 'c'));
    Generator<Object> same = generator(body);
    assertThat(same.skip(3).next()).isSameAs(boxed);
  }

  @Test
  void elements_withValuesOnTheStack_keepThem() {
    Coroutine<Object, Integer, Long> c = coroutine(y -> {
      long wide = 1L << 33;
      int[] cells = {1, 2, 3};
      cells[y.yield(0)] += y.yield(5L);
      return wide + Math.max(y.yield(1), y.yield(2L)) * (long) Math.pow(2.0, y.yield(3)) + cells[2];
    });
    assertThat(c.next()).isEqualTo(0);
    assertThat(c.send(2)).isEqualTo(5L);
    assertThat(c.send(10)).isEqualTo(1);
    assertThat(c.send(20)).isEqualTo(2L);
    assertThat(c.send(30)).isEqualTo(3);
    assertThatThrownBy(() -> c.send(2))
        .isInstanceOfSatisfying(StopIteration.class, stop -> assertThat(stop.result()).isEqualTo((1L << 33) + 120 + 13));
  }

  @Test
  void send_behindAFetchedNumber_namesTheNumber() {
    Coroutine<Object, Integer, Void> c = coroutine(y -> {
      y.yield(1000);
      y.yield(y.yield(2000));
      return null;
    });
    assertThat(c.hasNext()).isTrue();
    assertThatThrownBy(() -> c.send(10)).hasMessageContaining("send(10)").hasMessageContaining("element 1000");
    assertThatThrownBy(() -> c.raise(new IllegalStateException())).hasMessageContaining("element 1000");
    assertThat(c.next()).isEqualTo(1000);
    assertThat(c.next()).isEqualTo(2000);
    assertThat(c.send(3000)).isEqualTo(3000);
  }

  @Test
  void coroutine_thatReceivesBetweenNumbers_returnsItsResult() {
    Coroutine<Double, Double, Integer> average = coroutine(y -> {
      double sum = 0;
      int count = 0;
      for (Double sent = y.yield(0.0); sent != null; sent = y.yield(sum / count)) {
        sum += sent;
        count++;
      }
      return count;
    });
    assertThat(average.next()).isEqualTo(0.0);
    assertThat(average.send(10.0)).isEqualTo(10.0);
    assertThat(average.send(20.0)).isEqualTo(15.0);
    assertThat(average.hasNext()).isFalse();
    assertThat(average.result()).isEqualTo(2);
  }

  @Test
  void element_fetchedBeforeItIsDelegatedTo_isHandedOut() {
    Generator<Integer> inner = generator(y -> {
      for (int i = 1000; i < 1003; i++) {
        y.yield(i);
      }
    });
    assertThat(inner.hasNext()).isTrue();
    Generator<Integer> outer = generator(y -> {
      y.yield(1);
      y.yieldFrom(inner);
      y.yield(2);
    });
    assertThat(EngineChoice.pulled(outer)).containsExactly(1, 1000, 1001, 1002, 2);
  }

  @Test
  void close_withAFetchedNumber_runsTheFinallyBlocks() {
    List<Integer> log = new ArrayList<>();
    Generator<Integer> numbers = generator(y -> {
      try {
        y.yield(1);
      } finally {
        log.add(2);
      }
    });
    assertThat(numbers.hasNext()).isTrue();
    numbers.close();
    assertThat(log).containsExactly(2);
    assertThat(numbers.state()).isEqualTo(GeneratorState.CLOSED);
  }

  @Test
  void yield_ofANullBox_throwsInTheBody() {
    List<Integer> sources = new ArrayList<>();
    sources.add(null);
    Generator<Object> caught = generator(y -> {
      try {
        int i = sources.getFirst();
        y.yield(i);
      } catch (NullPointerException e) {
        y.yield(Objects.requireNonNullElse(sources.getFirst(), -1));
      }
    });
    assertThat(EngineChoice.pulled(caught)).isEqualTo(List.of(-1));
  }
}
