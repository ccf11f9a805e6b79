package dev.heddle.asyncio.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The queue of ready steps keeps its order, and not the memory of its largest size. */
class ReadyQueueTest {

  @Test
  void order_staysWhileItGrowsAndShrinks() {
    ReadyQueue queue = new ReadyQueue();
    int put = 0;
    int got = 0;
    for (int burst : new int[]{100_000, 3, 50_000, 1, 1, 1, 1, 10_000, 5}) {
      for (int i = 0; i < burst; i++) {
        queue.add(put++);
      }
      for (int i = 0; i < burst / 2; i++) { // a part is taken and added again behind, so that the ring turns
        assertThat(queue.poll()).isEqualTo(got++);
        queue.add(put++);
      }
      while (!queue.isEmpty()) {
        assertThat(queue.poll()).isEqualTo(got++);
      }
    }
    assertThat(got).isEqualTo(put);
  }

  @Test
  void memoryOfALargeBurst_isGivenBack() {
    ReadyQueue queue = new ReadyQueue();
    for (int i = 0; i < 1_000_000; i++) {
      queue.add(i);
    }
    while (!queue.isEmpty()) {
      queue.poll();
    }
    for (int turn = 0; turn < 10; turn++) {
      queue.add(turn);
      queue.poll();
    }
    assertThat(queue.capacity()).isLessThanOrEqualTo(4_096);
  }
}
