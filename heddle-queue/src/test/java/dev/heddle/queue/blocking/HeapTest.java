package dev.heddle.queue.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The order of items, also of those that were put back. */
final class HeapTest {
  private final Heap<String> heap = new Heap<>(Comparator.comparingInt(String::length));

  @Test
  void giveBack_equalItems_isRemovedFirstAgain() {
    heap.add("first");
    heap.add("after");
    heap.add("third");
    assertThat(heap.remove()).isEqualTo("first");
    heap.giveBack("first");
    assertThat(heap.removeAll()).containsExactly("first", "after", "third");
  }

  @Test
  void giveBack_severalInReverse_restoresTheOrder() {
    heap.add("first");
    heap.add("after");
    heap.add("third");
    assertThat(heap.remove()).isEqualTo("first");
    assertThat(heap.remove()).isEqualTo("after");
    heap.giveBack("after");
    heap.giveBack("first");
    assertThat(heap.removeAll()).containsExactly("first", "after", "third");
  }

  @Test
  void giveBack_smallerItemWasAdded_comesAfterIt() {
    heap.add("first");
    assertThat(heap.remove()).isEqualTo("first");
    heap.add("1st");
    heap.giveBack("first");
    assertThat(heap.removeAll()).containsExactly("1st", "first");
  }

  @RepeatedTest(50)
  void randomOperations_asASortedList() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Heap<int[]> tested = new Heap<>(Comparator.comparingInt(item -> item[0]));
    List<int[]> sorted = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      if (random.nextInt(5) < 3) {
        int[] item = {random.nextInt(20)};
        tested.add(item);
        sorted.add((int) sorted.stream().filter(earlier -> earlier[0] <= item[0]).count(), item);
      } else {
        int[] expected = sorted.isEmpty() ? null : sorted.removeFirst();
        assertThat(tested.remove()).as("operation %d, seed %d", i, seed).isSameAs(expected);
        if (expected != null && random.nextBoolean()) {
          tested.giveBack(expected);
          sorted.addFirst(expected);
        }
      }
      assertThat(tested.size()).as("operation %d, seed %d", i, seed).isEqualTo(sorted.size());
    }
    assertThat(tested.removeAll()).as("seed %d", seed).containsExactlyElementsOf(sorted);
    assertThat(tested.size()).isZero();
  }

  @Test
  void remove_empty_null() {
    assertThat(heap.remove()).isNull();
  }
}
