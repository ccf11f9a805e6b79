package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.Iter;
import dev.heddle.queue.PipelineReport.Outcome;
import dev.heddle.testkit.Bounded;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Results that are left unclosed do not keep the threads of their run. */
@Bounded
final class UnclosedResultsTest {
  private final CompletableFuture<Outcome> ended = new CompletableFuture<>();
  private final Pipeline<Integer> plan = Pipeline.from(Items.endless())
      .stage("same", 2, n -> n)
      .with(PipelineOptions.named("left").onReport(report -> ended.complete(report.outcome())));
  private void readOne() {
    assertThat(plan.iterate().next()).isZero();
  }

  private void readOneOfAStream() {
    assertThat(plan.stream().iterator().next()).isZero();
  }

  /** Collects garbage until the run has ended; the test is bounded. */
  private Outcome awaitEnd() throws Exception {
    while (!ended.isDone()) {
      System.gc();
      Thread.sleep(10);
    }
    return ended.get();
  }

  @Test
  void iterate_becomesUnreachable_cancelsTheRun() throws Exception {
    readOne();
    assertThat(awaitEnd()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void stream_becomesUnreachable_cancelsTheRun() throws Exception {
    readOneOfAStream();
    assertThat(awaitEnd()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void iterate_closed_cancelsTheRun() throws Exception {
    try (Iter<Integer> results = plan.iterate()) {
      assertThat(results.next()).isZero();
    }
    assertThat(ended.get(1, TimeUnit.MINUTES)).isEqualTo(Outcome.CANCELLED);
  }
}
