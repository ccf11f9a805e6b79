package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heddle.futures.Future;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskOptions;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.CrossProcessLatches;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.Gate;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.Timeline;
import dev.heddle.timeline.TimelineRecorder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of workers, and that idle ones cost nothing. */
@Bounded(seconds = 120)
class ObservationTest {

  @Test
  void timeline_recorded_showsWhatRanWhere(@TempDir Path folder) throws Exception {
    TimelineRecorder recorder = new TimelineRecorder();
    ProcessOptions options = ProcessOptions.named("shown").withTimeline(recorder);
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      pool.submit(TaskOptions.named("good \"one\""), () -> 1).result();
      long first = pool.workers().getFirst().pid();
      pool.submit(TaskOptions.named("bad"), () -> { throw new IllegalStateException("on purpose"); }).exception();
      pool.submit(TaskOptions.named("crash"), () -> Runtime.getRuntime().halt(1)).exception();
      pool.submit(TaskOptions.named("next"), () -> 2).result();
      Timeline timeline = recorder.timeline();
      assertThat(timeline.spans()).extracting(Span::name).containsExactly("good \"one\"", "bad", "crash", "next");
      assertThat(timeline.spans()).extracting(Span::ending)
          .containsExactly(Span.Ending.COMPLETED, Span.Ending.FAILED, Span.Ending.CRASHED, Span.Ending.COMPLETED);
      assertThat(timeline.lanes()).hasSize(2).containsKey("shown worker 1 (pid " + first + ")");
      Path file = folder.resolve("trace.json");
      timeline.save(file);
      assertThat(Files.readString(file)).contains("\"traceEvents\"").contains("good \\\"one\\\"")
          .contains("\"crash\"", "\"crashed\"");
    }
  }

  private static final AtomicInteger TRIES = new AtomicInteger(); // in the worker

  @Test
  void timeline_ofATaskThatIsTriedAgain_marksTheRetries() {
    TimelineRecorder recorder = new TimelineRecorder();
    Retry retry = Retry.times(3).withDelay(Duration.ZERO);
    try (ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.named("again").withTimeline(recorder))) {
      Future<Integer> third = pool.submit(TaskOptions.named("third").withRetry(retry), () -> {
        if (TRIES.incrementAndGet() < 3) {
          throw new IllegalStateException("on purpose");
        }
        return 7;
      });
      assertThat(third.result()).isEqualTo(7);
      Future<Integer> never = pool.submit(TaskOptions.named("never").withRetry(retry), () -> Integer.parseInt("x"));
      assertThat(never.exception()).isNotNull();
      assertThat(recorder.timeline().spans()).extracting(Span::ending).containsExactly(
          Span.Ending.RETRIED, Span.Ending.RETRIED, Span.Ending.COMPLETED,
          Span.Ending.RETRIED, Span.Ending.RETRIED, Span.Ending.FAILED);
    }
  }

  /** Tasks so brief that the parent reads many of their ends at once. */
  @Test
  void timeline_ofAWorker_hasNoOverlaps_howeverLateItsEndsAreRead() {
    for (long micros : new long[]{20, 300}) {
      TimelineRecorder recorder = new TimelineRecorder();
      try (ProcessExecutor pool = ProcessPool.of(2, ProcessOptions.named("brief").withTimeline(recorder))) {
        List<Future<Long>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
          all.add(pool.submit(() -> spin(micros)));
        }
        all.forEach(Future::result);
      }
      Timeline timeline = recorder.timeline();
      assertThat(timeline.spans()).hasSize(500);
      timeline.lanes().forEach((lane, spans) -> {
        for (int i = 1; i < spans.size(); i++) {
          assertThat(spans.get(i).start() - spans.get(i - 1).end()).as(lane).isNotNegative();
        }
        assertThat(spans).as(lane).allSatisfy(span -> assertThat(span.duration()).isGreaterThanOrEqualTo(micros * 1_000));
      });
    }
  }

  private static long spin(long micros) {
    long until = System.nanoTime() + micros * 1_000;
    long count = 0;
    while (System.nanoTime() - until < 0) {
      count++;
    }
    return count;
  }

  @Test
  void timeline_showsTheTaskThatRuns_untilItEnds() throws Exception {
    TimelineRecorder recorder = new TimelineRecorder();
    try (CrossProcessLatches latches = CrossProcessLatches.open();
        Gate begun = latches.newGate();
        Gate goOn = latches.newGate();
        ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.named("stuck").withTimeline(recorder))) {
      Future<Integer> stuck = pool.submit(TaskOptions.named("hangs"), () -> {
        begun.open();
        goOn.await();
        return 7;
      });
      begun.await();
      assertThat(recorder.timeline().spans()).extracting(Span::name, Span::ending)
          .containsExactly(tuple("hangs", Span.Ending.RUNNING));
      goOn.open();
      assertThat(stuck.result()).isEqualTo(7);
      assertThat(recorder.timeline().spans()).extracting(Span::name, Span::ending)
          .containsExactly(tuple("hangs", Span.Ending.COMPLETED));
    }
    assertThat(recorder.timeline().spans()).hasSize(1);
  }

  @Test
  void flightRecorder_hasAnEventForEachWorker() throws Exception {
    Queue<RecordedEvent> events = new ConcurrentLinkedQueue<>();
    try (RecordingStream stream = new RecordingStream()) {
      stream.enable("dev.heddle.Worker");
      stream.setReuse(false);
      stream.onEvent("dev.heddle.Worker", events::add);
      stream.startAsync();
      try (ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.named("recorded"))) {
        pool.submit(() -> Runtime.getRuntime().halt(5)).exception();
        pool.submit(() -> 1).result();
      }
      stream.stop();
    }
    assertThat(events.stream().filter(each -> "recorded".equals(each.getString("executor"))))
        .extracting(each -> each.getBoolean("crashed"))
        .containsExactly(true, false);
  }

  @Test
  void workers_areToldWithTheirTasks() {
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      for (int i = 0; i < 5; i++) {
        pool.submit(() -> 1).result();
      }
      WorkerStats worker = pool.workers().getFirst();
      assertThat(worker.tasks()).isEqualTo(5);
      assertThat(worker.state()).isEqualTo(WorkerStats.State.IDLE);
      assertThat(ProcessHandle.of(worker.pid())).isPresent();
      assertThat(worker.rss()).isPositive();
    }
  }

  @Test
  void restarts_areCountedByTheirReasons() throws Exception {
    try (CrossProcessLatches latches = CrossProcessLatches.open();
        Gate never = latches.newGate();
        ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.defaults().withMaxTasksPerWorker(2))) {
      assertThat(pool.restarts()).isEqualTo(new Restarts(0, 0, 0, 0, 0, 0));
      pool.submit(() -> Runtime.getRuntime().halt(1)).exception();
      assertThat(pool.restarts()).isEqualTo(new Restarts(1, 0, 0, 0, 0, 0));
      Gate begun = latches.newGate();
      Future<?> endless = pool.submit(
          () -> {
            begun.open();
            never.await();
            return null;
          });
      begun.await();
      endless.cancel(true);
      Eventually.holds(() -> pool.restarts().equals(new Restarts(1, 0, 1, 0, 0, 0)));
      pool.submit(() -> 1).result();
      pool.submit(() -> 2).result();
      Eventually.holds(() -> pool.restarts().equals(new Restarts(1, 0, 1, 0, 1, 0)));
      assertThat(pool.restarts().total()).isEqualTo(3);
    }
  }

  @Test
  void restarts_ofWorkersThatIdle_areTold() {
    ProcessOptions options = ProcessOptions.defaults().withIdleTimeout(Duration.ofMillis(100));
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      pool.submit(() -> 1).result();
      Eventually.holds(() -> pool.restarts().equals(new Restarts(0, 0, 0, 0, 0, 1)));
    }
  }

  @Test
  void restarts_ofWorkersThatDidNotStart_areTold() {
    ProcessOptions options = ProcessOptions.defaults().withJvm(jvm -> jvm.withOptions("-XX:+NoSuchOption"));
    try (ProcessExecutor pool = ProcessPool.of(1, options)) {
      pool.submit(() -> 1).exception();
      assertThat(pool.restarts()).isEqualTo(new Restarts(0, 3, 0, 0, 0, 0));
    }
  }

  @Test
  void idlePool_usesNoCpu() throws Exception {
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      for (int i = 0; i < 100; i++) {
        pool.submit(() -> 1).result();
      }
      ProcessHandle worker = ProcessHandle.of(pool.workers().getFirst().pid()).orElseThrow();
      Thread.sleep(1_000); // not for synchronisation: time for the JIT compilers to come to rest
      Duration before = cpu(worker);
      Thread.sleep(2_000); // the time that is measured
      assertThat(cpu(worker).minus(before)).isLessThan(Duration.ofMillis(100));
    }
  }

  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow();
  }
}
