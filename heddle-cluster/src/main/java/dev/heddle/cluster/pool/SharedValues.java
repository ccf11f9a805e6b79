package dev.heddle.cluster.pool;

import dev.heddle.base.Cast;
import dev.heddle.cluster.Broadcast;
import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.MemoryLimitException;
import dev.heddle.cluster.Remote;
import dev.heddle.cluster.seal.SealedMember;
import dev.heddle.cluster.spi.ClusterEngine;
import dev.heddle.cluster.wire.CallOutcome;
import dev.heddle.cluster.wire.Request;
import dev.heddle.codec.Values;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The values that a driver shares with members, and those that it fetches from them. Thread-safe. */
final class SharedValues {
  private static final long LONGEST_SECONDS = 30;

  private final DriverConnection connection;
  private final Values values;
  private final AtomicLong keys = new AtomicLong();
  private final Map<Long, byte[]> shared = new ConcurrentHashMap<>();

  SharedValues(DriverConnection connection, Values values) {
    this.connection = connection;
    this.values = values;
  }

  <T extends @Nullable Object> Broadcast<T> broadcast(T value) {
    byte[] bytes = values.encode(value);
    int limit = connection.options().cluster().maxMessage();
    if (bytes.length > limit - SealedMember.OVERHEAD) {
      throw new MemoryLimitException(
          "the value takes " + bytes.length + " bytes when encoded, but maxMessage is " + limit
              + "; share it in parts, or raise maxMessage on all members",
          null);
    }
    long key = keys.incrementAndGet();
    shared.put(key, bytes);
    return new Broadcast<>(key, () -> value, () -> release(key));
  }

  private void release(long key) {
    if (shared.remove(key) != null) {
      for (KnownMember each : connection.members()) {
        var _ = connection.call(each.peer().id(), ClusterEngine.Lane.CONTROL, new Request.Drop(key).toBytes());
      }
    }
  }

  /** Answers a member that asks for a broadcast value. */
  CallOutcome answer(long key) {
    byte[] bytes = shared.get(key);
    return bytes == null
        ? new CallOutcome(false, 0,
            "the broadcast was closed before this task asked for its value".getBytes(StandardCharsets.UTF_8))
        : new CallOutcome(true, 0, bytes);
  }

  <T extends @Nullable Object> T fetch(Remote<T> remote) {
    CallOutcome outcome;
    try {
      outcome = CallOutcome.read(
          connection.call(remote.member(), ClusterEngine.Lane.CONTROL, new Request.Fetch(remote.key()).toBytes())
              .get(LONGEST_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      throw new ClusterException(
          "a result of " + remote.bytes() + " bytes could not be fetched from member " + remote.address() + ": "
              + (e.getCause() == null ? "there was no answer within 30 s" : e.getCause().getMessage())
              + "; compute it again if that member is lost",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("the thread was interrupted while it fetched a result", e);
    }
    if (!outcome.success()) {
      throw new ClusterException(new String(outcome.bytes(), StandardCharsets.UTF_8), null);
    }
    return Cast.to(values.from(1).decode(outcome.bytes())); // a value of that type was kept under this key
  }

  void release(Remote<?> remote) {
    var _ = connection.call(remote.member(), ClusterEngine.Lane.CONTROL, new Request.Drop(remote.key()).toBytes());
  }
}
