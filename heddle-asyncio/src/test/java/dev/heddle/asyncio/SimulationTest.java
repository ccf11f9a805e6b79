package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Permit;
import dev.heddle.timeline.Span;
import dev.heddle.timeline.TimelineRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Virtual time and the seeded order: the same seed gives the same run. */
class SimulationTest extends LoopContract {

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  /** A crowd that works, waits and times out at random; what happened when, as text. */
  private String trace(long seed) {
    TimelineRecorder timeline = new TimelineRecorder();
    EventLoop.run(
        LoopOptions.simulated(seed).withTimeline(timeline).withProblems(problems::add),
        async(
            a -> {
              SplittableRandom random = new SplittableRandom(42);
              Queue<Integer> queue = Queue.of(2);
              Lock lock = new Lock();
              TaskGroup group = TaskGroup.create();
              return a.await(
                  group.run(
                      async(
                          b -> {
                            for (int i = 0; i < 5; i++) {
                              group.createTask("producer-" + i, producer(queue, lock, random.split()));
                              group.createTask("consumer-" + i, consumer(queue, random.split()));
                            }
                            b.await(Asyncio.yieldNow());
                            return null;
                          })));
            }));
    return timeline.timeline().spans().stream().map(Span::toString).collect(Collectors.joining("\n"));
  }

  private Async<@Nullable Void> producer(Queue<Integer> queue, Lock lock, SplittableRandom random) {
    return Async.action(
        a -> {
          for (int i = 0; i < 20; i++) {
            a.await(Asyncio.sleep(Duration.ofMillis(random.nextInt(3))));
            try (Permit _ = a.await(lock.acquire())) {
              a.await(queue.put(i));
            }
          }
        });
  }

  private Async<@Nullable Void> consumer(Queue<Integer> queue, SplittableRandom random) {
    return Async.action(
        a -> {
          for (int got = 0; got < 20;) {
            try {
              a.await(Asyncio.timeout(Duration.ofMillis(1 + random.nextInt(3)), queue.get()));
              got++;
            } catch (AsyncTimeoutException e) {
              a.await(Asyncio.yieldNow());
            }
          }
        });
  }

  @Test
  void sameSeed_sameTrace() {
    for (long seed = 0; seed < 10; seed++) {
      assertThat(trace(seed)).isEqualTo(trace(seed));
    }
    assertThat(problems).isEmpty();
  }

  @Test
  @Timeout(60)
  void timeline_showsTheStepThatBlocksTheLoop_asRunning() throws Exception {
    TimelineRecorder timeline = new TimelineRecorder();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Async<Object> blocks = async(b -> {
      begun.countDown();
      goOn.await();
      throw new IllegalStateException("on purpose");
    });
    Thread loop = Thread.ofPlatform().start(
        () -> EventLoop.run(LoopOptions.defaults().withTimeline(timeline), async(a -> {
          try {
            return a.await(Asyncio.createTask("stuck", blocks));
          } catch (IllegalStateException e) {
            return e;
          }
        })));
    begun.await();

    assertThat(timeline.timeline().lanes().get("stuck")).extracting(Span::ending).containsExactly(Span.Ending.RUNNING);

    goOn.countDown();
    loop.join();
    assertThat(timeline.timeline().lanes().get("stuck")).extracting(Span::ending).containsExactly(Span.Ending.FAILED);
  }

  @Test
  void timeline_tellsWhoRanWhen() {
    TimelineRecorder timeline = new TimelineRecorder();
    EventLoop.run(
        options().withTimeline(timeline),
        async(
            a -> {
              Task<String> one = Asyncio.createTask("one", later(1, "x"));
              return a.await(one);
            }));
    long second = SECOND.toNanos();
    assertThat(timeline.timeline().spans())
        .containsExactly(
            new Span("main", "waiting for task 'one'", "main", 0, 0, Span.Ending.COMPLETED),
            new Span("one", "sleeping for 1 s", "one", 0, 0, Span.Ending.COMPLETED),
            new Span("one", "finished", "one", second, second, Span.Ending.COMPLETED),
            new Span("main", "finished", "main", second, second, Span.Ending.COMPLETED));
  }

  @Test
  void otherSeeds_otherTraces() {
    Set<String> traces = new HashSet<>();
    for (long seed = 0; seed < 10; seed++) {
      traces.add(trace(seed));
    }
    assertThat(traces).hasSizeGreaterThan(7);
  }

  @Test
  void seeds_findARace() {
    Set<Integer> sums = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      int[] counter = new int[1];
      EventLoop.run(
          LoopOptions.simulated(seed),
          async(
              a -> {
                List<Async<String>> adders = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                  int rounds = i;
                  adders.add(
                      async(
                          b -> {
                            for (int k = 0; k < rounds; k++) {
                              b.await(Asyncio.yieldNow());
                            }
                            int read = counter[0];
                            b.await(Asyncio.yieldNow()); // the mistake
                            counter[0] = read + 1;
                            return "";
                          }));
                }
                return a.await(Asyncio.gather(adders));
              }));
      sums.add(counter[0]);
    }
    assertThat(sums).hasSizeGreaterThan(1);
  }

  @Test
  void deadlock_isAnErrorWithTheTaskTree() {
    assertThatThrownBy(
        () -> run(
            a -> {
              Lock one = new Lock();
              Lock two = new Lock();
              return a.await(Asyncio.gather(taking(one, two), taking(two, one)));
            }))
        .isInstanceOf(LoopDeadlockException.class)
        .hasMessageContaining("deadlock: every task waits")
        .hasMessageContaining("main: gathering 2")
        .hasMessageContaining("    task-2: waiting for a lock held by task 'task-3'")
        .hasMessageContaining("    task-3: waiting for a lock held by task 'task-2'");
    assertThat(log).containsExactlyInAnyOrder("cleaned up", "cleaned up");
  }

  private Async<String> taking(Lock first, Lock second) {
    return async(
        a -> {
          try (Permit _ = a.await(first.acquire())) {
            a.await(Asyncio.sleep(SECOND));
            try (Permit _ = a.await(second.acquire())) {
              return "never";
            }
          } finally {
            log.add("cleaned up");
          }
        });
  }

  @Test
  void deadlock_ofTasksThatIgnoreCancellation_isToldAllTheSame() {
    assertThatThrownBy(
        () -> run(
            a -> {
              Event never = new Event();
              return a.await(Asyncio.shield(never.await()));
            }))
        .isInstanceOf(LoopDeadlockException.class);
    assertThatThrownBy(
        () -> run(
            a -> {
              Event never = new Event();
              while (true) {
                try {
                  a.await(never.await());
                } catch (Cancelled c) {
                  log.add("ignored");
                }
              }
            }))
        .isInstanceOf(LoopDeadlockException.class);
  }

  @Test
  void completableFuture_completedByATask_isNoDeadlock() {
    String got = run(
        a -> {
          CompletableFuture<String> future = new CompletableFuture<>();
          Asyncio.createTask(
              async(
                  b -> {
                    b.await(Asyncio.sleep(SECOND));
                    return future.complete("x");
                  }));
          return a.await(future);
        });
    assertThat(got).isEqualTo("x");
  }
}
