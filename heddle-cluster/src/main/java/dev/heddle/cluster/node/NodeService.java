package dev.heddle.cluster.node;

import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.NodeOptions;
import dev.heddle.cluster.seal.SealedMember;
import dev.heddle.cluster.spi.ClusterEngine;
import dev.heddle.cluster.wire.Build;
import dev.heddle.cluster.wire.CallOutcome;
import dev.heddle.cluster.wire.Description;
import dev.heddle.cluster.wire.MemberLoad;
import dev.heddle.cluster.wire.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A node: answers the requests of drivers. Thread-safe. */
public final class NodeService implements SealedMember.Service {
  private static final int CALLS_PER_SLOT = 16; // of as many drivers at the most, whose tasks wait for their turn
  private static final int LEAST_CALLS = 256;
  private static final byte[] NOTHING = {};

  private final NodeOptions options;
  private final Permits permits;
  private final TaskRun runs;
  private final Kept kept;
  private final Calls calls = new Calls();
  private final Map<UUID, DriverState> drivers = new ConcurrentHashMap<>();
  private final String build = Build.heddle();
  private final String classPath = Build.classPath();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean draining;
  private volatile SealedMember member;

  @SuppressWarnings("NullAway.Init") // joined by start
  private NodeService(NodeOptions options) {
    this.options = options;
    this.permits = new Permits(options.slots());
    this.runs = new TaskRun(permits, options.runner(), options.cluster().maxMessage());
    this.kept = new Kept(options.maxKept());
  }

  /** Joins a cluster; blocks until that is done. */
  public static NodeService start(NodeOptions options) {
    NodeService service = new NodeService(options);
    int calls = Math.max(LEAST_CALLS, CALLS_PER_SLOT * options.slots());
    service.member = SealedMember.open(
        options.cluster().engine(), options.cluster().setup(true, calls), options.cluster().secret(), service);
    service.calls.joined(service.member);
    return service;
  }

  /** Returns where it listens. */
  public String address() {
    return member.self().address();
  }

  /** Returns how many tasks run. */
  public int running() {
    return runs.running();
  }

  // ---- requests ----

  @Override
  public byte[] answer(UUID from, byte[] message) {
    return switch (Request.read(message)) {
      case Request.Describe() -> description().toBytes();
      case Request.Open open -> open(driver(from), open).toBytes();
      case Request.Run run -> runs.run(driver(from), run).toBytes();
      case Request.Interrupt interrupt -> {
        driver(from).interrupt(interrupt.view(), interrupt.seat(), interrupt.id());
        yield NOTHING;
      }
      case Request.Leave leave -> {
        driver(from).leave(leave.view(), leave.seat());
        yield NOTHING;
      }
      case Request.Stats() -> new MemberLoad(
          runs.running(), permits.waiting(), runs.finished(), drivers.size(), kept.used()).toBytes();
      case Request.Fetch fetch -> fetch(fetch.key()).toBytes();
      case Request.Drop drop -> {
        driver(from).drop(drop.key());
        yield NOTHING;
      }
      case Request.Draining() -> NOTHING; // for drivers
      case Request.ClassOf(String name) -> throw new ClusterException("a node has no class " + name + " for others", null);
    };
  }

  private Description description() {
    return new Description(
        true, options.slots(), List.copyOf(options.labels()), draining, build, System.getProperty("java.version", ""),
        classPath,
        ProcessHandle.current().pid());
  }

  private DriverState driver(UUID from) {
    return drivers.computeIfAbsent(from, driver -> new DriverState(driver, calls, kept));
  }

  private CallOutcome open(DriverState driver, Request.Open request) {
    if (draining) {
      throw new ClusterException("node " + address() + " is draining and takes no more tasks", null);
    }
    if (request.slots() > options.slots()) {
      throw new ClusterException(
          "a task of " + request.slots() + " slots does not fit a node of " + options.slots(), null);
    }
    driver.define(request.sites());
    ClassLoader loader = driver.decoder().loader(request.loader());
    CallOutcome outcome = new CallOutcome(true, 0, NOTHING);
    if (request.initializer().length > 0) {
      try {
        outcome = driver.initialize(request.view(), () -> TaskRun.initialize(driver, request, loader));
      } catch (Exception e) {
        throw new ClusterException("the initializer was not run: " + e, e);
      }
    }
    if (outcome.success()) {
      driver.open(new DriverState.SeatKey(request.view(), request.seat()), new Seat((int) request.slots(), loader));
    }
    return outcome;
  }

  private CallOutcome fetch(long key) {
    byte[] bytes = kept.get(key);
    String missing = "node " + address() + " does not keep that result (any more): it was released, or its driver has left";
    return bytes == null
        ? new CallOutcome(false, 0, missing.getBytes(StandardCharsets.UTF_8))
        : new CallOutcome(true, 0, bytes);
  }

  // ---- members ----

  @Override
  public void joined(ClusterEngine.Peer peer) {}

  /** A driver has left, or was lost: what it runs here is interrupted. */
  @Override
  public void left(ClusterEngine.Peer peer) {
    DriverState driver = drivers.remove(peer.id());
    if (driver != null) {
      driver.close();
    }
  }

  // ---- the end ----

  /** Takes no more tasks, and waits until those it has are done; false if the time is over first. */
  public boolean drain(Duration timeout) throws InterruptedException {
    draining = true;
    drivers.keySet().forEach(each -> calls.tell(each, new Request.Draining()));
    return permits.awaitIdle(timeout.toNanos());
  }

  /** Leaves the cluster; what runs is interrupted. */
  public void close() {
    if (closed.compareAndSet(false, true)) {
      member.close();
      drivers.values().forEach(DriverState::close);
    }
  }
}
