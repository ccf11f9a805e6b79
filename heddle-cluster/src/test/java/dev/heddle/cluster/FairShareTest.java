package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Future;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two drivers on one cluster, over Hazelcast: one that comes late with little is not kept waiting by one with much. */
@Timeout(180)
class FairShareTest {
  private static final AtomicInteger MANY = new AtomicInteger();
  private static final AtomicInteger BEFORE = new AtomicInteger();

  private static int work(AtomicInteger count) {
    LockSupport.parkNanos(2_000_000);
    return count.incrementAndGet();
  }

  @Test
  void lateDriver_getsEverySecondSlot() {
    ClusterOptions first = ClusterOptions.of(ClusterSecret.random()).withName("fair-" + System.nanoTime());
    try (ClusterNode node = ClusterNode.start(NodeOptions.of(first).withSlots(2))) {
      DriverOptions options = DriverOptions.of(first.withMembers(node.address()));
      try (ClusterExecutor one = ClusterPool.connect(options); ClusterExecutor other = ClusterPool.connect(options)) {
        MANY.set(0);
        List<Future<Integer>> many = IntStream.range(0, 2_000).mapToObj(_ -> one.submit(() -> work(MANY))).toList();
        many.get(100).result(Clusters.LONG);
        other.submit(() -> 1).result(Clusters.LONG); // its seats are prepared
        int before = MANY.get();
        List<Future<Integer>> few = IntStream.range(0, 200).mapToObj(_ -> other.submit(() -> work(BEFORE))).toList();
        few.forEach(each -> each.result(Clusters.LONG));
        int meanwhile = MANY.get() - before;
        assertThat(meanwhile).as("tasks of the first driver, while the second ran 200").isBetween(100, 400);
        one.shutdownNow();
      }
    }
  }
}
