package dev.heddle.queue.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.Iter;
import dev.heddle.queue.OccupancyTimeline;
import dev.heddle.queue.PipelineOptions;
import dev.heddle.queue.plan.PlanNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The memory and the intervals of the recorder. */
final class OccupancyRecorderTest {

  @Test
  void timeline_longRun_hasABoundedNumberOfSpans() {
    PlanNode source = new PlanNode.Source("source", () -> Iter.from(List.of(1)));
    PipelineExecution run = new PipelineExecution(PipelineOptions.defaults(), List.of(source), 1);
    OccupancyRecorder recorder = new OccupancyRecorder(run.nodes());
    recorder.start(0);
    long now = 0;
    for (int i = 0; i < 10_000; i++) {
      now += Math.max(1, recorder.sampleIfDue(now));
    }
    OccupancyTimeline timeline = recorder.finish(now);
    assertThat(timeline.intervals()).hasSizeLessThanOrEqualTo(257);
    assertThat(timeline.intervals().getFirst().from()).isZero();
    assertThat(timeline.intervals().getLast().to()).isEqualTo(now);
    for (int i = 1; i < timeline.intervals().size(); i++) {
      assertThat(timeline.intervals().get(i).from()).isEqualTo(timeline.intervals().get(i - 1).to());
    }
  }
}
