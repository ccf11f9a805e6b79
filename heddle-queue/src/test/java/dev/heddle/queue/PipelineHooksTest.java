package dev.heddle.queue;

import static dev.heddle.queue.Items.HUNDRED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heddle.testkit.Bounded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Failures and ends that must be seen, and soon. */
@Bounded
final class PipelineHooksTest {
  private static final Duration LONG = Duration.ofHours(1);

  private static int parse(int item) throws Exception {
    if (item % 4 == 0) {
      throw new Exception("bad record " + item);
    }
    return item;
  }

  @Test
  void onFailed_skippedItems_areToldInEveryWayOfRunning() {
    List<FailedItem> failed = new ArrayList<>();
    List<PipelineReport> reports = new ArrayList<>();
    Pipeline<Integer> plan = Pipeline.from(HUNDRED)
        .stage("parse", 3, PipelineHooksTest::parse)
        .with(PipelineOptions.defaults().withFailures(FailurePolicy.skip()).onFailed(failed::add).onReport(reports::add));
    assertThat(plan.iterate().toList()).hasSize(75);
    assertThat(failed).hasSize(25).allSatisfy(each -> assertThat(each.stage()).isEqualTo("parse"))
        .anySatisfy(each -> assertThat(each.cause()).hasMessage("bad record 4"));
    assertThat(plan.stream().count()).isEqualTo(75);
    assertThat(Pipeline.fromPublisher(plan.publisher()).iterate().toList()).hasSize(75);
    assertThat(plan.to(n -> {}).run().failed()).isEqualTo(25);
    assertThat(failed).hasSize(100);
    assertThat(reports).hasSize(4).allSatisfy(each -> assertThat(each.failed()).isEqualTo(25));
  }

  @Test
  void onFailed_hookThrows_changesNothing() {
    PipelineOptions options = PipelineOptions.defaults().withFailures(FailurePolicy.skip())
        .onFailed(item -> {
          throw new IllegalStateException("hook");
        })
        .onReport(report -> { throw new IllegalStateException("hook"); });
    assertThat(Pipeline.from(HUNDRED).stage("parse", 2, PipelineHooksTest::parse).with(options).iterate().toList())
        .hasSize(75);
  }

  @Test
  void failFast_earlierItemTakesLong_isToldSoon() {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Pipeline.from(HUNDRED)
            .stage("s", 4, n -> {
              if (n == 0) {
                begun.countDown();
                never.await();
              } else if (n == 1) {
                begun.await();
                throw new Exception("bad item");
              }
              return n;
            })
            .to(n -> {})
            .with(PipelineOptions.defaults().withDrainTimeout(LONG))
            .run())
        .withMessageContaining("bad item");
  }
}
