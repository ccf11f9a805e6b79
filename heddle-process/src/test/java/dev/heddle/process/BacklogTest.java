package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.codec.TaskEncoder;
import dev.heddle.futures.Future;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskOptions;
import dev.heddle.process.errors.ProcessErrors;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Rendezvous;
import dev.heddle.testkit.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That the pool always knows how many tasks wait for a worker, so that it starts as many as are needed. */
@Bounded(seconds = 120)
class BacklogTest {
  private static final TaskEncoder ENCODER = new TaskEncoder(new ProcessErrors());

  static final TaskCallable<Integer> ONE = () -> 1;

  private static Job job() {
    return new Job(new FakeWork(ONE, () -> {}), ENCODER.encode(ONE));
  }

  @Test
  void live_afterAnything_isTheNumberOfThoseThatAreWanted() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      Backlog backlog = new Backlog();
      List<Job> all = new ArrayList<>();
      Set<Job> waiting = new HashSet<>();
      for (int step = 0; step < 1_000; step++) {
        switch (random.nextInt(100)) {
          case 0 -> {
            int expected = waiting.size();
            assertThat(backlog.clear()).as("seed %d", seed).hasSize(expected).containsAll(waiting);
            waiting.clear();
          }
          case 1 -> {
            int begun = (int) waiting.stream().filter(each -> !each.isNew()).count();
            assertThat(backlog.withdrawAll()).as("seed %d", seed).hasSize(waiting.size() - begun);
            waiting.removeIf(each -> each.isWithdrawn());
          }
          case 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 -> {
            Job polled = backlog.poll();
            assertThat(polled != null).as("seed %d", seed).isEqualTo(!waiting.isEmpty());
            waiting.remove(polled);
            if (polled != null && random.nextBoolean()) { // its worker is lost
              polled.begin();
              if (random.nextBoolean()) {
                backlog.drop(polled); // and it was stopped before
              } else {
                waiting.add(polled);
              }
              backlog.addFirst(polled);
            }
          }
          case 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44 -> {
            if (!all.isEmpty()) { // cancelled, wherever it is, and perhaps once more
              Job any = all.get(random.nextInt(all.size()));
              backlog.drop(any);
              waiting.remove(any);
            }
          }
          default -> {
            Job job = job();
            all.add(job);
            waiting.add(job);
            backlog.add(job);
          }
        }
        assertThat(backlog.live()).as("seed %d", seed).isEqualTo(waiting.size());
        Set<Job> shown = new HashSet<>();
        backlog.forEach(shown::add);
        assertThat(shown).as("seed %d", seed).isEqualTo(waiting);
      }
    }
  }

  @Test
  void crash_afterACancelAndAShutdownThatDrains_isRetried() throws Exception {
    try (Rendezvous rendezvous = Rendezvous.open();
        ProcessExecutor pool = ProcessPool.of(1)) {
      Tally attempts = rendezvous.newTally();
      Gate crash = rendezvous.newGate();
      Future<Integer> retried = pool.submit(
          TaskOptions.defaults().withRetry(Retry.times(2).withDelay(Duration.ZERO)),
          () -> {
            int number = attempts.hit();
            if (number == 1) {
              crash.await();
              Runtime.getRuntime().halt(1);
            }
            return number;
          });
      attempts.await(1);
      Future<Integer> cancelled = pool.submit(() -> 1);
      cancelled.cancel(false);
      pool.shutdown(false, true);
      crash.open();
      assertThat(retried.result()).isEqualTo(2);
    }
  }
}
