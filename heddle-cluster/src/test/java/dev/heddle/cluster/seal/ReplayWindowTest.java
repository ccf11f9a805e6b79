package dev.heddle.cluster.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
  @Test
  void accept_eachNumberOnce_inAnyOrderWithinTheWindow() {
    ReplayWindow window = new ReplayWindow();
    List<Long> numbers = new ArrayList<>();
    for (long i = 1; i <= ReplayWindow.SIZE; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, new Random(7));
    assertThat(numbers).allMatch(window::accept);
    assertThat(numbers).noneMatch(window::accept);
  }

  @Test
  void accept_farBehindTheNewest_isRefused() {
    ReplayWindow window = new ReplayWindow();
    assertThat(window.accept(ReplayWindow.SIZE + 10)).isTrue();
    assertThat(window.accept(10)).isFalse();
    assertThat(window.accept(11)).isTrue();
    assertThat(window.accept(11)).isFalse();
    assertThat(window.accept(0)).isFalse();
    assertThat(window.accept(-1)).isFalse();
  }

  /** The same as a set of all numbers would say. */
  @Test
  void accept_leaps_forgetNothingThatIsInTheWindow() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ReplayWindow window = new ReplayWindow();
    Set<Long> seen = new HashSet<>();
    long newest = 0;
    for (int i = 0; i < 20_000; i++) {
      long number = Math.max(1, newest + random.nextInt(-ReplayWindow.SIZE - 100, ReplayWindow.SIZE + 100));
      boolean expected = number > newest - ReplayWindow.SIZE && !seen.contains(number);
      if (window.accept(number) != expected) {
        throw new AssertionError("seed " + seed + ", number " + number + ", newest " + newest + " should be " + expected);
      }
      if (expected) {
        seen.add(number);
      }
      newest = Math.max(newest, number);
    }
  }
}
