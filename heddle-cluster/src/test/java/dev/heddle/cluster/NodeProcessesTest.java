package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Future;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes in JVMs of their own over Hazelcast: what happens when they are killed, stopped, and started late. */
@Timeout(300)
class NodeProcessesTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  private static List<Future<Integer>> submit(ClusterExecutor pool, TaskOptions options, int count) {
    return IntStream.range(0, count).mapToObj(i -> pool.submit(options, () -> {
      Thread.sleep(50);
      return i;
    })).toList();
  }

  /** Two hundred tasks of 50 ms, with a kill on the way: with retries all arrive; without, exactly those that it had fail. */
  @Test
  void killedNode_costsItsRunningTasks_andNoneWithRetry() throws Exception {
    try (Nodes nodes = new Nodes(10)) {
      nodes.start(2);
      Nodes.Node victim = nodes.start(2);
      nodes.start(2);
      try (ClusterExecutor pool = nodes.driver()) {
        awaitMembers(pool, 3);
        List<Future<Integer>> all = submit(pool, TaskOptions.defaults(), 200);
        all.get(20).result(LONG);
        victim.kill();
        List<Throwable> failures = new ArrayList<>();
        for (Future<Integer> each : all) {
          Throwable failure = each.exception(LONG);
          if (failure != null) {
            failures.add(failure);
          }
        }
        assertThat(failures).hasSizeBetween(0, 2).allSatisfy(each -> assertThat(each)
            .isInstanceOfSatisfying(WorkerLostException.class, e -> assertThat(e.member()).isEqualTo(victim.address())));

        Nodes.Node next = nodes.start(2); // joins late, and gets work
        awaitMembers(pool, 3);
        List<Future<Integer>> retried = submit(pool, TaskOptions.defaults().withRetry(Retry.times(5)), 200);
        retried.get(20).result(LONG);
        next.kill();
        assertThat(retried.stream().map(each -> each.result(LONG)).toList())
            .isEqualTo(IntStream.range(0, 200).boxed().toList());
      }
    }
  }

  private static void awaitMembers(ClusterExecutor pool, int count) throws InterruptedException {
    long end = System.nanoTime() + LONG.toNanos();
    while (pool.members().size() != count && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(20); // members appear one after the other; there is nothing to wait for but their number
    }
    assertThat(pool.members()).hasSize(count);
  }

  /** A host that hangs: SIGSTOP. Its clock is an hour off, which must not matter. */
  @Test
  void stoppedNode_countsAsLost_andComesBackAsAnother() throws Exception {
    try (Nodes nodes = new Nodes(4)) {
      nodes.start(1);
      Nodes.Node stopped = nodes.start(1, "-Dcom.hazelcast.clock.offset=3600000");
      try (ClusterExecutor pool = nodes.driver()) {
        awaitMembers(pool, 2);
        MemberStats its = pool.members().stream().filter(each -> each.address().equals(stopped.address())).findFirst()
            .orElseThrow();
        try (ClusterExecutor there = pool.on(new Placement(Set.of(), 1, Integer.MAX_VALUE, its.id()))) {
          assertThat(there.submit(() -> ProcessHandle.current().pid()).result(LONG)).isEqualTo(stopped.process().pid());
          Future<@Nullable Void> hung = there.submit(() -> Thread.sleep(3_600_000));
          while (its.running() == 0) {
            its = pool.members().stream().filter(each -> each.address().equals(stopped.address())).findFirst().orElseThrow();
          }
          stopped.signal("STOP");
          assertThat(hung.exception(LONG)).isInstanceOfSatisfying(WorkerLostException.class,
              e -> assertThat(e.member()).isEqualTo(stopped.address()));
          assertThat(there.submit(() -> 1).result(LONG)).isEqualTo(1);
          stopped.signal("CONT");
        }
      }
    }
  }

  /** A member drops the tasks of a driver that was killed, as soon as it notices: a second or two, at the most the heartbeat. */
  @Test
  void killedDriver_losesItsTasksAtTheNode() throws Exception {
    try (Nodes nodes = new Nodes(8)) {
      Nodes.Node node = nodes.start(1);
      Process driver = new ProcessBuilder(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
          "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"), DriverMain.class.getName(),
          Nodes.SECRET, nodes.name, node.address()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (BufferedReader out = new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
          ClusterExecutor next = nodes.driver()) {
        assertThat(out.readLine()).isEqualTo("running");
        Future<Integer> waiting = next.submit(() -> 5);
        assertThat(waiting.isDone()).isFalse();
        long start = System.nanoTime();
        driver.destroyForcibly();
        assertThat(waiting.result(LONG)).as("the only slot is free again").isEqualTo(5);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThanOrEqualTo(8 + 2);
      } finally {
        driver.destroyForcibly();
      }
    }
  }

  /** What a task can do to its node: end it, exhaust its memory, overflow its stack. The first is a loss, the others are errors. */
  @Test
  void tasksThatHarmTheirNode_costThemselves() throws Exception {
    try (Nodes nodes = new Nodes(10)) {
      nodes.start(1);
      nodes.start(1);
      try (ClusterExecutor pool = nodes.driver()) {
        awaitMembers(pool, 2);
        assertThat(pool.submit(() -> new long[1 << 30].length).exception(LONG)).hasStackTraceContaining("OutOfMemoryError");
        assertThat(pool.submit(() -> deeper(1)).exception(LONG)).hasStackTraceContaining("StackOverflowError");
        assertThat(pool.members()).hasSize(2);
        Future<Integer> ends = pool.submit(() -> {
          Runtime.getRuntime().halt(3);
          return 1;
        });
        assertThat(ends.exception(LONG)).isInstanceOf(WorkerLostException.class);
        awaitMembers(pool, 1);
        assertThat(pool.map(i -> i + 1, List.of(1, 2, 3)).toList()).containsExactly(2, 3, 4);
        nodes.start(1);
        awaitMembers(pool, 2);
        Future<Integer> exits = pool.submit(() -> {
          System.exit(3);
          return 1;
        });
        assertThat(exits.exception(LONG)).isInstanceOf(WorkerLostException.class);
      }
    }
  }

  @SuppressWarnings("InfiniteRecursion") // that is what it is for
  private static long deeper(long depth) {
    return deeper(depth + 1) + depth;
  }

  @Test
  void anotherSecret_isNotUsed_andItsNodeDoesNotSeeTheTasks() throws Exception {
    try (Nodes nodes = new Nodes(10)) {
      nodes.start("another secret than that of the others", 2);
      assertThatThrownBy(nodes::driver).isInstanceOf(NoMemberException.class).hasMessageContaining("another secret");
      Nodes.Node good = nodes.start(1);
      try (ClusterExecutor pool = nodes.driver()) {
        assertThat(pool.members()).singleElement().satisfies(each -> assertThat(each.address()).isEqualTo(good.address()));
        assertThat(pool.submit(() -> ProcessHandle.current().pid()).result(LONG)).isEqualTo(good.process().pid());
      }
    }
  }

  /** Members are killed and started at random, for a while: each future ends exactly once, and with retries none fails. */
  @Test
  @Tag("long")
  @Timeout(1200)
  void chaos_losesNothing() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    AtomicInteger ends = new AtomicInteger();
    try (Nodes nodes = new Nodes(10)) {
      List<Nodes.Node> alive = new ArrayList<>(List.of(nodes.start(4), nodes.start(4), nodes.start(4)));
      try (ClusterExecutor pool = nodes.driver()) {
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
          int number = i;
          Future<Integer> each = pool.submit(TaskOptions.defaults().withRetry(Retry.times(50)), () -> {
            Thread.sleep(number % 10);
            return number;
          });
          each.addDoneCallback(_ -> ends.incrementAndGet());
          all.add(each);
        }
        for (int i = 0; i < 10; i++) {
          all.get(800 * (i + 1)).result(Duration.ofMinutes(5));
          alive.remove(random.nextInt(alive.size())).kill();
          alive.add(nodes.start(4));
        }
        Set<Integer> results = new HashSet<>();
        for (Future<Integer> each : all) {
          results.add(each.result(Duration.ofMinutes(5)));
        }
        assertThat(results).hasSize(10_000);
      }
    }
    assertThat(ends).hasValue(10_000);
  }
}
