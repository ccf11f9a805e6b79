package dev.heddle.cluster.node;

import dev.heddle.cluster.MemoryLimitException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The store of a node for drivers: results as bytes, and the count of all bytes, those of broadcasts included. Thread-safe. */
final class Kept {
  private final long limit;
  private final AtomicLong used = new AtomicLong();
  private final Map<Long, Result> results = new ConcurrentHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // handed over, not copied, and never compared
  private record Result(UUID driver, byte[] bytes) {}

  Kept(long limit) {
    this.limit = limit;
  }

  /** Counts bytes that are to be kept; throws if there is no room. */
  void reserve(long bytes, String what) {
    long now = used.addAndGet(bytes);
    if (now > limit) {
      used.addAndGet(-bytes);
      throw new MemoryLimitException(
          what + " of " + bytes + " bytes does not fit: this node keeps at the most " + limit + " bytes (maxKept), and "
              + (now - bytes) + " are in use; release what is not needed, or raise maxKept",
          null);
    }
  }

  void free(long bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }

  /** Keeps a result; returns its key. */
  long put(UUID driver, byte[] bytes) {
    reserve(bytes.length, "a result");
    long key = ThreadLocalRandom.current().nextLong();
    while (results.putIfAbsent(key, new Result(driver, bytes)) != null) {
      key++;
    }
    return key;
  }

  byte @Nullable [] get(long key) {
    Result result = results.get(key);
    return result == null ? null : result.bytes();
  }

  void drop(long key) {
    Result result = results.remove(key);
    if (result != null) {
      free(result.bytes().length);
    }
  }

  /** Drops what belongs to a driver that has left. */
  void dropAll(UUID driver) {
    results.forEach((key, result) -> {
      if (result.driver().equals(driver)) {
        drop(key);
      }
    });
  }
}
