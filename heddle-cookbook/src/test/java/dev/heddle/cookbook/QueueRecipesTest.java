package dev.heddle.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The outcomes of the rows about queues and pipelines. */
@Timeout(60)
final class QueueRecipesTest {

  @Test
  void c46_polling_asksMoreOftenThanThereAreItems() throws Exception {
    List<String> lines = Output.of(new C46PollingPipeline(100, 100_000)).lines();
    assertThat(lines.getFirst()).matches("Processed 100 items after polling \\d+ times");
    int polls = Integer.parseInt(lines.getFirst().replaceAll(".* polling (\\d+) times", "$1"));
    assertThat(polls).isGreaterThanOrEqualTo(300);
    assertThat(lines.get(1)).startsWith("3 workers still poll");
  }

  @RepeatedTest(5)
  void c47_queues_orderEventsAsTheStudyNotesDo() throws Exception {
    assertThat(Output.of(new C47BlockingQueue()).lines())
        .containsExactly(
            "Consumer waiting",
            "Producer putting",
            "Consumer done",
            "Producer done",
            "",
            "Producer put 1",
            "Consumer got 1",
            "Producer put 2",
            "Consumer got 2",
            "Producer done",
            "",
            "Consumer waiting",
            "Producer waiting",
            "Consumer working",
            "Consumer done",
            "Producer done");
  }

  @Test
  void c48_stoppableWorkers_finishAllItemsWithinTheBoundsAndEnd() throws Exception {
    Output out = new Output();
    new C48StoppableWorkers().byHand(out);
    assertThat(out.text()).startsWith("1000 items finished, 0 workers left, at most ");
    int most = Integer.parseInt(out.text().replaceAll("(?s).*at most (\\d+) of 48.*", "$1"));
    assertThat(most).isLessThanOrEqualTo(48);
  }

  @Test
  void c48_pipeline_finishesAllItemsInBoundedMemory() {
    Output out = new Output();
    new C48StoppableWorkers(5_000).asPipeline(out);
    assertThat(out.lines().getFirst()).startsWith("5000 items finished in order, at most ");
    int most = Integer.parseInt(out.lines().getFirst().replaceAll(".*at most (\\d+) under way.*", "$1"));
    // Four buffers of 32, three windows of 8 with two workers each, and one item in the hands of source and sink.
    assertThat(most).isLessThanOrEqualTo(4 * 32 + 3 * (8 + 2) + 2);
    assertThat(out.text()).contains("stage").contains("download").contains("bottleneck");
  }
}
