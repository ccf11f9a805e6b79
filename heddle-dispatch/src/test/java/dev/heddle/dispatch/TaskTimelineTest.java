package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.FakeWork;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When and how the tasks of a pool come into its timeline. */
@Bounded(seconds = 60)
class TaskTimelineTest {
  private final TimelineRecorder recorder = new TimelineRecorder();
  private final FakePool pool = FakePool.withTimeline(recorder);

  private List<Span.Ending> endings() {
    return recorder.timeline().spans().stream().map(Span::ending).toList();
  }

  @Test
  void task_whoseFutureIsDone_isInTheTimeline() {
    FakeWork work = pool.submit();
    List<Span.Ending> seen = new ArrayList<>();
    work.outcome.thenRun(() -> seen.addAll(endings()));
    pool.run(pool.ready(pool.latest()));
    assertThat(seen).containsExactly(Span.Ending.COMPLETED);
    FakeWork lost = pool.submit();
    lost.outcome.whenComplete((_, _) -> seen.addAll(endings()));
    pool.latest().claim();
    assertThat(endings()).containsExactly(Span.Ending.COMPLETED, Span.Ending.RUNNING);
    pool.gone(pool.latest());
    assertThat(seen).containsExactly(Span.Ending.COMPLETED, Span.Ending.COMPLETED, Span.Ending.CRASHED);
    pool.shutdown();
  }

  @Test
  void taskThatIsStopped_isCancelled_andNotCrashed() {
    FakeWork work = pool.submit();
    FakeChannel worker = pool.ready(pool.latest());
    worker.claim();
    pool.clock.advance(Duration.ofSeconds(5));
    pool.cancel(work);
    pool.gone(worker);
    assertThat(endings()).containsExactly(Span.Ending.CANCELLED);
    pool.shutdown();
  }

  @Test
  void names_areMadeWithoutTheLock() {
    pool.submit();
    FakeChannel worker = pool.ready(pool.latest());
    worker.asItIsNamed = pool::checkThatTheLockIsFree;
    assertThat(endings()).containsExactly(Span.Ending.RUNNING);
    pool.run(worker);
    pool.submit();
    worker.claim();
    pool.gone(worker);
    worker.asItIsNamed = () -> {};
    assertThat(endings()).containsExactly(Span.Ending.COMPLETED, Span.Ending.CRASHED);
    pool.shutdown();
  }

  @Test
  void recordThatFails_leavesTheOutcomesAsTheyAre() {
    FakeWork good = pool.submit();
    FakeChannel worker = pool.ready(pool.latest());
    worker.asItIsNamed = () -> { throw new OutOfMemoryError("on purpose"); };
    pool.run(worker);
    assertThat(good.outcome).isCompletedWithValue(1);
    FakeWork lost = pool.submit();
    worker.claim();
    pool.gone(worker);
    assertThat(lost.outcome).isCompletedExceptionally();
    worker.asItIsNamed = () -> {};
    assertThat(endings()).isEmpty();
    pool.shutdown();
  }
}
