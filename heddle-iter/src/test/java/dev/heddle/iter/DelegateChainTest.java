package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Chains of yieldFrom whose links are driven from elsewhere as well: no element is lost or handed out twice. */
@Timeout(60)
class DelegateChainTest {
  private static final int DEPTH = 6;

  /** Each yields its number, drains the next one, and yields its number again. */
  private static List<Coroutine<Integer, Object, Integer>> chain(int depth) {
    List<Coroutine<Integer, Object, Integer>> all = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      int number = i;
      Coroutine<Integer, Object, Integer> below = i == 0 ? null : all.getLast();
      all.add(link(number, below));
    }
    return all.reversed();
  }

  private static Coroutine<Integer, Object, Integer> link(int number, @Nullable Coroutine<Integer, Object, Integer> below) {
    return Coroutine.of(
        y -> {
          y.yield(number);
          if (below != null) {
            y.<Integer>yieldFrom(below);
          }
          y.yield(100 + number);
          return number;
        });
  }

  @RepeatedTest(50)
  void links_drivenInAnyOrder_yieldEachElementOnce(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Coroutine<Integer, Object, Integer>> links = chain(DEPTH);
    List<Integer> got = new ArrayList<>();
    while (links.getFirst().state() != GeneratorState.CLOSED) {
      Coroutine<Integer, Object, Integer> link = links.get(random.nextInt(DEPTH));
      boolean asks = random.nextBoolean();
      if ((!asks || link.hasNext()) && link.state() != GeneratorState.CLOSED) {
        try {
          got.add(link.next());
        } catch (StopIteration end) {
          assertThat(link.state()).isEqualTo(GeneratorState.CLOSED);
        }
      }
    }
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < DEPTH; i++) {
      expected.add(i);
      expected.add(100 + i);
    }
    assertThat(got).as("seed " + repetition.getCurrentRepetition()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void linkInTheMiddle_thatIsClosed_letsTheOthersGoOn() {
    List<Coroutine<Integer, Object, Integer>> links = chain(DEPTH);
    Coroutine<Integer, Object, Integer> root = links.getFirst();
    for (int i = 0; i < DEPTH; i++) {
      assertThat(root.next()).isEqualTo(DEPTH - 1 - i);
    }
    links.get(2).close();
    assertThat(links.get(5).state()).isEqualTo(GeneratorState.CLOSED);
    assertThat(root.toList()).containsExactly(104, 105);
  }

  @Test
  void linkInTheMiddle_withAnElementReady_givesThatFirst() {
    List<Coroutine<Integer, Object, Integer>> links = chain(DEPTH);
    Coroutine<Integer, Object, Integer> root = links.getFirst();
    assertThat(List.of(root.next(), root.next(), root.next())).containsExactly(5, 4, 3);
    assertThat(links.get(1).hasNext()).isTrue();
    assertThat(links.get(3).next()).as("behind the element that waits").isEqualTo(1);
    assertThat(root.next()).isEqualTo(2);
    assertThat(root.next()).isEqualTo(0);
    assertThat(root.toList()).containsExactly(100, 101, 102, 103, 104, 105);
  }

  @Test
  void linkInTheMiddle_thatFails_failsInTheOneAbove() {
    List<Coroutine<Integer, Object, Integer>> links = chain(DEPTH);
    Coroutine<Integer, Object, Integer> root = links.getFirst();
    for (int i = 0; i < DEPTH; i++) {
      root.next();
    }
    assertThatThrownBy(() -> links.get(3).raise(new IllegalStateException("raised"))).hasMessage("raised");
    assertThat(root.next()).isEqualTo(103);
  }
}
