package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Causes that only a run can show: its garbage collections, and its slowest item. */
@Bounded
final class PipelineCausesTest {

  @Test
  void run_collectsGarbage_reportsThePauses() {
    CountDownLatch looked = new CountDownLatch(2); // the first call may come before the look of its time
    PipelineReport report = Pipeline.from(List.of(1))
        .to(item -> {
          looked.await();
          for (int i = 0; i < 3; i++) {
            System.gc();
          }
        })
        .with(PipelineOptions.defaults().onProgress(Duration.ofMillis(1), progress -> {
          if (progress.elapsed().compareTo(Duration.ofMillis(20)) > 0) { // the look at the collectors was due before
            looked.countDown();
          }
        }))
        .run();
    assertThat(report.gcPauses()).isPositive().isLessThanOrEqualTo(report.elapsed());
    assertThat(report.gcShare()).isBetween(0.0, 1.0);
  }

  @Test
  void run_oneItemTakesLong_isNamedWithItsIndexAndText() {
    List<String> items = IntStream.range(0, 20).mapToObj(i -> i == 7 ? "big\u001b[2J" + "x".repeat(200) : "small").toList();
    PipelineReport report = Pipeline.from(items)
        .stage("work", 4, item -> {
          Thread.sleep(item.startsWith("big") ? 300 : 0); // the work, not a synchronisation
          return item;
        })
        .to(item -> {})
        .run();
    SlowestItem slowest = Objects.requireNonNull(report.stage("work").orElseThrow().slowest());
    assertThat(slowest.index()).isEqualTo(7);
    assertThat(slowest.time()).isGreaterThanOrEqualTo(Duration.ofMillis(290));
    assertThat(slowest.text()).startsWith("'big\\x1b[2Jxxx").hasSizeLessThan(90);
  }

  @Test
  void flatMap_lazyElementsOfOneItemTakeLong_itIsTheSlowest() {
    for (StageOptions options : List.of(StageOptions.workers(2), StageOptions.workers(2).unordered())) {
      PipelineReport report = Pipeline.from(IntStream.range(0, 12).boxed().toList())
          .flatMap("expand", options, item -> () -> slowly(item == 5 ? 20 : 1, item == 5 ? 15 : 0))
          .to(item -> {})
          .run();
      SlowestItem slowest = Objects.requireNonNull(report.stage("expand").orElseThrow().slowest());
      assertThat(slowest.index()).isEqualTo(5);
      assertThat(slowest.time()).isGreaterThanOrEqualTo(Duration.ofMillis(290));
    }
  }

  /** An iterator whose elements take their time. */
  private static Iterator<Integer> slowly(int count, int millis) {
    return IntStream.range(0, count).mapToObj(i -> {
      LockSupport.parkNanos(millis * 1_000_000L); // the work, not a synchronisation
      return i;
    }).iterator();
  }
}
