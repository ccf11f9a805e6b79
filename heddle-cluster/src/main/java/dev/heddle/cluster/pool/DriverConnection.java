package dev.heddle.cluster.pool;

import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.DriverOptions;
import dev.heddle.cluster.Placement;
import dev.heddle.cluster.errors.ClusterErrors;
import dev.heddle.cluster.seal.SealedMember;
import dev.heddle.cluster.spi.ClusterEngine;
import dev.heddle.cluster.wire.Build;
import dev.heddle.cluster.wire.CallOutcome;
import dev.heddle.cluster.wire.Description;
import dev.heddle.cluster.wire.Request;
import dev.heddle.codec.DecodeLimits;
import dev.heddle.codec.TaskEncoder;
import dev.heddle.futures.PoolOptions;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A driver's connection to a cluster: the members it knows, and the executors over them. Thread-safe. */
public final class DriverConnection implements SealedMember.Service {
  private static final int DRIVER_CALLS = 256;
  private static final byte[] NOTHING = {};

  private final DriverOptions options;
  private final Runnable atEnd;
  private final TaskEncoder encoder;
  private final SharedValues values;
  private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
      Thread.ofVirtual().name("heddle-cluster-", 0).factory());
  private final Collection<View> views = new CopyOnWriteArrayList<>();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CompletableFuture<SealedMember> member = new CompletableFuture<>();
  private final Members members;

  private DriverConnection(DriverOptions options, Runnable atEnd) {
    this.options = options;
    this.atEnd = atEnd;
    this.encoder = new TaskEncoder(DecodeLimits.DEFAULT.withAllowed(options.allowedResults()), null, new ClusterErrors());
    this.values = new SharedValues(this, encoder.values());
    this.members = new Members(options.cluster(), member, this::execute, this::changed);
  }

  /**
   * Joins a cluster, and waits for a member that runs tasks.
   *
   * @param atEnd is called when the connection is closed
   */
  public static DriverConnection open(DriverOptions options, Runnable atEnd) {
    DriverConnection connection = new DriverConnection(options, atEnd);
    try {
      connection.member.complete(
          SealedMember.open(
              options.cluster().engine(), options.cluster().setup(false, DRIVER_CALLS), options.cluster().secret(),
              connection));
      connection.member.join().peers().forEach(connection::joined);
      connection.members.await(options.patience());
      return connection;
    } catch (Throwable e) {
      connection.close();
      throw e;
    }
  }

  /** Returns the executor of the options. */
  public ClusterView root() {
    return ClusterView.root(this, options.pool());
  }

  View view(Placement placement, PoolOptions pool) {
    View view = new View(this, numbers.incrementAndGet(), placement, pool);
    views.add(view);
    view.recount(); // now that it is told of changes
    return view;
  }

  // ---- for the views ----

  DriverOptions options() {
    return options;
  }

  TaskEncoder encoder() {
    return encoder;
  }

  SharedValues values() {
    return values;
  }

  Collection<KnownMember> members() {
    return members.all();
  }

  String describeMembers() {
    return members.describe();
  }

  CompletableFuture<byte[]> call(UUID to, ClusterEngine.Lane lane, byte[] message) {
    return member.join().call(to, lane, message);
  }

  void execute(Runnable action) {
    try {
      threads.execute(action);
    } catch (RejectedExecutionException e) { // closed: what is still to be told is told on a thread of its own
      Thread.ofVirtual().start(action);
    }
  }

  void forget(View view) {
    views.remove(view);
  }

  // ---- members ----

  @Override
  public void joined(ClusterEngine.Peer peer) {
    members.joined(peer);
  }

  @Override
  public void left(ClusterEngine.Peer peer) {
    execute(() -> {
      members.left(peer.id());
      views.forEach(each -> each.lost(peer.id()));
    });
  }

  private void changed() {
    views.forEach(View::recount);
    execute(() -> views.forEach(View::membersChanged));
  }

  void suspect(KnownMember member) {
    members.suspect(member);
  }

  // ---- what members ask ----

  @Override
  public byte[] answer(UUID from, byte[] message) {
    return switch (Request.read(message)) {
      case Request.Describe() -> new Description(
          false, 0, List.of(), false, Build.heddle(), Build.classPath(), ProcessHandle.current().pid()).toBytes();
      case Request.Draining() -> {
        members.drains(from);
        views.forEach(View::membersChanged); // from now on nothing more is sent there
        yield Request.Draining.answer(views.stream().mapToLong(each -> each.tasksAt(from)).sum());
      }
      case Request.ClassOf(String name) -> classOf(name).toBytes();
      case Request.Fetch(long key) -> values.answer(key).toBytes();
      default -> throw new ClusterException("a driver runs no tasks; send them to a member with slots", null);
    };
  }

  private CallOutcome classOf(String name) {
    if (!options.sharesClasses()) {
      return new CallOutcome(false, 0,
          ("the driver does not share its classes: put them on the class path of all members, or use "
              + "DriverOptions.withSharedClasses()").getBytes(StandardCharsets.UTF_8));
    }
    byte[] found = encoder.classes().answer(name);
    if (found == null) {
      return new CallOutcome(true, 0, NOTHING);
    }
    byte[] answer = new byte[found.length + 1];
    answer[0] = 1;
    System.arraycopy(found, 0, answer, 1, found.length);
    return new CallOutcome(true, 0, answer);
  }

  // ---- the end ----

  /** Leaves the cluster. Idempotent; blocks until that is done. */
  void close() {
    if (closed.compareAndSet(false, true)) {
      members.close();
      try {
        if (member.isDone()) {
          member.join().close();
        }
        threads.shutdown();
      } finally {
        atEnd.run();
      }
    }
  }
}
