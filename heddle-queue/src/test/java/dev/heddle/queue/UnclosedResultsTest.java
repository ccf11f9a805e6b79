package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.Iter;
import dev.heddle.queue.PipelineReport.Completion;
import dev.heddle.testkit.Bounded;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Results that are left unclosed do not keep the threads of their run. */
@Bounded
final class UnclosedResultsTest {
  private final CompletableFuture<Completion> ended = new CompletableFuture<>();
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
  private Completion awaitEnd() throws Exception {
    while (!ended.isDone()) {
      System.gc();
      Thread.sleep(10);
    }
    return ended.get();
  }

  @Test
  void iterate_becomesUnreachable_cancelsTheRun() throws Exception {
    readOne();
    assertThat(awaitEnd()).isEqualTo(Completion.CANCELLED);
  }

  @Test
  void stream_becomesUnreachable_cancelsTheRun() throws Exception {
    readOneOfAStream();
    assertThat(awaitEnd()).isEqualTo(Completion.CANCELLED);
  }

  @Test
  void iterate_closed_cancelsTheRun() throws Exception {
    try (Iter<Integer> results = plan.iterate()) {
      assertThat(results.next()).isZero();
    }
    assertThat(ended.get(1, TimeUnit.MINUTES)).isEqualTo(Completion.CANCELLED);
  }
}
