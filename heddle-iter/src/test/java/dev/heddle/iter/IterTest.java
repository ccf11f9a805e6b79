package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class IterTest {

  /** An endless source that remembers whether it was closed. */
  private static final class Naturals implements Iterable<Integer>, AutoCloseable {
    int pulled;
    int closed;

    @Override
    public Iterator<Integer> iterator() {
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return true;
        }

        @Override
        public Integer next() {
          return pulled++;
        }
      };
    }

    @Override
    public void close() {
      closed++;
    }
  }

  @Test
  void from_isLazy() {
    Naturals naturals = new Naturals();
    Iter<Integer> iter = Iter.<Integer>from(naturals).map(n -> n * n);
    assertThat(naturals.pulled).isZero();
    assertThat(List.of(iter.next(), iter.next(), iter.next())).containsExactly(0, 1, 4);
    assertThat(naturals.pulled).isEqualTo(3);
  }

  @Test
  void close_closesTheSourceOnceAndEndsTheIterationForGood() {
    Naturals naturals = new Naturals();
    Iter<Integer> iter = Iter.from(naturals);
    iter.next();
    iter.close();
    iter.close();
    assertThat(naturals.closed).isEqualTo(1);
    assertThatThrownBy(iter::hasNext).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    assertThatThrownBy(iter::next).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
  }

  @Test
  void loop_goesOnWhereTheLastOneStopped() {
    Iter<String> iter = Iter.of("a", "b", "c");
    List<String> seen = new ArrayList<>();
    for (String s : iter) {
      seen.add(s);
      break;
    }
    for (String s : iter) {
      seen.add(s);
    }
    assertThat(seen).containsExactly("a", "b", "c");
  }

  @Test
  void toList_ofWhatFails_leavesTheRest() {
    Naturals naturals = new Naturals();
    Iter<Integer> failing = Iter.<Integer>from(naturals)
        .map(
            n -> {
              if (n == 2) {
                throw new IllegalStateException("third");
              }
              return n;
            });
    assertThatThrownBy(failing::toList).isInstanceOf(IllegalStateException.class).hasMessage("third");
    assertThat(naturals.closed).isZero();
    assertThat(failing.next()).isEqualTo(3);
  }

  @Test
  void stream_takesTheRemainingElementsAndClosesWithIt() {
    Naturals naturals = new Naturals();
    try (var stream = Iter.<Integer>from(naturals).stream()) {
      assertThat(stream.limit(3)).containsExactly(0, 1, 2);
    }
    assertThat(naturals.closed).isEqualTo(1);
  }

  @Test
  void from_anIterIsTheIterItself() {
    Iter<String> iter = Iter.of("x");
    assertThat(Iter.<String>from(iter) == iter).isTrue();
  }

  @Test
  void nullElements_passThrough() {
    assertThat(Iter.of("a", null).toList()).containsExactly("a", null);
  }
}
