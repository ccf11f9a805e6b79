package dev.heddle.cluster.pool;

import dev.heddle.cluster.ClusterExecutor;
import dev.heddle.cluster.ClusterNode;
import dev.heddle.cluster.ClusterOptions;
import dev.heddle.cluster.DriverOptions;
import dev.heddle.cluster.NodeOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Starts nodes and a driver in this program. Stateless. */
public final class Embedded {
  private Embedded() {}

  /** Starts them; the driver's end ends the nodes. */
  public static ClusterExecutor open(int members, NodeOptions node, DriverOptions driver) {
    String name = driver.cluster().name() + "-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    ClusterOptions first = driver.cluster().withName(name).withPort(0);
    List<ClusterNode> nodes = new CopyOnWriteArrayList<>();
    Runnable end = () -> nodes.forEach(ClusterNode::close);
    try {
      nodes.add(ClusterNode.start(of(node, first)));
      ClusterOptions rest = first.withMembers(nodes.getFirst().address());
      try (ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor()) {
        IntStream.range(1, members)
            .mapToObj(_ -> CompletableFuture
                .runAsync(() -> nodes.add(ClusterNode.start(of(node, rest))), starts))
            .toList()
            .forEach(CompletableFuture::join);
      }
      return DriverConnection.open(
          new DriverOptions(
              rest, driver.pool(), driver.sharesClasses(), driver.allowedResults(), driver.patience(), driver.timeline()),
          end).root();
    } catch (CompletionException e) {
      end.run();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } catch (Throwable e) {
      end.run();
      throw e;
    }
  }

  private static NodeOptions of(NodeOptions node, ClusterOptions cluster) {
    return new NodeOptions(cluster, node.slots(), node.labels(), node.maxKept(), node.runner());
  }
}
