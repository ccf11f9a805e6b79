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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A node: answers the requests of drivers. Thread-safe. */
public final class NodeService implements SealedMember.Service {
  private static final int CALLS_PER_SLOT = 16; // of as many drivers at the most, whose tasks wait for their turn
  private static final int LEAST_CALLS = 256;
  private static final long DRAIN_LOOK_NANOS = Duration.ofMillis(50).toNanos();
  private static final byte[] NOTHING = {};

  private final NodeOptions options;
  private final Permits permits;
  private final TaskRun runs;
  private final Kept kept;
  private final Calls calls = new Calls();
  private final Map<UUID, DriverState> drivers = new ConcurrentHashMap<>();
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

  /** Returns where the others listen. */
  public List<String> peers() {
    return member.peers().stream().map(ClusterEngine.Peer::address).toList();
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
        true, options.slots(), List.copyOf(options.labels()), draining, Build.heddle(), Build.classPath(),
        ProcessHandle.current().pid());
  }

  private DriverState driver(UUID from) {
    DriverState known = drivers.get(from);
    if (known != null) {
      return known;
    }
    DriverState its = drivers.computeIfAbsent(from, driver -> new DriverState(driver, calls, kept));
    if (!calls.isPresent(from)) { // it left before this request was read, which is told once
      gone(from);
    }
    return its;
  }

  private CallOutcome open(DriverState driver, Request.Open request) {
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
    gone(peer.id());
  }

  private void gone(UUID id) {
    DriverState driver = drivers.remove(id);
    if (driver != null) {
      driver.close();
    }
  }

  // ---- the end ----

  /**
   * Takes no more tasks, and waits until those it has are done and their drivers have the results; false if the time is over first.
   * What a driver sends before it knows is done, too.
   */
  public boolean drain(Duration timeout) throws InterruptedException {
    draining = true;
    long end = System.nanoTime() + timeout.toNanos();
    while (isAwaited(end)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(left, DRAIN_LOOK_NANOS)); // the drivers know when, and are asked again
    }
    return permits.awaitIdle(end - System.nanoTime()); // for tasks of drivers that have left
  }

  /** Tells all drivers, and returns whether one still awaits the end of a task from here. */
  private boolean isAwaited(long end) throws InterruptedException {
    List<CompletableFuture<Long>> answers = member.peers().stream()
        .map(each -> calls.ask(each.id(), new Request.Draining()).thenApply(Request.Draining::tasks).exceptionally(_ -> 0L))
        .toList();
    long tasks = 0;
    for (CompletableFuture<Long> each : answers) {
      try {
        tasks += each.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException | ExecutionException e) {
        tasks++;
      }
    }
    return tasks > 0;
  }

  /** Leaves the cluster; what runs is interrupted. */
  public void close() {
    if (closed.compareAndSet(false, true)) {
      member.close();
      drivers.values().forEach(DriverState::close);
    }
  }
}
