package dev.heddle.cluster;

import dev.heddle.cluster.pool.ClusterView;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskCallable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Executor} whose tasks run on the members of a cluster; made by {@link ClusterPool}. Thread-safe.
 *
 * <p>Tasks are copied to a member and their results back, as to worker processes. A task that is cancelled with
 * {@code cancel(true)}, or whose time is over, is interrupted; its slot is free when it has ended. A member that is lost costs the
 * tasks it had, each of which fails with a {@link WorkerLostException} or, with a {@code Retry}, is tried on another.
 */
public sealed interface ClusterExecutor extends Executor permits ClusterView {

  /** Asks all members how busy they are; blocks for at the most 2 s. */
  List<MemberStats> members();

  /** Returns another executor on the same cluster, for tasks with needs of their own; closing it closes that one alone. */
  default ClusterExecutor on(Placement placement) {
    return on(placement, PoolOptions.defaults());
  }

  /**
   * Returns another executor on the same cluster, with options of its own.
   *
   * @throws NoMemberException if the placement asks for labels or slots that no present member has
   */
  ClusterExecutor on(Placement placement, PoolOptions options);

  /**
   * Makes a value known to tasks by a handle, so that each member gets it once.
   *
   * @throws UnsendableResultException if it cannot be sent
   */
  <T extends @Nullable Object> Broadcast<T> broadcast(T value);

  /** Runs a task whose result stays at its member; {@link #on} with {@link Placement#near} sends the next task there. */
  <T extends @Nullable Object> Future<Remote<T>> keep(TaskCallable<T> task);

  /**
   * Returns a copy of a kept result; blocks for at the most 30 s.
   *
   * @throws ClusterException if its member is lost, or it was released
   */
  <T extends @Nullable Object> T fetch(Remote<T> remote);

  /** Releases a kept result; does nothing if it is gone. */
  void release(Remote<?> remote);
}
