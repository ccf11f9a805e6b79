package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heddle.iter.Iter;
import dev.heddle.testkit.Bounded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The three orders on both kinds of threads, and what only one of them has. */
final class ClosableQueueTest {

  interface Fifo extends ClosableQueueContract {
    @Override
    default ClosableQueue<Integer> newQueue() {
      return ClosableQueue.fifo();
    }

    @Override
    default ClosableQueue<Integer> newQueue(int capacity) {
      return ClosableQueue.fifo(capacity);
    }

    @Override
    default List<Integer> ordered() {
      return List.of(3, 1, 2);
    }
  }

  interface Lifo extends ClosableQueueContract {
    @Override
    default ClosableQueue<Integer> newQueue() {
      return ClosableQueue.lifo();
    }

    @Override
    default ClosableQueue<Integer> newQueue(int capacity) {
      return ClosableQueue.lifo(capacity);
    }

    @Override
    default List<Integer> ordered() {
      return List.of(2, 1, 3);
    }
  }

  interface Priority extends ClosableQueueContract {
    @Override
    default ClosableQueue<Integer> newQueue() {
      return ClosableQueue.priority(Comparator.naturalOrder());
    }

    @Override
    default ClosableQueue<Integer> newQueue(int capacity) {
      return ClosableQueue.priority(capacity, Comparator.naturalOrder());
    }

    @Override
    default List<Integer> ordered() {
      return List.of(1, 2, 3);
    }
  }

  interface OnVirtual extends ClosableQueueContract {
    @Override
    default Threads threads() {
      return Threads.VIRTUAL;
    }
  }

  interface OnPlatform extends ClosableQueueContract {
    @Override
    default Threads threads() {
      return Threads.PLATFORM;
    }
  }

  @Nested
  final class FifoOnVirtualThreads implements Fifo, OnVirtual {}

  @Nested
  final class FifoOnPlatformThreads implements Fifo, OnPlatform {}

  @Nested
  final class LifoOnVirtualThreads implements Lifo, OnVirtual {}

  @Nested
  final class LifoOnPlatformThreads implements Lifo, OnPlatform {}

  @Nested
  final class PriorityOnVirtualThreads implements Priority, OnVirtual {}

  @Nested
  final class PriorityOnPlatformThreads implements Priority, OnPlatform {}

  @Test
  void priority_equalItems_comeInTheOrderInWhichTheyWerePut() throws Exception {
    ClosableQueue<String> queue = ClosableQueue.priority(Comparator.comparingInt(String::length));
    for (String word : List.of("bb", "aa", "c", "dd", "b")) {
      queue.put(word);
    }
    queue.close();
    assertThat(queue.iterator().toList()).containsExactly("c", "b", "bb", "aa", "dd");
  }

  @Test
  void iterator_closedAfterHasNext_putsTheItemBackBeforeItsEquals() throws Exception {
    ClosableQueue<String> queue = ClosableQueue.priority(Comparator.comparingInt(String::length));
    queue.put("first");
    queue.put("after");
    try (Iter<String> items = queue.iterator()) {
      assertThat(items.hasNext()).isTrue(); // fetches the first one, which closing puts back
    }
    assertThat(queue.take()).isEqualTo("first");
    assertThat(queue.take()).isEqualTo("after");
  }

  @Test
  void priority_randomItems_agreesWithPriorityQueue() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ClosableQueue<Integer> queue = ClosableQueue.priority(Comparator.naturalOrder());
    PriorityQueue<Integer> model = new PriorityQueue<>();
    for (int i = 0; i < 20_000; i++) {
      if (random.nextInt(5) < 3) {
        int item = random.nextInt(500);
        queue.put(item);
        model.add(item);
      } else {
        assertThat(queue.poll()).as("seed %d", seed).isEqualTo(model.poll());
      }
    }
    assertThat(queue.size()).isEqualTo(model.size());
  }

  @Test
  void priority_comparatorThrows_losesNothing() throws Exception {
    boolean[] broken = new boolean[1];
    Comparator<Integer> order = (a, b) -> {
      if (broken[0] && (a == 5 || b == 5)) {
        throw new IllegalStateException("cannot compare 5");
      }
      return Integer.compare(a, b);
    };
    ClosableQueue<Integer> queue = ClosableQueue.priority(order);
    List<Integer> items = List.of(9, 4, 7, 5, 1, 8, 2, 6, 3);
    for (int item : items) {
      queue.put(item);
    }
    broken[0] = true;
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      try {
        taken.add(queue.take());
        queue.put(taken.removeLast());
      } catch (IllegalStateException refused) {
        // and changed nothing
      }
    }
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> queue.put(5));
    broken[0] = false;
    taken.addAll(queue.closeNow());
    assertThat(taken).containsExactlyInAnyOrderElementsOf(items);
  }

  @Test
  @Bounded
  void priority_comparatorThrowsInCloseNow_closesAllTheSameAndKeepsTheRest() throws Exception {
    boolean[] broken = new boolean[1];
    Comparator<Integer> order = (a, b) -> {
      if (broken[0] && a + b == 5) {
        throw new IllegalStateException("cannot compare");
      }
      return Integer.compare(a, b);
    };
    ClosableQueue<Integer> queue = ClosableQueue.priority(4, order);
    for (int item = 1; item <= 4; item++) {
      queue.put(item);
    }
    var putter = Threads.VIRTUAL.run(() -> queue.put(0)).untilItWaits();
    broken[0] = true;
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(queue::closeNow);
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(putter::result)
        .withCauseInstanceOf(QueueClosedException.class);
    assertThat(queue.isClosed()).isTrue();
    broken[0] = false;
    assertThat(queue.closeNow()).containsExactly(1, 2, 3, 4);
    assertThat(queue.unfinished()).isZero();
  }
}
