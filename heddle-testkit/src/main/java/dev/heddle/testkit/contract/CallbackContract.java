package dev.heddle.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.testkit.Gate;
import dev.heddle.testkit.Nulls;
import dev.heddle.testkit.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@code addDoneCallback}. */
public interface CallbackContract extends ExecutorContract {

  @Test
  default void callback_onADoneFuture_runsAtOnceOnThisThread() {
    try (Executor pool = newExecutor(1)) {
      Future<String> good = pool.submit(() -> "good");
      good.result();
      Future<String> bad = pool.submit(() -> { throw new IOException("bad"); });
      bad.exception();
      for (Future<String> each : List.of(good, bad)) {
        AtomicReference<@Nullable Thread> ranOn = new AtomicReference<>();
        each.addDoneCallback(
            done -> {
              assertThat(done).isSameAs(each);
              ranOn.set(Thread.currentThread());
            });
        assertThat(ranOn.get()).isSameAs(Thread.currentThread());
      }
    }
  }

  @Test
  default void callbacks_runInTheirOrderOnceEach() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      ConcurrentLinkedQueue<Integer> order = new ConcurrentLinkedQueue<>();
      Tally told = Tally.local();
      for (int i = 0; i < 10; i++) {
        int n = i;
        future.addDoneCallback(
            done -> {
              assertThat(done.isDone()).isTrue();
              order.add(n);
              told.hit();
            });
      }
      release.open();
      told.await(10);
      pool.shutdown(true, false);
      assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
  }

  @Test
  default void callback_ofACancelledTask_runsBeforeCancelReturns() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      Tally told = Tally.local();
      future.addDoneCallback(done -> {
        if (done.isCancelled()) {
          told.hit();
        }
      });
      future.cancel(true);
      assertThat(told.count()).isEqualTo(1);
    }
  }

  @Test
  default void callback_thatThrows_affectsNoOther() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      Tally told = Tally.local();
      future.addDoneCallback(_ -> { throw new IllegalStateException("thrown by a callback on purpose"); });
      future.addDoneCallback(_ -> told.hit());
      future.addDoneCallback(_ -> { throw new AssertionError("thrown by a callback on purpose"); });
      future.addDoneCallback(_ -> told.hit());
      release.open();
      told.await(2);
      assertThat(future.result()).isEqualTo("released");
      assertThat(pool.submit(() -> "next").result()).isEqualTo("next");
      future.addDoneCallback(_ -> { throw new IllegalStateException("thrown by a late callback on purpose"); });
    }
  }

  @Test
  default void callback_thatSubmits_works() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      AtomicReference<@Nullable Future<String>> following = new AtomicReference<>();
      Tally told = Tally.local();
      future.addDoneCallback(
          done -> {
            following.set(pool.submit(() -> "following"));
            told.hit();
          });
      release.open();
      told.await(1);
      assertThat(Nulls.present(following).result()).isEqualTo("following");
    }
  }

  @Test
  default void callback_thatAddsACallback_runsItAtOnce() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      Tally told = Tally.local();
      future.addDoneCallback(done -> done.addDoneCallback(_ -> told.hit()));
      release.open();
      told.await(1);
    }
  }

  @Test
  default void callback_seesTheResult() throws Exception {
    try (Executor pool = newExecutor(1); Gate release = newGate()) {
      Future<String> future = submitBlocked(pool, release);
      AtomicReference<@Nullable String> seen = new AtomicReference<>();
      Tally told = Tally.local();
      future.addDoneCallback(
          done -> {
            seen.set(done.result());
            told.hit();
          });
      release.open();
      told.await(1);
      assertThat(seen.get()).isEqualTo("released");
    }
  }

  @Test
  default void callbacks_addedWhileTheTaskEnds_allRunOnce() throws Exception {
    try (Executor pool = newExecutor(1)) {
      for (int round = 0; round < 50; round++) {
        try (Gate release = newGate()) {
          Future<String> future = submitBlocked(pool, release);
          Tally told = Tally.local();
          CyclicBarrier together = new CyclicBarrier(3);
          List<Thread> adders = new ArrayList<>();
          for (int t = 0; t < 2; t++) {
            adders.add(
                Thread.ofPlatform()
                    .start(
                        () -> {
                          meet(together);
                          for (int i = 0; i < 20; i++) {
                            future.addDoneCallback(_ -> told.hit());
                          }
                        }));
          }
          meet(together);
          release.open();
          for (Thread each : adders) {
            each.join();
          }
          told.await(40);
          pool.submit(() -> 1).result();
          assertThat(told.count()).isEqualTo(40);
        }
      }
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
