package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Barriers and queues between tasks: first come, first served, and safe against cancellation. */
abstract class LoopQueueContract extends LoopContract {
  @Test
  void barrier_letsAllGoOn_inRounds() {
    run(
        a -> {
          Barrier barrier = new Barrier(3);
          for (int round = 0; round < 2; round++) {
            List<Async<Integer>> three = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
              three.add(async(b -> b.await(barrier.await())));
            }
            assertThat(a.await(Asyncio.gather(three))).containsExactly(0, 1, 2);
          }
          return null;
        });
  }

  @Test
  void barrier_abortAndReset() {
    run(
        a -> {
          Barrier barrier = new Barrier(2);
          Task<Integer> one = Asyncio.createTask(async(b -> b.await(barrier.await())));
          a.await(Asyncio.yieldNow());
          barrier.abort();
          a.await(ended(one));
          assertThat(one.exception()).isInstanceOf(BarrierBrokenException.class);
          try {
            a.await(barrier.await());
          } catch (BarrierBrokenException e) {
            log.add("aborted");
          }
          barrier.reset();
          Task<Integer> two = Asyncio.createTask(async(b -> b.await(barrier.await())));
          a.await(Asyncio.yieldNow());
          two.cancel();
          a.await(ended(two));
          assertThat(barrier.waiting()).isZero();
          Task<Integer> three = Asyncio.createTask(async(b -> b.await(barrier.await())));
          a.await(Asyncio.yieldNow());
          assertThat(a.await(barrier.await())).isEqualTo(1);
          assertThat(a.await(three)).isZero();
          return null;
        });
    assertThat(log).containsExactly("aborted");
  }

  @Test
  void queue_passesItemsInOrder() {
    run(
        a -> {
          Queue<Integer> queue = Queue.of(2);
          Task<String> producer = Asyncio.createTask(
              async(
                  b -> {
                    for (int i = 0; i < 10; i++) {
                      b.await(queue.put(i));
                    }
                    return "";
                  }));
          for (int i = 0; i < 10; i++) {
            assertThat(a.await(queue.get())).isEqualTo(i);
          }
          a.await(producer);
          assertThat(queue.tryGet()).isNull();
          assertThat(queue.tryPut(1)).isTrue();
          assertThat(queue.tryPut(2)).isTrue();
          assertThat(queue.tryPut(3)).isFalse();
          assertThat(queue.size()).isEqualTo(2);
          return null;
        });
  }

  @Test
  void queue_cancelledGet_losesNoItem() {
    run(
        a -> {
          Queue<String> queue = Queue.of(1);
          Task<String> early = Asyncio.createTask(async(b -> b.await(queue.get())));
          Task<String> handed = Asyncio.createTask(async(b -> b.await(queue.get())));
          Task<String> last = Asyncio.createTask(async(b -> b.await(queue.get())));
          a.await(Asyncio.yieldNow());
          early.cancel(); // waits still: leaves the queue
          a.await(queue.put("one")); // is handed over
          handed.cancel(); // too late: it has the item
          a.await(queue.put("two"));
          a.await(ended(early, handed, last));
          assertThat(early.isCancelled()).isTrue();
          assertThat(handed.result()).isEqualTo("one");
          assertThat(last.result()).isEqualTo("two");
          return null;
        });
  }

  @Test
  void queue_cancelledPut_hasNotPut() {
    run(
        a -> {
          Queue<String> queue = Queue.of(1);
          a.await(queue.put("one"));
          Task<@Nullable Void> dropped = Asyncio.createTask(async(b -> b.await(queue.put("two"))));
          Task<@Nullable Void> kept = Asyncio.createTask(async(b -> b.await(queue.put("three"))));
          a.await(Asyncio.yieldNow());
          dropped.cancel();
          assertThat(a.await(queue.get())).isEqualTo("one");
          assertThat(a.await(queue.get())).isEqualTo("three");
          a.await(kept);
          assertThat(dropped.isCancelled()).isTrue();
          return null;
        });
  }

  @Test
  void queue_shutdown_drains_shutdownNow_drops() {
    run(
        a -> {
          Queue<String> drained = Queue.of(1);
          a.await(drained.put("one"));
          Task<@Nullable Void> putter = Asyncio.createTask(async(b -> b.await(drained.put("two"))));
          a.await(Asyncio.yieldNow());
          drained.shutdown();
          a.await(ended(putter));
          assertThat(putter.exception()).isInstanceOf(QueueShutDownException.class);
          assertThatThrownBy(() -> drained.tryPut("x")).isInstanceOf(QueueShutDownException.class);
          assertThat(a.await(drained.get())).isEqualTo("one");
          try {
            a.await(drained.get());
          } catch (QueueShutDownException e) {
            log.add("empty");
          }
          Queue<String> dropped = Queue.unbounded();
          a.await(dropped.put("one"));
          dropped.shutdownNow();
          a.await(dropped.join());
          assertThatThrownBy(dropped::tryGet).isInstanceOf(QueueShutDownException.class);
          Queue<String> waited = Queue.unbounded();
          Task<String> getter = Asyncio.createTask(async(b -> b.await(waited.get())));
          a.await(Asyncio.yieldNow());
          waited.shutdown();
          a.await(ended(getter));
          assertThat(getter.exception()).isInstanceOf(QueueShutDownException.class);
          return null;
        });
    assertThat(log).containsExactly("empty");
  }

  @Test
  void queue_join_waitsForTheWork() {
    run(
        a -> {
          Queue<String> queue = Queue.unbounded();
          a.await(queue.join());
          a.await(queue.put("one"));
          Task<@Nullable Void> joined = Asyncio.createTask(async(b -> b.await(queue.join())));
          a.await(queue.get());
          a.await(Asyncio.yieldNow());
          assertThat(joined.isDone()).isFalse();
          queue.taskDone();
          a.await(joined);
          assertThatThrownBy(queue::taskDone).isInstanceOf(LoopStateException.class);
          return null;
        });
  }
}
