package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the thread of an event loop nothing waits: it would hold up every task. */
@Timeout(60)
class QueueOnALoopTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessageContaining("use await(");
  }

  @Test
  void queue_waitsAreRefused_andNothingElseIs() {
    EventLoop.run(a -> {
      ClosableQueue<String> queue = ClosableQueue.fifo(1);
      assertRefused(queue::take);
      assertRefused(() -> queue.poll(HOUR));
      assertRefused(() -> queue.iterator().hasNext());
      queue.put("one");
      assertRefused(() -> queue.put("two"));
      assertRefused(() -> queue.offer("two", HOUR));
      assertRefused(queue::join);
      assertRefused(() -> queue.join(HOUR));
      assertThat(queue.offer("two")).isFalse();
      assertThat(queue.offer("two", Duration.ZERO)).isFalse();
      assertThat(queue.take()).isEqualTo("one");
      queue.taskDone();
      queue.join();
      assertThat(queue.poll()).isNull();
      return null;
    });
  }

  @Test
  void queue_onAnotherThread_isAwaited() {
    ClosableQueue<String> queue = ClosableQueue.fifo(1);
    String got = EventLoop.run(a -> {
      var taken = Asyncio.createTask(dev.heddle.asyncio.Async.of(b -> b.await(Asyncio.toThread(queue::take))));
      queue.put("item");
      return a.await(taken);
    });
    assertThat(got).isEqualTo("item");
  }

  @Test
  void pipeline_runIsRefusedBeforeItBegins_andItsFutureIsAwaited() {
    List<Integer> sunk = new CopyOnWriteArrayList<>();
    RunnablePipeline pipeline = Pipeline.from(List.of(1, 2, 3)).stage("twice", 2, n -> 2 * n).to(sunk::add);
    PipelineReport report = EventLoop.run(a -> {
      assertRefused(pipeline::run);
      assertThat(sunk).isEmpty();
      return a.await(pipeline.start().future());
    });
    assertThat(sunk).containsExactly(2, 4, 6);
    assertThat(report.failed()).isZero();
  }

  @Test
  void pipeline_closeOfOneUnderWay_abortsItAndDoesNotWait() {
    ClosableQueue<Integer> source = ClosableQueue.fifo();
    PipelineRun run = EventLoop.run(a -> {
      PipelineRun begun = Pipeline.from(source).stage("same", 1, n -> n).to(n -> {}).start();
      assertRefused(begun::await);
      begun.close();
      return begun;
    });
    run.close();
    assertThat(run.await().outcome()).isEqualTo(PipelineReport.Completion.CANCELLED);
  }

  @Test
  void pipeline_closeOfACancelledOneThatIgnoresInterrupts_doesNotWait() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos(); // then a close that waits is seen to have waited
    RunnablePipeline deaf = Pipeline.from(List.of(1))
        .to(
            n -> {
              begun.countDown();
              while (release.getCount() > 0 && System.nanoTime() < patience) {
                Thread.onSpinWait();
              }
              ended.set(true);
            })
        .with(PipelineOptions.defaults().withAbortTimeout(HOUR));
    PipelineRun run = EventLoop.run(a -> {
      try (PipelineRun under = deaf.start()) {
        a.await(Asyncio.toThread(() -> begun.await(30, TimeUnit.SECONDS)));
        under.future().cancel();
        return under;
      }
    });
    assertThat(run.isDone()).isTrue();
    assertThat(ended).isFalse();
    release.countDown();
    run.close(); // on a thread that may wait it does: for the worker, and then for the monitor
    assertThat(ended).isTrue();
  }
}
