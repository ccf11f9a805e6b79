package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.heddle.timeline.Span;
import dev.heddle.timeline.Span.Ending;
import dev.heddle.timeline.TimelineRecorder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the workers of a pipeline leave in a timeline. */
@Timeout(60)
class PipelineTimelineTest {
  private final TimelineRecorder recorder = new TimelineRecorder();
  private final PipelineOptions options = PipelineOptions.defaults().withFailures(FailurePolicy.skip())
      .withTimeline(recorder);

  private Map<String, List<Span>> lanes() {
    return recorder.timeline().lanes();
  }

  @Test
  void eachItem_isASpanOfItsWorker_namedByIt_andOfItsStagesKind() {
    Pipeline.from(List.of("a", "b")).stage("double", 1, s -> s + s).stage("box", 1, s -> new Object()).with(options)
        .to(o -> {}).run();

    assertThat(lanes().keySet()).containsExactly("1. source", "2. double", "3. box", "4. sink");
    assertThat(lanes().get("2. double")).extracting(Span::name, Span::kind)
        .containsExactly(tuple("a", "double"), tuple("b", "double"));
    assertThat(lanes().get("4. sink")).extracting(Span::name).containsExactly("item 0", "item 1");
    assertThat(recorder.timeline().spans()).allSatisfy(span -> assertThat(span.ending()).isEqualTo(Ending.COMPLETED));
  }

  @Test
  void spansOfAWorker_neverOverlap_andEachWorkerHasALane() {
    Pipeline.from(List.of(1, 2, 3, 4, 5, 6, 7, 8)).stage("work", StageOptions.workers(2), n -> n).with(options).to(n -> {})
        .run();

    assertThat(lanes().keySet()).contains("1. source", "3. sink");
    assertThat(lanes().keySet().stream().filter(lane -> lane.startsWith("2. work ")).collect(Collectors.toSet()))
        .isSubsetOf("2. work 1", "2. work 2").isNotEmpty();
    lanes().values().forEach(spans -> {
      for (int i = 1; i < spans.size(); i++) {
        assertThat(spans.get(i).start()).isGreaterThanOrEqualTo(spans.get(i - 1).end());
      }
    });
  }

  @Test
  void itemThatFails_andOneThatRuns_areMarked() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (PipelineRun run = Pipeline.from(List.of("bad", "slow")).stage("work", 1, s -> {
      if (s.equals("bad")) {
        throw new IllegalStateException("on purpose");
      }
      seen.countDown();
      go.await();
      return s;
    }).with(options).to(s -> {}).start()) {
      seen.await();
      assertThat(lanes().get("2. work")).extracting(Span::name, Span::ending)
          .containsExactly(tuple("bad", Ending.FAILED),
              tuple("slow", Ending.RUNNING));
      go.countDown();
      run.await();
    }
    assertThat(lanes().get("2. work")).extracting(Span::ending).containsExactly(Ending.FAILED, Ending.COMPLETED);
  }
}
