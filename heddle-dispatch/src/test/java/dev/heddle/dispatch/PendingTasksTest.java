package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.TaskCallable;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.FakeWork;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** That the pool always knows how many tasks wait for a worker, so that it starts as many as are needed. */
@Bounded(seconds = 120)
class PendingTasksTest {
  static final TaskCallable<Integer> ONE = () -> 1;

  private static DispatchedTask job() {
    return job(new AtomicInteger());
  }

  private static DispatchedTask job(AtomicInteger released) {
    return new DispatchedTask(new FakeWork(ONE, () -> {}), released::incrementAndGet);
  }

  @Test
  void drop_ofTheLastTask_releasesItsPayloadAndRemovesIt() {
    PendingTasks pending = new PendingTasks();
    AtomicInteger released = new AtomicInteger();
    DispatchedTask only = job(released);
    pending.add(only);
    pending.drop(only);
    assertThat(released).hasValue(1);
    assertThat(only.isQueued()).isFalse();
  }

  @Test
  void drop_ofMoreThanHalf_removesThem() {
    PendingTasks pending = new PendingTasks();
    List<DispatchedTask> tasks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      tasks.add(job());
      pending.add(tasks.getLast());
    }
    tasks.subList(0, 100).forEach(pending::drop);
    assertThat(tasks.getFirst().isQueued()).as("half of them are dropped").isTrue();
    pending.drop(tasks.get(100));
    assertThat(tasks.getFirst().isQueued()).isFalse();
    assertThat(pending.live()).isEqualTo(99);
  }

  @Test
  void live_afterAnything_isTheNumberOfThoseThatAreWanted() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      PendingTasks pending = new PendingTasks();
      List<DispatchedTask> all = new ArrayList<>();
      Set<DispatchedTask> waiting = new HashSet<>();
      for (int step = 0; step < 1_000; step++) {
        switch (random.nextInt(100)) {
          case 0 -> {
            int expected = waiting.size();
            assertThat(pending.clear()).as("seed %d", seed).hasSize(expected).containsAll(waiting);
            waiting.clear();
          }
          case 1 -> {
            int begun = (int) waiting.stream().filter(each -> !each.isNew()).count();
            assertThat(pending.withdrawAll()).as("seed %d", seed).hasSize(waiting.size() - begun);
            waiting.removeIf(each -> each.isWithdrawn());
          }
          case 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 -> {
            DispatchedTask polled = pending.poll();
            assertThat(polled != null).as("seed %d", seed).isEqualTo(!waiting.isEmpty());
            waiting.remove(polled);
            if (polled != null && random.nextBoolean()) { // its worker is lost
              polled.begin();
              if (random.nextBoolean()) {
                pending.drop(polled); // and it was stopped before
              } else {
                waiting.add(polled);
              }
              pending.addFirst(polled);
            }
          }
          case 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44 -> {
            if (!all.isEmpty()) { // cancelled, wherever it is, and perhaps once more
              DispatchedTask any = all.get(random.nextInt(all.size()));
              pending.drop(any);
              waiting.remove(any);
            }
          }
          default -> {
            DispatchedTask job = job();
            all.add(job);
            waiting.add(job);
            pending.add(job);
          }
        }
        assertThat(pending.live()).as("seed %d", seed).isEqualTo(waiting.size());
        Set<DispatchedTask> shown = new HashSet<>();
        pending.forEach(shown::add);
        assertThat(shown).as("seed %d", seed).isEqualTo(waiting);
      }
    }
  }
}
