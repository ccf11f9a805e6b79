package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Limit;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.TaskScope;
import dev.heddle.futures.ThreadPool;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * As many tasks as a pool has workers run at once, whatever its workers were doing when they came: tasks that wait for each other by
 * a latch, which no detector of deadlocks sees, hang otherwise.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TasksThatMeetTest {
  private static final int ROUNDS = 40 * Effort.FACTOR;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The pools of a number of workers. */
  enum Pool {
    PLATFORM, LIMITED_VIRTUAL, VIRTUAL, INITIALIZED;

    Executor of(int workers) {
      return switch (this) {
        case PLATFORM -> ThreadPool.of(workers);
        case LIMITED_VIRTUAL -> ThreadPool.virtual(workers);
        case VIRTUAL -> ThreadPool.virtual();
        case INITIALIZED -> ThreadPool.of(workers, PoolOptions.defaults().withInitializer(Thread::onSpinWait));
      };
    }
  }

  /** A number of tasks of which none ends before all have begun. */
  private static final class Meeting {
    private final CountDownLatch all;

    Meeting(int tasks) {
      all = new CountDownLatch(tasks);
    }

    int attend() throws InterruptedException {
      all.countDown();
      return all.await(PATIENCE.toSeconds(), TimeUnit.SECONDS) ? 1 : 0; // bounded, so that the pool of a test that fails can be closed
    }
  }

  private static List<Future<Integer>> submit(Executor pool, int tasks, TaskOptions how) {
    Meeting meeting = new Meeting(tasks);
    return Stream.<Future<Integer>>generate(() -> pool.submit(how, meeting::attend)).limit(tasks).toList();
  }

  private static void join(List<Future<Integer>> tasks) {
    for (Future<Integer> each : tasks) {
      assertThat(each.result(PATIENCE)).isEqualTo(1);
    }
  }

  private static void meet(Executor pool, int tasks) {
    join(submit(pool, tasks, TaskOptions.defaults()));
  }

  @ParameterizedTest
  @EnumSource
  void cold_orBusyUntilNow_orIdleForAMoment(Pool kind) {
    for (int round = 0; round < ROUNDS; round++) {
      try (Executor pool = kind.of(4)) {
        meet(pool, 4);
        meet(pool, 4); // the workers are about to idle
        LockSupport.parkNanos(50_000L * (round % 8));
        meet(pool, 4);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void afterShortTasks_whoseWaitersSpin(Pool kind) {
    meetAfter(kind, 4, pool -> {
      for (int i = 0; i < 20; i++) {
        pool.submit(() -> 1).result();
      }
    });
  }

  @ParameterizedTest
  @EnumSource
  void afterABurst(Pool kind) {
    meetAfter(kind, 3, pool -> {
      for (int i = 0; i < 200; i++) {
        pool.submit(() -> 1);
      }
    });
  }

  private static void meetAfter(Pool kind, int tasks, Consumer<Executor> before) {
    try (Executor pool = kind.of(tasks)) {
      for (int round = 0; round < ROUNDS; round++) {
        before.accept(pool);
        meet(pool, tasks);
      }
    }
  }

  /** The submitting tasks wait, and so lend their places to those that meet. */
  @ParameterizedTest
  @EnumSource
  void submittedByTasksThatWait(Pool kind) {
    for (int round = 0; round < ROUNDS; round++) {
      try (Executor pool = kind.of(3)) {
        Meeting submitted = new Meeting(3);
        TaskCallable<Integer> outer = () -> {
          submitted.attend();
          meet(pool, 1);
          return pool.submit(() -> 1).result();
        };
        join(Stream.<Future<Integer>>generate(() -> pool.submit(outer)).limit(3).toList());
        pool.submit(() -> meet(pool, 3)).result(PATIENCE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void submittedByManyThreads(Pool kind) throws InterruptedException {
    try (Executor pool = kind.of(4)) {
      for (int round = 0; round < ROUNDS; round++) {
        Meeting meeting = new Meeting(4);
        List<Future<Integer>> tasks = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = Stream
            .generate(() -> Thread.ofPlatform().start(() -> tasks.add(pool.submit(meeting::attend))))
            .limit(4)
            .toList();
        for (Thread each : threads) {
          each.join();
        }
        join(tasks);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whileThePoolCloses(Pool kind) {
    for (int round = 0; round < ROUNDS; round++) {
      Executor pool = kind.of(4);
      if (round % 2 == 0) {
        meet(pool, 4);
      }
      List<Future<Integer>> tasks = submit(pool, 4, TaskOptions.defaults());
      pool.shutdown();
      join(tasks);
      pool.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = "VIRTUAL", mode = EnumSource.Mode.EXCLUDE)
  void withPriorities(Pool kind) {
    try (Executor pool = kind.of(3)) {
      for (int round = 0; round < ROUNDS; round++) {
        Meeting meeting = new Meeting(3);
        List<Future<Integer>> tasks = new ArrayList<>();
        for (int priority = -1; priority <= 1; priority++) {
          tasks.add(pool.submit(TaskOptions.defaults().withPriority(priority), meeting::attend));
        }
        join(tasks);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void withALimitOfAsMany(Pool kind) {
    Limit limit = Limit.concurrent(3);
    try (Executor pool = kind.of(4)) {
      for (int round = 0; round < ROUNDS; round++) {
        join(submit(pool, 3, TaskOptions.limitedBy(limit)));
      }
    }
  }

  /** The second attempts meet; the pauses between hold no worker. */
  @ParameterizedTest
  @EnumSource
  void asSecondAttempts(Pool kind) {
    TaskOptions twice = TaskOptions.defaults().withRetry(Retry.times(2).withDelay(Duration.ofNanos(100_000)));
    try (Executor pool = kind.of(3)) {
      for (int round = 0; round < ROUNDS; round++) {
        Meeting meeting = new Meeting(3);
        List<Future<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          AtomicBoolean first = new AtomicBoolean(true);
          tasks.add(pool.submit(twice, () -> {
            if (first.getAndSet(false)) {
              throw new IOException("the first attempt fails");
            }
            return meeting.attend();
          }));
        }
        join(tasks);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void asInputsOfAMap_andAsChildrenOfAScope(Pool kind) {
    try (Executor pool = kind.of(3)) {
      for (int round = 0; round < ROUNDS; round++) {
        Meeting inputs = new Meeting(3);
        MapOptions bounded = MapOptions.defaults().withTimeout(PATIENCE);
        assertThat(pool.map(bounded, _ -> inputs.attend(), List.of(1, 2, 3)).toList()).containsExactly(1, 1, 1);
        TaskScope.run(pool, scope -> meet(scope, 3));
      }
    }
  }

  /** Tasks that were cancelled before they began must not have taken up the calls of workers. */
  @ParameterizedTest
  @EnumSource
  void amongTasksThatAreCancelled(Pool kind) {
    try (Executor pool = kind.of(3)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < 5; i++) {
          pool.submit(() -> 1).cancel();
        }
        List<Future<Integer>> tasks = submit(pool, 3, TaskOptions.defaults());
        for (int i = 0; i < 5; i++) {
          pool.submit(() -> 1).cancel();
        }
        join(tasks);
      }
    }
  }
}
