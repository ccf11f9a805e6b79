package dev.heddle.cluster.pool;

import dev.heddle.base.Check;
import dev.heddle.cluster.Broadcast;
import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.ClusterExecutor;
import dev.heddle.cluster.MemberStats;
import dev.heddle.cluster.Placement;
import dev.heddle.cluster.Remote;
import dev.heddle.cluster.node.NodeContext;
import dev.heddle.cluster.spi.ClusterEngine;
import dev.heddle.cluster.wire.MemberLoad;
import dev.heddle.cluster.wire.Request;
import dev.heddle.futures.Executor;
import dev.heddle.futures.ForwardingExecutor;
import dev.heddle.futures.Future;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskCallable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The executor of a view: the contract's own executor over the view's dispatcher. The first one of a connection closes it. */
public final class ClusterView extends ForwardingExecutor implements ClusterExecutor {
  private static final long STATS_SECONDS = 2;
  private static final MemberLoad UNKNOWN = new MemberLoad(-1, -1, -1, -1, -1);

  private final DriverConnection connection;
  private final boolean root;

  private ClusterView(Executor executor, DriverConnection connection, boolean root) {
    super(executor);
    this.connection = connection;
    this.root = root;
  }

  static ClusterView root(DriverConnection connection, PoolOptions pool) {
    return open(connection, Placement.anywhere(), pool, true);
  }

  private static ClusterView open(DriverConnection connection, Placement placement, PoolOptions pool, boolean root) {
    View view = connection.view(placement, pool);
    try {
      view.check();
    } catch (RuntimeException e) {
      connection.forget(view);
      throw e;
    }
    PoolOptions rest = new PoolOptions(
        view.name(), null, pool.context(), pool.listener(), pool.time(), pool.maxSpareThreads(), pool.tasks(),
        null); // the dispatcher records
    return new ClusterView(Executor.on(view.dispatcher(), rest), connection, root);
  }

  @Override
  public ClusterExecutor on(Placement placement, PoolOptions options) {
    return open(connection, Check.notNull(placement, "placement"), Check.notNull(options, "options"), false);
  }

  @Override
  public List<MemberStats> members() {
    record Asked(KnownMember member, CompletableFuture<MemberLoad> answer) {}
    byte[] request = new Request.Stats().toBytes();
    List<Asked> asked = connection.members()
        .stream()
        .map(each -> new Asked(each,
            connection.call(each.peer().id(), ClusterEngine.Lane.CONTROL, request).thenApply(MemberLoad::read)
                .exceptionally(_ -> UNKNOWN).completeOnTimeout(UNKNOWN, STATS_SECONDS, TimeUnit.SECONDS)))
        .toList();
    return asked.stream().map(each -> stats(each.member(), each.answer().join())).toList();
  }

  private static MemberStats stats(KnownMember member, MemberLoad busy) {
    return new MemberStats(
        member.peer().id(), member.peer().address(), member.description().pid(), member.description().slots(),
        member.labels(),
        member.isDraining(), busy.running(), busy.waiting(), busy.finished(), busy.keptBytes());
  }

  @Override
  public <T extends @Nullable Object> Broadcast<T> broadcast(T value) {
    return connection.values().broadcast(value);
  }

  @Override
  public <T extends @Nullable Object> Future<Remote<T>> keep(TaskCallable<T> task) {
    Check.notNull(task, "task");
    return submit((TaskCallable<Remote<T>>) () -> kept(task));
  }

  private static <T extends @Nullable Object> Remote<T> kept(TaskCallable<T> task) throws Exception {
    NodeContext context = NodeContext.current();
    if (context == null) {
      throw new ClusterException("results cannot be kept by nodes whose tasks run in worker processes; use submit there",
          null);
    }
    return context.keep(task.call());
  }

  @Override
  public <T extends @Nullable Object> T fetch(Remote<T> remote) {
    return connection.values().fetch(Check.notNull(remote, "remote"));
  }

  @Override
  public void release(Remote<?> remote) {
    connection.values().release(Check.notNull(remote, "remote"));
  }

  @Override
  public void close() {
    try {
      super.close();
    } finally {
      if (root) {
        connection.close();
      }
    }
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    boolean ended = super.awaitTermination(timeout, unit);
    if (ended && root) {
      connection.close();
    }
    return ended;
  }
}
