package dev.heddle.cluster;

import dev.heddle.base.Cast;
import dev.heddle.cluster.node.NodeContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a result that stays at the node that computed it ({@link ClusterExecutor#keep}), until it is released or the
 * driver leaves. Tasks that capture it get the value there without its being sent; elsewhere it is fetched from node to node.
 *
 * @param member the node that has it
 * @param address where that node listens, for messages
 * @param key names the value there
 * @param bytes how much memory it takes there
 */
public record Remote<T extends @Nullable Object>(UUID member, String address, long key, long bytes) {

  /**
   * Returns a copy of the value, in a task of a ClusterPool; elsewhere use {@link ClusterExecutor#fetch}.
   *
   * @throws ClusterException if the node is lost, or the value was released
   */
  public T value() {
    NodeContext context = NodeContext.current();
    if (context == null) {
      throw new IllegalStateException(
          "value() must be called in a task of a ClusterPool, on the task's own thread; elsewhere call fetch(remote) of the pool");
    }
    return Cast.to(context.fetch(this)); // a value of that type was kept under this key
  }
}
