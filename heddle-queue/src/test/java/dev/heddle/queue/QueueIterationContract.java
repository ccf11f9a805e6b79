package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.heddle.iter.Iter;
import dev.heddle.testkit.Bounded;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** What iterations over every queue do, whatever its order, on any kind of thread. */
@Bounded
interface QueueIterationContract {
  Threads threads();

  ClosableQueue<Integer> newQueue();

  ClosableQueue<Integer> newQueue(int capacity);

  /** The order in which 3, 1 and 2 come out, when put in this order. */
  List<Integer> ordered();

  default ClosableQueue<Integer> holding(Integer... items) {
    ClosableQueue<Integer> queue = newQueue();
    for (Integer item : items) {
      queue.offer(item);
    }
    return queue;
  }

  @Test
  default void iteration_readInParts_losesNothing() throws Exception {
    ClosableQueue<Integer> queue = newQueue();
    for (int i = 0; i < 5; i++) {
      queue.put(i);
    }
    queue.close();
    Iter<Integer> items = queue.iterator();
    assertThat(items.limit(2).toList()).hasSize(2);
    assertThat(items.first()).isPresent();
    assertThat(items.toList()).hasSize(2);
    items.close();
    assertThat(items.hasNext()).as("closed after its end").isFalse();
  }

  @Test
  default void iteration_closedEarly_isAnErrorAndLeavesTheQueueOpen() throws Exception {
    ClosableQueue<Integer> queue = newQueue();
    queue.put(1);
    queue.put(1);
    Iter<Integer> items = queue.iterator();
    assertThat(items.next()).isEqualTo(1);
    items.close();
    assertThatIllegalStateException().isThrownBy(items::hasNext).withMessageContaining("closed before its end");
    assertThatIllegalStateException().isThrownBy(items::next).withMessageContaining("closed before its end");
    assertThatIllegalStateException().isThrownBy(items::toList).withMessageContaining("closed before its end");
    assertThat(queue.take()).isEqualTo(1);
  }

  @Test
  default void iteration_closedQueue_endsWithoutAnExceptionAndCountsItemsAsDone() throws Exception {
    ClosableQueue<Integer> queue = holding(3, 1, 2);
    queue.close();
    List<Integer> seen = new ArrayList<>();
    for (int item : queue) {
      seen.add(item);
    }
    assertThat(seen).isEqualTo(ordered());
    queue.join();
  }

  @Test
  default void iteration_openQueue_waitsForItemsUntilTheEnd() throws Exception {
    ClosableQueue<Integer> queue = newQueue();
    var taker = threads().start(() -> queue.iterator().toList());
    queue.put(1);
    queue.put(2);
    queue.close();
    assertThat(taker.result()).containsExactlyInAnyOrder(1, 2);
    queue.join();
  }

  @Test
  default void iteration_closedWithItemAhead_putsItBack() throws Exception {
    ClosableQueue<Integer> queue = holding(3, 1, 2);
    try (Iter<Integer> items = queue.iterator()) {
      assertThat(items.next()).isEqualTo(ordered().getFirst());
      assertThat(items.hasNext()).isTrue();
      assertThat(queue.size()).isEqualTo(1);
    }
    assertThat(queue.size()).isEqualTo(2);
    assertThat(queue.unfinished()).isEqualTo(2);
    assertThat(List.of(queue.take(), queue.take())).isEqualTo(ordered().subList(1, 3));
  }

  @Test
  default void iteration_queueClosedWithError_throwsAfterTheLastItem() {
    ClosableQueue<Integer> queue = holding(1);
    queue.closeWithError(new Exception("disk full"));
    Iter<Integer> items = queue.iterator();
    assertThat(items.next()).isEqualTo(1);
    assertThatExceptionOfType(QueueClosedException.class).isThrownBy(items::next).withMessageContaining("disk full");
    assertThat(items.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(items::next);
  }

  @Test
  default void forEach_actionThrows_countsTheItemAsDone() throws Exception {
    ClosableQueue<Integer> queue = holding(1);
    assertThatIllegalStateException()
        .isThrownBy(
            () -> queue.forEach(
                item -> {
                  throw new IllegalStateException("no");
                }));
    queue.join();
  }
}
