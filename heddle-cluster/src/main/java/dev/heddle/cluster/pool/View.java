package dev.heddle.cluster.pool;

import dev.heddle.base.Describe;
import dev.heddle.base.ModuleLog;
import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.DriverOptions;
import dev.heddle.cluster.NoMemberException;
import dev.heddle.cluster.Placement;
import dev.heddle.cluster.spi.ClusterEngine;
import dev.heddle.cluster.wire.CallOutcome;
import dev.heddle.cluster.wire.Request;
import dev.heddle.codec.EncodedTask;
import dev.heddle.dispatch.ChannelFactory;
import dev.heddle.dispatch.DispatchOptions;
import dev.heddle.dispatch.Dispatcher;
import dev.heddle.dispatch.WorkerChannel;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskListener;
import dev.heddle.futures.TaskRunnable;
import dev.heddle.timeline.TimelineRecorder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One executor's part of a connection: a dispatcher whose workers are seats at the members that its placement allows. Thread-safe.
 */
final class View implements ChannelFactory {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.cluster");
  private static final Duration NEVER = Duration.ofDays(365);

  private final DriverConnection connection;
  private final long number;
  private final String name;
  private final Placement placement;
  private final PoolOptions pool;
  private final @Nullable EncodedTask initializer;
  private final String loader;
  private final Set<SeatChannel> seats = ConcurrentHashMap.newKeySet();
  private final Map<KnownMember, Integer> taken = new ConcurrentHashMap<>(); // how many seats at each
  private final AtomicBoolean abandoned = new AtomicBoolean();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final Dispatcher dispatcher;
  private volatile int capacity; // asked for each task, so it is counted when members change

  @SuppressWarnings("this-escape") // the dispatcher calls back only once a task comes
  View(DriverConnection connection, long number, Placement placement, PoolOptions pool) {
    this.connection = connection;
    this.number = number;
    this.placement = placement;
    this.pool = pool;
    String given = pool.name();
    this.name = given != null ? given : "cluster-" + number;
    TaskRunnable first = pool.initializer();
    this.initializer = first == null ? null : connection.encoder().encode(first);
    this.loader = connection.encoder().nameOf(Thread.currentThread().getContextClassLoader());
    DriverOptions options = connection.options();
    this.dispatcher = new Dispatcher(
        new DispatchOptions(
            name, placement.atMost(), 0, 0, NEVER, 0, NEVER, Integer.MAX_VALUE, NEVER, false, timeline()),
        new ClusterCodec(connection.encoder(), options.cluster().maxMessage(), this::check), this);
  }

  long number() {
    return number;
  }

  String name() {
    return name;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  private @Nullable TimelineRecorder timeline() {
    return pool.timeline() == null ? connection.options().timeline() : pool.timeline();
  }

  // ---- members ----

  /** Throws if the tasks ask for what no present member has; a cluster without members may have some soon. */
  void check() {
    if (placement.labels().isEmpty() && placement.slots() == 1) {
      if (capacity() == 0) {
        abandonLater();
      }
      return;
    }
    if (capacity() == 0) {
      throw new NoMemberException(
          "no member can take a task of executor '" + name + "', which asks for labels " + placement.labels() + " and "
              + placement.slots() + " slot(s); there are " + connection.describeMembers()
              + "; start a node with these labels and slots first",
          null);
    }
  }

  /** Counts how many seats there can be; the last call after a change of members sees it. */
  synchronized void recount() {
    long all = 0;
    for (KnownMember each : connection.members()) {
      all += each.seats(placement);
    }
    capacity = (int) Math.min(all, placement.atMost());
  }

  /** Members have come, or take no more tasks. */
  void membersChanged() {
    for (SeatChannel each : seats) {
      if (each.member().isDraining()) {
        each.retire();
      }
    }
    dispatcher.capacityChanged();
  }

  /** A member was lost. */
  void lost(UUID member) {
    for (SeatChannel each : seats) {
      if (each.member().peer().id().equals(member)) {
        each.gone("it left the cluster, or did not answer any more");
      }
    }
    if (capacity() == 0) {
      abandonLater();
    }
  }

  /** Fails what waits, if there is no member after a while: nothing waits for ever. */
  private void abandonLater() {
    if (abandoned.compareAndSet(false, true)) {
      Duration patience = connection.options().patience();
      CompletableFuture.delayedExecutor(patience.toNanos(), TimeUnit.NANOSECONDS, connection::execute).execute(() -> {
        abandoned.set(false);
        if (capacity() == 0) {
          dispatcher.failPending(
              () -> new NoMemberException(
                  "no member of the cluster '" + connection.options().cluster().name() + "' could take the task within "
                      + Describe.duration(patience) + " (patience); start a node, or raise the patience",
                  null));
        }
      });
    }
  }

  // ---- for the dispatcher ----

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public boolean interrupts() {
    return true;
  }

  @Override
  public WorkerChannel open(int seat, WorkerChannel.Listener listener) throws IOException {
    KnownMember best = null;
    double bestShare = Double.NEGATIVE_INFINITY;
    for (KnownMember each : connection.members()) {
      int allowed = each.seats(placement);
      if (allowed > 0) {
        double share = (allowed - taken.getOrDefault(each, 0)) / (double) allowed; // the member with most room, in proportion
        if (each.peer().id().equals(placement.near()) && share > 0) {
          share += 1;
        }
        if (share > bestShare) {
          best = each;
          bestShare = share;
        }
      }
    }
    if (best == null) {
      throw new IOException("there is no member for tasks of executor '" + name + "'");
    }
    SeatChannel channel = new SeatChannel(seat, this, best, listener);
    seats.add(channel);
    taken.merge(best, 1, Integer::sum);
    return channel;
  }

  @Override
  public String kind() {
    return "cluster";
  }

  /** How many tasks are at a member, or on the way to it. */
  long tasksAt(UUID member) {
    return seats.stream().filter(each -> each.member().peer().id().equals(member) && each.isBusy()).count();
  }

  @Override
  public Throwable cannotStart(Throwable cause) {
    return new NoMemberException("no member can be prepared for tasks: " + cause.getMessage(), cause);
  }

  @Override
  public void startFailed(int inARow, Throwable failure) {
    TaskListener listener = pool.listener();
    if (listener != null) {
      try {
        listener.startFailed(name, inARow, failure);
      } catch (Throwable e) {
        LOG.ignored("the listener of executor '" + name + "'", e);
      }
    }
  }

  @Override
  public void close() {
    connection.forget(this);
    closed.complete(null);
  }

  // ---- for seats ----

  /** Whether the end of a task runs no code of users. */
  boolean isBrief() {
    return pool.listener() == null && timeline() == null;
  }

  void closed(SeatChannel seat) {
    if (seats.remove(seat)) {
      taken.computeIfPresent(seat.member(), (_, count) -> count == 1 ? null : count - 1);
    }
  }

  void suspect(KnownMember member) {
    connection.suspect(member);
    if (capacity() == 0) {
      abandonLater();
    }
  }

  void execute(Runnable action) {
    connection.execute(action);
  }

  /** Calls a member; an answer that cannot be read is a failure. */
  CompletableFuture<CallOutcome> call(KnownMember member, ClusterEngine.Lane lane, byte[] message) {
    return connection.call(member.peer().id(), lane, message).thenApply(CallOutcome::read);
  }

  void tell(KnownMember member, Request request) {
    connection.execute(() -> {
      var _ = connection.call(member.peer().id(), ClusterEngine.Lane.CONTROL, request.toBytes());
    });
  }

  CompletableFuture<CallOutcome> prepare(SeatChannel seat, int seatNumber) {
    EncodedTask first = initializer;
    Request.Open open = first == null
        ? new Request.Open(number, seatNumber, placement.slots(), loader, List.of(), 0, new byte[0])
        : new Request.Open(
            number, seatNumber, placement.slots(), loader,
            List.of(new Request.Site(first.site().id(), first.site().definition())), first.site().id(), first.payload());
    if (first != null) {
      return call(seat.member(), ClusterEngine.Lane.TASK, open.toBytes()); // an initializer takes as long as it takes
    }
    return call(seat.member(), ClusterEngine.Lane.CONTROL, open.toBytes())
        .orTimeout(connection.options().cluster().heartbeat().toMillis(), TimeUnit.MILLISECONDS);
  }

  Throwable failureOf(CallOutcome outcome) {
    return connection.encoder().failures().decode(outcome.bytes());
  }

  byte[] encode(Throwable failure, String task) {
    Throwable known = failure instanceof ClusterException
        ? failure
        : new ClusterException("the member refused the task: " + failure, failure);
    return connection.encoder().failures().encode(known, task);
  }
}
