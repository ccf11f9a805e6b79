package dev.heddle.cluster.pool;

import dev.heddle.base.Describe;
import dev.heddle.base.ModuleLog;
import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.ClusterSecurityException;
import dev.heddle.cluster.DriverOptions;
import dev.heddle.cluster.NoMemberException;
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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** A driver's connection to a cluster: the members it knows, and the executors over them. Thread-safe. */
public final class DriverConnection implements SealedMember.Service {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.cluster");
  private static final int DRIVER_CALLS = 256;
  private static final long SUSPICION_MILLIS = 500;
  private static final byte[] NOTHING = {};

  private final DriverOptions options;
  private final Runnable atEnd;
  private final TaskEncoder encoder;
  private final SharedValues values;
  private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
      Thread.ofVirtual().name("heddle-cluster-", 0).factory());
  private final Map<UUID, KnownMember> members = new ConcurrentHashMap<>();
  private final Map<UUID, String> refused = new ConcurrentHashMap<>(); // members that are not used, and why
  private final Collection<View> views = new CopyOnWriteArrayList<>();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CompletableFuture<SealedMember> member = new CompletableFuture<>();
  private final String build = Build.heddle();
  private final String classPath = Build.classPath();

  private DriverConnection(DriverOptions options, Runnable atEnd) {
    this.options = options;
    this.atEnd = atEnd;
    this.encoder = new TaskEncoder(DecodeLimits.DEFAULT.withAllowed(options.allowedResults()), null, new ClusterErrors());
    this.values = new SharedValues(this, encoder.values());
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
      connection.awaitMember();
      return connection;
    } catch (Throwable e) {
      connection.close();
      throw e;
    }
  }

  private void awaitMember() {
    long end = System.nanoTime() + options.patience().toNanos();
    synchronized (members) {
      while (members.isEmpty()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        boolean hopeless = !refused.isEmpty() && refused.keySet().containsAll(
            member.join().peers().stream().map(ClusterEngine.Peer::id).toList());
        if (left <= 0 || hopeless) {
          throw noMember();
        }
        try {
          members.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new ClusterException("the thread was interrupted while it waited for members of the cluster", e);
        }
      }
    }
  }

  private NoMemberException noMember() {
    String found = refused.isEmpty()
        ? "no other member was found"
        : "these members were found: " + String.join("; ", refused.values());
    return new NoMemberException(
        "the cluster '" + options.cluster().name() + "' has no member for this program within "
            + Describe.duration(options.patience()) + " (members " + options.cluster().members() + "): " + found
            + "; check that a node runs there, that its address can be reached, and that name and secret are the same",
        null);
  }

  /** Returns the executor of the options. */
  public ClusterView root() {
    return ClusterView.root(this, options.pool());
  }

  View view(Placement placement, PoolOptions pool) {
    View view = new View(this, numbers.incrementAndGet(), placement, pool);
    views.add(view);
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
    return members.values();
  }

  String describeMembers() {
    return members.values()
        .stream()
        .map(each -> each + " with labels " + each.labels() + " and " + each.description().slots() + " slots"
            + (each.isDraining() ? ", which is draining" : ""))
        .collect(Collectors.joining(", ", "[", "]"));
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
    execute(() -> call(peer.id(), ClusterEngine.Lane.CONTROL, new Request.Describe().toBytes())
        .whenComplete((answer, failure) -> execute(() -> described(peer, answer, failure))));
  }

  private void described(ClusterEngine.Peer peer, byte[] answer, Throwable failure) {
    if (failure != null) {
      Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
      if (cause instanceof ClusterSecurityException) {
        LOG.warning("member " + peer.address() + " is not used: " + cause.getMessage());
      }
      refuse(peer, String.valueOf(cause.getMessage()));
      return;
    }
    Description description = Description.read(answer);
    if (!description.worker()) {
      return;
    }
    if (!description.heddle().equals(build)) {
      LOG.warning("member " + peer.address() + " is not used: it runs another version of Heddle (" + description.heddle()
          + ", here " + build + ")");
      refuse(peer, "it runs another version of Heddle; run the same on all members and drivers");
      return;
    }
    if (!description.classPath().equals(classPath)) {
      LOG.info(
          "member " + peer.address() + " has another class path than this program; tasks whose classes differ there fail "
              + "with a ClassMismatchException, and those whose classes are missing need DriverOptions.withSharedClasses");
    }
    boolean present = member.join().peers().stream().anyMatch(each -> each.id().equals(peer.id()));
    synchronized (members) {
      if (present) { // else it has left again meanwhile
        members.putIfAbsent(peer.id(), new KnownMember(peer, description));
      }
      members.notifyAll();
    }
    views.forEach(View::membersChanged);
  }

  /** A member could not be reached: it gets no more tasks, unless it answers later, still being in the cluster. */
  void suspect(KnownMember suspected) {
    if (members.remove(suspected.peer().id(), suspected)) {
      CompletableFuture.delayedExecutor(SUSPICION_MILLIS, TimeUnit.MILLISECONDS, this::execute).execute(() -> {
        if (!closed.get() && member.join().peers().contains(suspected.peer())) {
          joined(suspected.peer());
        }
      });
    }
  }

  private void refuse(ClusterEngine.Peer peer, String why) {
    synchronized (members) {
      refused.put(peer.id(), peer.address() + " (" + why + ")");
      members.notifyAll();
    }
  }

  @Override
  public void left(ClusterEngine.Peer peer) {
    execute(() -> {
      synchronized (members) {
        members.remove(peer.id());
        refused.remove(peer.id());
      }
      views.forEach(each -> each.lost(peer.id()));
    });
  }

  // ---- what members ask ----

  @Override
  public byte[] answer(UUID from, byte[] message) {
    return switch (Request.read(message)) {
      case Request.Describe() -> new Description(
          false, 0, List.of(), false, build, System.getProperty("java.version", ""), classPath,
          ProcessHandle.current().pid()).toBytes();
      case Request.Draining() -> {
        KnownMember known = members.get(from);
        if (known != null) {
          known.drain();
          execute(() -> views.forEach(View::membersChanged));
        }
        yield NOTHING;
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
