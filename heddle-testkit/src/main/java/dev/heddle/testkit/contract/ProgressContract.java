package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.MapOutcome;
import dev.heddle.futures.Progress;
import dev.heddle.futures.ProgressMeter;
import dev.heddle.futures.ProgressOptions;
import dev.heddle.futures.TaskFailedException;
import dev.heddle.iter.Iter;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of meters over maps and futures: what they count adds up to the inputs. */
public interface ProgressContract extends ExecutorContract {

  @Test
  default void progress_overOutcomes_countsEachInputAndItsFailures() {
    List<Progress> last = new ArrayList<>();
    ProgressOptions options = ProgressOptions.named("outcomes").withTotal(6).withListener(last::add);
    try (Executor pool = newExecutor(2); ProgressMeter meter = ProgressMeter.start(options)) {
      List<MapOutcome<Integer, Integer>> all = meter.over(pool.mapOutcomes(n -> odd(n), List.of(0, 1, 2, 3, 4, 5)))
          .toList();
      assertThat(all).extracting(MapOutcome::index).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
      assertThat(meter.now().done()).isEqualTo(6);
      assertThat(meter.now().failed()).isEqualTo(3);
    }
    assertThat(last.getLast().last()).isTrue();
    assertThat(last.getLast().toString()).startsWith("outcomes: 6 of 6 (100 %), ")
        .endsWith(" per second, 0 s left, 3 failed");
  }

  @Test
  default void progress_overAMapThatFails_countsTheFailure() {
    try (Executor pool = newExecutor(1); ProgressMeter meter = ProgressMeter.start(ProgressOptions.named("map"))) {
      Iter<Integer> results = meter.over(pool.map(n -> odd(n), List.of(1, 3, 2, 5)));
      assertThatThrownBy(results::toList).isInstanceOf(TaskFailedException.class);
      results.close();
      assertThat(meter.now().done()).isEqualTo(3);
      assertThat(meter.now().failed()).isEqualTo(1);
    }
  }

  @Test
  default void progress_overAsCompleted_countsFutures() {
    try (Executor pool = newExecutor(2); ProgressMeter meter = ProgressMeter.start(ProgressOptions.named("futures"))) {
      List<Future<Integer>> futures = List.of(pool.submit(() -> odd(1)), pool.submit(() -> odd(2)));
      for (Future<Integer> each : meter.over(Futures.asCompleted(futures))) {
        assertThat(each.exception() == null).isEqualTo(each == futures.getFirst());
      }
      assertThat(meter.now().done()).isEqualTo(2);
      assertThat(meter.now().failed()).isEqualTo(1);
    }
  }

  @Test
  default void progress_ofWatchedFutures_addToTheTotalAndCountAsTheyEnd() throws Exception {
    try (Executor pool = newExecutor(2);
        Gate gate = newGate();
        ProgressMeter meter = ProgressMeter.start(ProgressOptions.named("batch"))) {
      Future<Integer> before = pool.submit(() -> odd(1));
      before.result();
      meter.watch(List.of(before));
      Future<Integer> open = pool.submit(() -> {
        gate.await();
        return odd(2);
      });
      Future<Integer> cancelled = pool.submit(() -> {
        gate.await();
        return odd(3);
      });
      meter.watch(List.of(open, cancelled));
      assertThat(meter.now().total()).hasValue(3);
      assertThat(meter.now().done()).isEqualTo(1);
      cancelled.cancel(true);
      gate.open();
      assertThat(open.exception()).isInstanceOf(IOException.class);
      Eventually.holds("all are counted", () -> meter.now().done() == 3);
      assertThat(meter.now().failed()).isEqualTo(2);
    }
  }

  private static int odd(int n) throws IOException {
    if (n % 2 == 0) {
      throw new IOException(n + " is even");
    }
    return n;
  }
}
