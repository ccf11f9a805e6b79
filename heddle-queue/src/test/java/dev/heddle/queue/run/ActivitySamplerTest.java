package dev.heddle.queue.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.ThreadPool;
import dev.heddle.iter.Iter;
import dev.heddle.queue.PipelineOptions;
import dev.heddle.queue.StageActivity;
import dev.heddle.queue.StageOptions;
import dev.heddle.queue.plan.PlanNode;
import dev.heddle.testkit.Bounded;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a sample tells of workers that wait. */
@Bounded
final class ActivitySamplerTest {
  private static final int WORKERS = 4;

  /** Runs a stage until its workers wait, and samples it once. */
  private static StageActivity sample(
      StageOptions options, TaskFunction<Object, @Nullable Object> fn, Predicate<StageActivity> reached) throws Exception {
    PlanNode source = new PlanNode.Source("source", () -> Iter.from(IntStream.range(0, WORKERS).boxed().toList()));
    PlanNode stage = new PlanNode.Stage("work", options, new PlanNode.Call(PlanNode.Shape.MAP, fn), List.of(source));
    PipelineExecution execution = new PipelineExecution(PipelineOptions.defaults(), List.of(stage), 8);
    NodeRun work = execution.nodes().getLast();
    try (RunHandle _ = RunHandle.start(execution)) {
      while (true) {
        ActivitySampler sampler = new ActivitySampler(execution.nodes());
        sampler.start(0);
        long _ = sampler.sampleIfDue(1_000_000_000);
        if (reached.test(sampler.of(work))) {
          return sampler.of(work);
        }
        Thread.sleep(1); // waiting threads do not tell; the test is bounded
      }
    }
  }

  @Test
  void of_workersAtALock_areLocked() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    try {
      StageActivity activity = sample(StageOptions.workers(WORKERS), item -> {
        lock.lockInterruptibly();
        lock.unlock();
        return item;
      }, each -> each.locked() == WORKERS);
      assertThat(activity).isEqualTo(new StageActivity(1, 0, WORKERS, 0, 0));
    } finally {
      lock.unlock();
    }
  }

  @Test
  void of_workersAtASemaphore_areLocked() throws Exception {
    Semaphore permits = new Semaphore(0);
    StageActivity activity = sample(StageOptions.workers(WORKERS).onPlatformThreads(), item -> {
      permits.acquire();
      return item;
    }, each -> each.locked() == WORKERS);
    assertThat(activity.queued()).isZero();
  }

  @Test
  void of_workersAtAMonitor_areLocked() throws Exception {
    Object monitor = new Object();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch sampled = new CountDownLatch(1);
    Thread holder = Thread.ofPlatform().start(() -> {
      synchronized (monitor) {
        held.countDown();
        try {
          sampled.await();
        } catch (InterruptedException e) {
          // the end of the test
        }
      }
    });
    held.await();
    StageActivity activity = sample(StageOptions.workers(WORKERS), item -> {
      synchronized (monitor) {
        return item;
      }
    }, each -> {
      boolean reached = each.locked() == WORKERS;
      if (reached) {
        sampled.countDown();
      }
      return reached;
    });
    holder.join();
    assertThat(activity.queued()).isZero();
  }

  @Test
  void of_workersWhoseExecutorIsBusy_areQueued() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Executor pool = ThreadPool.of(1)) {
      StageActivity activity = sample(StageOptions.workers(WORKERS).withExecutor(pool), item -> {
        never.await();
        return item;
      }, each -> each.queued() == WORKERS - 1);
      assertThat(activity.locked()).isZero();
    }
  }

  @Test
  void of_workersThatWaitForALatchOrAQueue_areWaiting() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    assertThat(sample(StageOptions.workers(WORKERS), item -> {
      never.await();
      return item;
    }, each -> each.waiting() == WORKERS)).isEqualTo(new StageActivity(1, 0, 0, 0, WORKERS));
    BlockingQueue<Object> connections = new ArrayBlockingQueue<>(1);
    assertThat(sample(StageOptions.workers(WORKERS).onPlatformThreads(), item -> connections.take(),
        each -> each.waiting() == WORKERS).locked()).isZero();
  }

  @Test
  void of_workersThatWaitForAFutureOfTheirOwn_areWaiting() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CompletableFuture<Object> unknown = new CompletableFuture<>();
    try (Executor pool = ThreadPool.of(1)) {
      StageActivity activity = sample(StageOptions.workers(WORKERS), item -> {
        if (item.equals(0)) {
          return unknown.get();
        }
        return pool.submit(() -> {
          never.await();
          return item;
        }).result();
      }, each -> each.waiting() == WORKERS);
      assertThat(activity.queued()).isZero();
      never.countDown();
    }
  }

  /** The executor's task is the work of the stage. */
  @Test
  void of_workersWhoseTaskRunsOnTheExecutor_areNotWaiting() throws Exception {
    CountDownLatch begun = new CountDownLatch(WORKERS);
    CountDownLatch never = new CountDownLatch(1);
    try (Executor pool = ThreadPool.of(WORKERS)) {
      StageActivity activity = sample(StageOptions.workers(WORKERS).withExecutor(pool), item -> {
        begun.countDown();
        never.await();
        return item;
      }, each -> begun.getCount() == 0 && each.runnable() == 0);
      assertThat(activity).isEqualTo(new StageActivity(1, 0, 0, 0, 0));
    }
  }

  @Test
  void of_workersThatSleep_areNeither() throws Exception {
    CountDownLatch begun = new CountDownLatch(WORKERS);
    StageActivity activity = sample(StageOptions.workers(WORKERS), item -> {
      begun.countDown();
      Thread.sleep(Duration.ofHours(1)); // until it is interrupted at the end
      return item;
    }, each -> begun.getCount() == 0 && each.runnable() == 0);
    assertThat(activity).isEqualTo(new StageActivity(1, 0, 0, 0, 0));
  }
}
