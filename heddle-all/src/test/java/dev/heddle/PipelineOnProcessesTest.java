package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Retry;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessPool;
import dev.heddle.queue.FailurePolicy;
import dev.heddle.queue.Pipeline;
import dev.heddle.queue.PipelineException;
import dev.heddle.queue.PipelineOptions;
import dev.heddle.queue.PipelineReport;
import dev.heddle.queue.PipelineRun;
import dev.heddle.queue.StageOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stage whose work is done by worker processes. */
@Timeout(120)
final class PipelineOnProcessesTest {

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private record Squared(int square, long pid) implements java.io.Serializable {
    private static final long serialVersionUID = 1;
  }

  @Test
  void stage_runsInOtherProcesses_andKeepsTheOrder() {
    List<Integer> squares = new ArrayList<>();
    Set<Long> pids = ConcurrentHashMap.newKeySet();
    try (ProcessExecutor pool = ProcessPool.of(2)) {
      PipelineReport report = Pipeline.from(numbers(200))
          .stage("square", StageOptions.workers(4).withExecutor(pool),
              n -> new Squared(n * n, ProcessHandle.current().pid()))
          .stage("unpack", 1, squared -> {
            pids.add(squared.pid());
            return squared.square();
          })
          .to(squares::add)
          .run();
      assertThat(report.outcome()).isEqualTo(PipelineReport.Completion.COMPLETED);
    }
    assertThat(squares).containsExactlyElementsOf(numbers(200).stream().map(n -> n * n).toList());
    assertThat(pids).doesNotContain(ProcessHandle.current().pid()).isNotEmpty();
  }

  @Test
  void workerThatDies_costsItsItemOnly() {
    List<Integer> sunk = new ArrayList<>();
    try (ProcessExecutor pool = ProcessPool.of(2)) {
      PipelineReport report = Pipeline.from(numbers(40))
          .stage("fragile", StageOptions.workers(2).withExecutor(pool).withFailures(FailurePolicy.collect()), n -> {
            if (n == 13) {
              Runtime.getRuntime().halt(3);
            }
            return n;
          })
          .to(sunk::add)
          .run();
      assertThat(report.failures()).singleElement().satisfies(failure -> assertThat(failure.item()).isEqualTo(13));
    }
    assertThat(sunk).containsExactlyElementsOf(numbers(40).stream().filter(n -> n != 13).toList());
  }

  @Test
  void workerThatDies_withRetry_costsNothing() {
    List<Integer> sunk = new ArrayList<>();
    try (ProcessExecutor pool = ProcessPool.of(2)) {
      long first = pool.submit(() -> ProcessHandle.current().pid()).result();
      Pipeline.from(numbers(20))
          .stage("fragile", StageOptions.workers(2).withExecutor(pool).withRetry(Retry.times(5)), n -> {
            if (ProcessHandle.current().pid() == first) {
              Runtime.getRuntime().halt(3); // each time in that process; another takes its place
            }
            return n;
          })
          .to(sunk::add)
          .run();
    }
    assertThat(sunk).containsExactlyElementsOf(numbers(20));
  }

  @Test
  void cancel_killsWhatTheWorkersDo_andTheItemsAreHandedOver() throws Exception {
    List<Object> undelivered = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch through = new CountDownLatch(1);
    try (ProcessExecutor pool = ProcessPool.of(2)) {
      PipelineRun run = Pipeline.from(numbers(10))
          .stage("endless", StageOptions.workers(2).withExecutor(pool), n -> {
            while (n > 0) {
              Thread.onSpinWait();
            }
            return n;
          })
          .to(n -> through.countDown())
          .with(PipelineOptions.defaults().onUndelivered((stage, item) -> undelivered.add(item)))
          .start();
      through.await();
      run.cancel();
      PipelineReport report = run.await();
      assertThat(report.outcome()).isEqualTo(PipelineReport.Completion.CANCELLED);
      assertThat(undelivered).as("what the source gave, and did not come through")
          .hasSize((int) report.stage("source").orElseThrow().in() - 1);
      assertThat(pool.submit(() -> 1).result()).as("the pool lives on").isEqualTo(1);
    }
  }

  @Test
  void functionThatCannotBeSent_failsThePipelineWithTheReason() {
    Object captured = new Object();
    try (ProcessExecutor pool = ProcessPool.of(1)) {
      assertThatThrownBy(
          () -> Pipeline.from(numbers(3))
              .stage("stuck", StageOptions.workers(1).withExecutor(pool), n -> captured.hashCode() + n)
              .to(n -> {})
              .run())
          .isInstanceOf(PipelineException.class)
          .hasStackTraceContaining("java.lang.Object");
    }
  }
}
