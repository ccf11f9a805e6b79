package dev.heddle.futures.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TaskClockTest {

  @Test
  void firstTaskAfterAPause_isTimed() {
    TaskClock clock = new TaskClock();
    long before = System.nanoTime();
    clock.begins();
    assertThat(clock.begun() - before).isNotNegative();
    long first = clock.begun();
    clock.pauses();
    clock.begins();
    assertThat(clock.begun() - first).isNotNegative();
    assertThat(clock.begun() - before).isLessThanOrEqualTo(System.nanoTime() - before);
  }

  @Test
  void shortTasks_areTimedOnceInSixteen() {
    TaskClock clock = new TaskClock();
    int timed = 0;
    long last = Long.MIN_VALUE;
    for (int i = 0; i < 1_000_000; i++) {
      clock.begins();
      timed += clock.begun() == last ? 0 : 1;
      last = clock.begun();
    }
    assertThat(timed).isBetween(1_000_000 / 16, 500_000);
  }
}
