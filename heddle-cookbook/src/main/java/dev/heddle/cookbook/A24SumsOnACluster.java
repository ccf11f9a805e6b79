package dev.heddle.cookbook;

import dev.heddle.cluster.ClusterExecutor;
import dev.heddle.cluster.ClusterNode;
import dev.heddle.cluster.ClusterOptions;
import dev.heddle.cluster.ClusterPool;
import dev.heddle.cluster.ClusterSecret;
import dev.heddle.cluster.DriverOptions;
import dev.heddle.cluster.NodeOptions;
import dev.heddle.futures.Executor;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.ThreadPool;
import dev.heddle.iter.Iter;
import dev.heddle.process.ProcessPool;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The same sums on threads, worker processes and a cluster; one line differs. */
final class A24SumsOnACluster extends Recipe {

  A24SumsOnACluster() {
    super(
        "The same sums on threads, processes and a cluster",
        """
            Parallelism as several computers that do several jobs at once: who outgrows one machine changes one line. A node is
            lost on the way; its tasks run again on the others, since the pool's options say so, and all results come in order.
            The three nodes are in this program here; './heddle node' starts one anywhere, './heddle cluster-demo' three.""");
  }

  @Override
  public void run(PrintStream out) {
    try (Executor pool = ThreadPool.of(3)) {
      out.println("threads    " + sums(pool));
    }
    try (Executor pool = ProcessPool.of(3)) {
      out.println("processes  " + sums(pool));
    }
    try (Executor pool = ClusterPool.embedded(3)) {
      out.println("cluster    " + sums(pool));
    }
    out.println("a node is lost: " + lossOnTheWay());
  }

  /** The program: it knows an executor, and not which. */
  private static List<Long> sums(Executor pool) {
    return pool.map(Sums::upTo, A20SumsByMap.WORK_LIST).toList();
  }

  private static List<Long> lossOnTheWay() {
    ClusterOptions cluster = ClusterOptions.of(ClusterSecret.random()).withName("a24-" + ProcessHandle.current().pid());
    List<ClusterNode> nodes = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        cluster = cluster.withMembers(nodes.stream().map(ClusterNode::address).toArray(String[]::new));
        nodes.add(ClusterNode.start(NodeOptions.of(cluster).withSlots(1)));
      }
      PoolOptions retrying = PoolOptions.defaults().withTasks(TaskOptions.defaults().withRetry(Retry.times(3)));
      try (ClusterExecutor pool = ClusterPool.connect(DriverOptions.of(cluster).withPool(retrying))) {
        List<Long> results = new ArrayList<>();
        try (Iter<Long> sums = pool.map(Sums::upTo, A20SumsByMap.WORK_LIST)) {
          results.add(sums.next());
          nodes.get(1).close();
          sums.forEachRemaining(results::add);
        }
        return results;
      }
    } finally {
      nodes.forEach(ClusterNode::close);
    }
  }
}
