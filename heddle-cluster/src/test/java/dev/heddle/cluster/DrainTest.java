package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cluster.spi.ClusterEngine.Lane;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.ThreadPool;
import dev.heddle.testkit.CrossProcessLatches;
import dev.heddle.testkit.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that drains loses no task, though none is retried. */
@Timeout(180)
class DrainTest {
  private static final AtomicInteger DONE = new AtomicInteger();

  /** Over Hazelcast: nodes are replaced one after the other while tasks come. */
  @Test
  void rollingUpgrade_losesNothing() throws Exception {
    ClusterOptions first = ClusterOptions.of(ClusterSecret.random()).withName("rolling-" + System.nanoTime());
    List<ClusterNode> nodes = new ArrayList<>();
    try {
      nodes.add(ClusterNode.start(NodeOptions.of(first).withSlots(2)));
      nodes.add(next(first, nodes));
      DONE.set(0);
      List<Future<Integer>> all = new ArrayList<>();
      ClusterOptions here = first.withMembers(nodes.getFirst().address());
      try (ClusterExecutor pool = ClusterPool.connect(DriverOptions.of(here)); Executor aside = ThreadPool.of(1)) {
        Future<Integer> submitting = aside.submit(() -> {
          for (int i = 0; i < 3_000; i++) {
            int number = i;
            all.add(pool.submit(() -> {
              LockSupport.parkNanos(1_000_000);
              DONE.incrementAndGet();
              return number;
            }));
            LockSupport.parkNanos(200_000);
          }
          return 1;
        });
        for (int i = 1; i <= 2; i++) {
          nodes.add(next(first, nodes));
          while (DONE.get() < i * 500) {
            LockSupport.parkNanos(1_000_000);
          }
          ClusterNode old = nodes.removeFirst();
          assertThat(old.drain(Duration.ofSeconds(30))).isTrue();
          old.close();
        }
        submitting.result();
        assertThat(all.stream().map(each -> each.result(Clusters.LONG)).toList())
            .isEqualTo(IntStream.range(0, 3_000).boxed().toList());
      }
      assertThat(DONE).as("none ran twice").hasValue(3_000);
    } finally {
      nodes.forEach(ClusterNode::close);
    }
  }

  private static ClusterNode next(ClusterOptions cluster, List<ClusterNode> nodes) {
    return ClusterNode.start(NodeOptions.of(cluster.withMembers(nodes.getFirst().address())).withSlots(2));
  }

  /** A task has ended and its answer is under way: the node stays until the driver has it. */
  @Test
  void drain_waitsUntilTheDriverHasTheAnswer() throws Exception {
    try (Clusters cluster = new Clusters(); CrossProcessLatches latches = CrossProcessLatches.open()) {
      ClusterNode node = cluster.node(1);
      try (ClusterExecutor pool = cluster.driver(); Executor aside = ThreadPool.virtual()) {
        pool.submit(() -> 1).result();
        Gate answered = latches.newGate();
        Gate delivered = latches.newGate();
        AtomicInteger tasks = new AtomicInteger();
        cluster.network.tap = sent -> {
          tasks.addAndGet(sent.lane() == Lane.TASK ? 1 : 0);
          return sent;
        };
        cluster.network.answerTap = frame -> {
          if (tasks.get() == 1 && tasks.compareAndSet(1, 2)) {
            answered.open();
            awaitQuietly(delivered);
          }
          return frame;
        };
        Future<Integer> future = pool.submit(() -> 7);
        answered.await();
        Future<Boolean> drained = aside.submit(() -> node.drain(Clusters.LONG));
        while (!pool.members().getFirst().draining()) {
          Thread.onSpinWait();
        }
        assertThat(drained.isDone()).isFalse();
        delivered.open();
        assertThat(future.result(Clusters.LONG)).isEqualTo(7);
        assertThat(drained.result(Clusters.LONG)).isTrue();
      }
    }
  }

  private static void awaitQuietly(Gate gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void drain_thatTakesTooLong_saysSo() throws Exception {
    try (Clusters cluster = new Clusters(); CrossProcessLatches latches = CrossProcessLatches.open()) {
      ClusterNode node = cluster.node(1);
      try (ClusterExecutor pool = cluster.driver()) {
        Gate started = latches.newGate();
        Gate release = latches.newGate();
        Future<Integer> future = pool.submit(() -> {
          started.open();
          release.await();
          return 1;
        });
        started.await();
        assertThat(node.drain(Duration.ofMillis(100))).isFalse();
        release.open();
        assertThat(future.result(Clusters.LONG)).isEqualTo(1);
        assertThat(node.drain(Clusters.LONG)).isTrue();
      }
    }
  }
}
