package dev.heddle.cluster;

import dev.heddle.cluster.node.NodeContext;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A handle of a value that many tasks share: a task that captures it is small, and each node fetches the value once, when its
 * first task asks for it. All tasks of this driver on a node share one object, so it must not be changed. Thread-safe.
 *
 * <pre>{@code
 * try (Broadcast<Dictionary> words = pool.broadcast(dictionary)) {
 *   pool.map(text -> words.value().count(text), texts).toList();
 * }
 * }</pre>
 */
public final class Broadcast<T extends @Nullable Object> implements AutoCloseable, Serializable {
  @Serial
  private static final long serialVersionUID = 1;

  private final long key;
  private transient Supplier<T> source;
  private transient Runnable release;

  /** Creates the driver's handle; for {@link ClusterExecutor#broadcast}. */
  public Broadcast(long key, Supplier<T> source, Runnable release) {
    this.key = key;
    this.source = source;
    this.release = release;
  }

  /**
   * Returns the value. In a task the first call on a node fetches it from the driver, which blocks for at the most 30 s.
   *
   * @throws ClusterException if it cannot be fetched
   * @throws MemoryLimitException if the node may not keep as much
   */
  public T value() {
    return source.get();
  }

  /** Releases the value on all nodes; only the driver's handle does. Tasks that have not fetched it fail. */
  @Override
  public void close() {
    release.run();
  }

  @Serial
  @SuppressWarnings("unchecked") // the driver has sent a value of that type under this key
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    NodeContext context = NodeContext.current();
    source = context == null ? () -> {
      throw new ClusterException(
          "a broadcast value can be had in tasks of a ClusterPool only, and not in worker processes of a node; "
              + "capture the value itself there",
          null);
    } : (Supplier<T>) context.broadcast(key);
    release = () -> {};
  }
}
