package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.spi.Engine;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.FakeWork;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a dispatcher says of itself: load, workers, attempts under way, and why workers have left. */
@Bounded(seconds = 60)
class PoolViewTest {

  @Test
  void load_countsTasksThatHaveBegunAndWorkersThatTakeTasks() {
    FakePool pool = FakePool.withSpares(2, 1, 0);
    assertThat(pool.dispatcher.load()).isEqualTo(new Engine.Load(0, 0, 0));
    List<FakeWork> all = pool.submit(3);
    assertThat(pool.dispatcher.load()).isEqualTo(new Engine.Load(0, 0, 2));
    FakeChannel worker = pool.ready(pool.workers.getFirst());
    assertThat(pool.dispatcher.load()).isEqualTo(new Engine.Load(1, 0, 2));
    assertThat(pool.dispatcher.running()).containsExactly(all.getFirst());
    pool.run(worker);
    assertThat(pool.dispatcher.running()).containsExactly(all.get(1));
    pool.cancel(all.get(1));
    assertThat(pool.dispatcher.running()).as("the cancelled one is not counted").containsExactly(all.get(2));
    pool.run(worker);
    assertThat(pool.dispatcher.running()).isEmpty();
    assertThat(pool.dispatcher.parallelism()).isEqualTo(2);
    pool.shutdown();
    assertThat(pool.dispatcher.load()).isEqualTo(new Engine.Load(0, 0, 0));
  }

  @Test
  void running_includesATaskThatWaitsForAnotherWorker() {
    FakePool pool = FakePool.of(1);
    FakeWork task = pool.submit();
    FakeWork next = pool.submit();
    pool.gone(pool.ready(pool.latest()));
    assertThat(pool.dispatcher.running()).containsExactly(task);
    pool.dispatcher.stop(task);
    assertThat(pool.dispatcher.running()).isEmpty();
    pool.run(pool.ready(pool.latest()));
    assertThat(next.outcome).isCompletedWithValue(1);
    pool.shutdown();
  }

  @Test
  void snapshot_tellsWhatEachWorkerIsDoing() {
    FakePool pool = FakePool.withSpares(2, 1, 0);
    pool.submit(2);
    FakeChannel busy = pool.ready(pool.workers.getFirst());
    List<WorkerInfo> workers = pool.dispatcher.snapshot();
    assertThat(workers).extracting(WorkerInfo::activity)
        .containsExactly(WorkerInfo.Activity.BUSY, WorkerInfo.Activity.STARTING, WorkerInfo.Activity.STARTING);
    assertThat(workers).extracting(each -> each.channel().number()).containsExactly(1, 2, 3);
    assertThat(workers).extracting(WorkerInfo::assigned).containsExactly(1, 0, 0);
    assertThat(workers).extracting(WorkerInfo::channel).containsExactlyElementsOf(pool.workers);
    pool.ready(pool.latest());
    pool.run(busy);
    pool.run(busy);
    workers = pool.dispatcher.snapshot();
    assertThat(workers).extracting(WorkerInfo::activity)
        .containsExactly(WorkerInfo.Activity.IDLE, WorkerInfo.Activity.STARTING, WorkerInfo.Activity.SPARE);
    assertThat(workers).extracting(WorkerInfo::finished).containsExactly(2L, 0L, 0L);
    pool.dispatcher.shutdown();
    assertThat(pool.dispatcher.snapshot()).extracting(WorkerInfo::activity).containsOnly(WorkerInfo.Activity.ENDING);
    pool.shutdown();
    assertThat(pool.dispatcher.snapshot()).isEmpty();
  }

  @Test
  void exits_haveEachReason() {
    FakePool pool = FakePool.of(1);
    assertThat(pool.dispatcher.exits()).hasSize(ExitReason.values().length).containsOnlyKeys(ExitReason.values());
    assertThat(pool.dispatcher.exits().values()).containsOnly(0L);
    pool.shutdown();
  }

  @Test
  void lookahead_isLargerForShortTasks() {
    FakePool pool = FakePool.of(2);
    assertThat(pool.dispatcher.lookahead()).as("nothing is known").isEqualTo(16);
    pool.submit();
    FakeChannel worker = pool.ready(pool.latest());
    pool.end(worker, Duration.ofMillis(1));
    assertThat(pool.dispatcher.lookahead()).isEqualTo(16);
    pool.gone(worker);
    pool.submit();
    worker = pool.ready(pool.latest());
    pool.end(worker, Duration.ofNanos(100_000));
    assertThat(pool.dispatcher.lookahead()).as("twice ten for each of two workers").isEqualTo(40);
    assertThat(pool.dispatcher.worthwhile()).isEqualTo(Duration.ofMillis(1));
    assertThat(pool.dispatcher.stopsByInterrupt()).isFalse();
    pool.shutdown();
    assertThat(new FakePool(Integer.MAX_VALUE, 0, 0).dispatcher.lookahead()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void timeline_hasEachTaskFromItsOwnBeginning() {
    TimelineRecorder recorder = new TimelineRecorder();
    FakePool pool = FakePool.withTimeline(recorder);
    pool.submit(3);
    FakeChannel worker = pool.ready(pool.latest());
    pool.clock.advance(Duration.ofMillis(5));
    pool.end(worker, Duration.ofMillis(3)); // by the worker's account; so it began after 2 ms
    pool.clock.advance(Duration.ofMillis(4));
    pool.end(worker, Duration.ofMillis(10)); // cannot be: the one before it ended 4 ms ago
    worker.claim();
    pool.clock.advance(Duration.ofMillis(7));
    List<Span> spans = recorder.timeline().spans();
    assertThat(spans).extracting(each -> Duration.ofNanos(each.end() - each.start()).toMillis()).containsExactly(3L, 4L, 7L);
    assertThat(spans).extracting(Span::ending)
        .containsExactly(Span.Ending.COMPLETED, Span.Ending.COMPLETED, Span.Ending.RUNNING);
    pool.shutdown();
    assertThat(recorder.timeline().spans()).extracting(Span::ending)
        .containsExactly(Span.Ending.COMPLETED, Span.Ending.COMPLETED, Span.Ending.CRASHED);
  }
}
