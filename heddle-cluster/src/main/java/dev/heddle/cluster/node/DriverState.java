package dev.heddle.cluster.node;

import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.Remote;
import dev.heddle.cluster.errors.ClusterErrors;
import dev.heddle.cluster.wire.CallOutcome;
import dev.heddle.cluster.wire.Request;
import dev.heddle.codec.TaskDecoder;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that a node has of one driver: its classes, seats, and broadcast values. Thread-safe. */
final class DriverState implements NodeContext {
  static final ThreadLocal<@Nullable NodeContext> CURRENT = new ThreadLocal<>();

  private final UUID driver;
  private final Calls calls;
  private final Kept kept;
  private final TaskDecoder decoder;
  private final Map<SeatKey, Seat> seats = new ConcurrentHashMap<>();
  private final Map<Long, FutureTask<CallOutcome>> initializers = new ConcurrentHashMap<>();
  private final Map<Long, Shared> shared = new ConcurrentHashMap<>();
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private volatile boolean gone;

  record SeatKey(long view, long seat) {}

  DriverState(UUID driver, Calls calls, Kept kept) {
    this.driver = driver;
    this.calls = calls;
    this.kept = kept;
    this.decoder = new TaskDecoder(this::classOf, null, new ClusterErrors());
  }

  UUID driver() {
    return driver;
  }

  TaskDecoder decoder() {
    return decoder;
  }

  /** Held by tasks that must run one at a time. */
  ReentrantLock oneAtATime() {
    return oneAtATime;
  }

  void define(List<Request.Site> sites) {
    sites.forEach(each -> decoder.define((int) each.id(), each.definition()));
  }

  // ---- seats ----

  void open(SeatKey key, Seat seat) {
    seats.put(key, seat);
    if (gone) {
      close();
    }
  }

  Seat seat(long view, long seat) {
    Seat found = seats.get(new SeatKey(view, seat));
    if (found == null) {
      throw new ClusterException("this driver has no seat " + seat + " of view " + view + " here", null);
    }
    return found;
  }

  void interrupt(long view, long seat, long id) {
    Seat found = seats.get(new SeatKey(view, seat));
    if (found != null) {
      found.interrupt(id);
    }
  }

  void leave(long view, long seat) {
    Seat found = seats.remove(new SeatKey(view, seat));
    if (found != null) {
      found.interrupt(Long.MAX_VALUE);
    }
  }

  /** Runs a view's initializer, the first time it is asked for; returns its outcome. */
  CallOutcome initialize(long view, Supplier<CallOutcome> initializer) throws Exception {
    FutureTask<CallOutcome> fresh = new FutureTask<>(initializer::get);
    FutureTask<CallOutcome> known = initializers.putIfAbsent(view, fresh);
    fresh = known == null ? fresh : known;
    fresh.run(); // does nothing if it was run
    return fresh.get();
  }

  /** The driver has left: what it runs is interrupted, and what it had is dropped. */
  void close() {
    gone = true;
    seats.values().forEach(each -> each.interrupt(Long.MAX_VALUE));
    seats.clear();
    List.copyOf(shared.keySet()).forEach(this::drop);
    kept.dropAll(driver);
  }

  // ---- classes ----

  private byte @Nullable [] classOf(String name) throws IOException {
    byte[] answer = calls.fetch(driver, new Request.ClassOf(name), "the driver");
    return answer.length == 0 || answer[0] == 0 ? null : Arrays.copyOfRange(answer, 1, answer.length);
  }

  // ---- values ----

  private static final class Shared {
    @Nullable
    Object value;
    boolean there;
    final AtomicLong size = new AtomicLong(); // what is counted for it, and freed once
  }

  @Override
  public Supplier<@Nullable Object> broadcast(long key) {
    return () -> {
      Shared its = shared.computeIfAbsent(key, _ -> new Shared());
      synchronized (its) { // the first task fetches it, the others wait
        if (!its.there) {
          fetch(key, its);
        }
        return its.value;
      }
    };
  }

  private void fetch(long key, Shared its) {
    try {
      byte[] bytes = fetched(driver, key, "a broadcast value");
      kept.reserve(bytes.length, "a broadcast value");
      its.size.set(bytes.length);
      its.value = decoder.values().decode(bytes);
      its.there = true;
    } finally {
      if (!its.there) {
        shared.remove(key, its);
      }
      if (shared.get(key) != its) { // also if it was dropped meanwhile
        kept.free(its.size.getAndSet(0));
      }
    }
  }

  void drop(long key) {
    kept.drop(key);
    Shared its = shared.remove(key);
    if (its != null) {
      kept.free(its.size.getAndSet(0));
    }
  }

  @Override
  public <T extends @Nullable Object> Remote<T> keep(T value) {
    byte[] bytes = decoder.values().encode(value);
    Remote<T> remote = new Remote<>(calls.self(), calls.address(), kept.put(driver, bytes), bytes.length);
    if (gone) { // the driver will never release it
      kept.drop(remote.key());
    }
    return remote;
  }

  @Override
  public @Nullable Object fetch(Remote<?> remote) {
    byte[] here = remote.member().equals(calls.self()) ? kept.get(remote.key()) : null;
    return decoder.values().decode(here != null ? here : fetched(remote.member(), remote.key(), "a kept result"));
  }

  private byte[] fetched(UUID from, long key, String what) {
    try {
      return calls.fetch(from, new Request.Fetch(key), what);
    } catch (IOException e) {
      throw new ClusterException(what + " could not be fetched: " + e.getMessage(), e);
    }
  }
}
