package dev.heddle.cluster.node;

import dev.heddle.cluster.Remote;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The things that a task can reach at its node: broadcast values and kept results. Thread-safe. */
public interface NodeContext {

  /** Returns the context of the task that the calling thread runs; null on any other thread. */
  static @Nullable NodeContext current() {
    return DriverState.CURRENT.get();
  }

  /** Returns the source of a broadcast value; asking it may block while the value is fetched. */
  Supplier<@Nullable Object> broadcast(long key);

  /** Keeps a value at this node. */
  <T extends @Nullable Object> Remote<T> keep(T value);

  /** Returns a kept value, from here or from the node that has it; blocks while it is fetched. */
  @Nullable
  Object fetch(Remote<?> remote);
}
