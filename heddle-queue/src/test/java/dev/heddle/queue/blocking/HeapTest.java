package dev.heddle.queue.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import org.junit.jupiter.api.Test;

/** The order of items that were put back. */
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
}
