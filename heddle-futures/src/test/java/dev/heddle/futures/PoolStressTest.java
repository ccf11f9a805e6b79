package dev.heddle.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the model checker tries step by step, many times over on real threads. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PoolStressTest {
  private static final int ROUNDS = 1_500 * Effort.FACTOR;

  @Test
  void twoTasksThatCloseACycleAtOnce_neverHang() {
    try (Executor pool = ThreadPool.of(2)) {
      for (int round = 0; round < ROUNDS; round++) {
        CyclicBarrier together = new CyclicBarrier(2);
        AtomicReferenceArray<Future<Integer>> tasks = new AtomicReferenceArray<>(2);
        List<Future<Integer>> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          int other = 1 - i;
          Future<Integer> task = pool.submit(
              () -> {
                together.await();
                Future<Integer> awaited = tasks.get(other);
                while (awaited == null) { // the submitting thread is about to put it there
                  Thread.onSpinWait();
                  awaited = tasks.get(other);
                }
                return awaited.result();
              });
          tasks.set(i, task);
          both.add(task);
        }
        Throwable first = both.getFirst().exception();
        Throwable second = both.getLast().exception();
        assertThat(first).as("round %d, a", round).isInstanceOf(DeadlockException.class);
        assertThat(second).as("round %d, b", round).isInstanceOf(DeadlockException.class);
      }
    }
  }

  @Test
  void poolOfOneThatWaitsForItself_losesNoTask() {
    try (Executor pool = ThreadPool.of(1)) {
      for (int round = 0; round < ROUNDS; round++) {
        int n = round;
        assertThat(pool.submit(() -> pool.submit(() -> n).result() + 1).result()).isEqualTo(n + 1);
      }
      assertThat(pool.stats().waiting()).isZero();
    }
  }

  @Test
  void tasksThatWaitForTheirChild_startNoThreadForWorkThatACalledWorkerTakes() {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    try (Executor pool = ThreadPool.of(2)) {
      for (int round = 0; round < ROUNDS; round++) {
        pool.submit(
            () -> pool.submit(() -> threads.add(Thread.currentThread().getName())).result()
                && threads.add(Thread.currentThread().getName()))
            .result();
      }
    }
    assertThat(threads).hasSizeLessThan(ROUNDS / 20); // one for every tenth round, before
  }

  /** Tasks that are added while a called worker is on its way call no other worker: each worker that takes one has to call the next. */
  @Test
  void tasksThatMeet_allRunAtOnce() throws Exception {
    for (int round = 0; round < ROUNDS / 100; round++) {
      try (Executor pool = ThreadPool.of(4)) {
        pool.submit(() -> 1).result();
        LockSupport.parkNanos(1_000_000); // by now its worker mostly idles, and is called for the first of the four
        CountDownLatch all = new CountDownLatch(4);
        List<Future<?>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          tasks.add(pool.submit(() -> {
            all.countDown();
            all.await();
          }));
        }
        for (Future<?> each : tasks) {
          each.result(Duration.ofSeconds(30));
        }
      }
    }
  }

  @Test
  void submittersAtTheirOwnPace_everyTaskRuns() throws InterruptedException {
    LongAdder ran = new LongAdder();
    try (Executor pool = ThreadPool.of(3)) {
      List<Thread> submitters = new ArrayList<>();
      for (int s = 1; s <= 3; s++) {
        long pause = 25_000L * s; // about as long as a worker searches before it idles
        submitters.add(Thread.ofPlatform().start(() -> {
          for (int i = 0; i < ROUNDS; i++) {
            Future<?> task = pool.submit(ran::increment);
            if (i % 3 == 0) {
              task.result();
            }
            LockSupport.parkNanos(pause);
          }
        }));
      }
      for (Thread submitter : submitters) {
        submitter.join();
      }
      pool.submit(() -> 1).result();
    }
    assertThat(ran.sum()).isEqualTo(3L * ROUNDS);
  }

  @Test
  void manySubmittersWhileThePoolCloses_everyAcceptedTaskEnds() throws InterruptedException {
    for (int round = 0; round < 60 * Effort.FACTOR; round++) {
      Executor pool = ThreadPool.of(2);
      List<Future<Integer>> accepted = Collections.synchronizedList(new ArrayList<>());
      List<Thread> submitters = new ArrayList<>();
      for (int s = 0; s < 3; s++) {
        submitters.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        while (true) {
                          accepted.add(pool.submit(() -> 1));
                        }
                      } catch (RejectedExecutionException e) {
                        // the pool was closed, which ends this thread
                      }
                    }));
      }
      while (accepted.size() < 100) {
        Thread.onSpinWait();
      }
      pool.close();
      for (Thread submitter : submitters) {
        submitter.join(TimeUnit.SECONDS.toMillis(60));
      }
      assertThat(accepted).allMatch(Future::isDone);
      assertThat(pool.stats().succeeded()).isEqualTo(accepted.size());
      assertThat(pool.isTerminated()).isTrue();
    }
  }
}
