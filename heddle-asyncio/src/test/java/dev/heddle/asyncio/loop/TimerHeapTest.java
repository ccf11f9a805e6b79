package dev.heddle.asyncio.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Timers come out by deadline and sequence, however they were put in and taken out. */
class TimerHeapTest {
  private static final class Plain extends Timer {
    @Override
    protected void fire() {}
  }

  @Test
  void random_operations_agreeWithASortedList() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TimerHeap heap = new TimerHeap();
      List<Timer> model = new ArrayList<>();
      long base = seed % 2 == 0 ? 0 : Long.MAX_VALUE - 25; // across the overflow of the clock
      for (int i = 0; i < 2_000; i++) {
        int what = random.nextInt(10);
        if (what < 5 || model.isEmpty()) {
          Timer timer = new Plain();
          heap.add(timer, base + random.nextInt(50));
          model.add(timer);
        } else if (what < 8) {
          model.sort(Comparator.<Timer>comparingLong(t -> t.deadline - base).thenComparingLong(t -> t.sequence));
          assertThat(heap.nextDeadline()).isEqualTo(model.getFirst().deadline);
          assertThat(heap.poll()).as("seed %d, step %d", seed, i).isSameAs(model.removeFirst());
        } else {
          Timer gone = model.remove(random.nextInt(model.size()));
          heap.remove(gone);
          heap.remove(gone);
        }
        assertThat(heap.size()).isEqualTo(model.size());
      }
    }
  }
}
