package dev.heddle.futures.limit;

import dev.heddle.base.Describe;
import dev.heddle.futures.Future;
import dev.heddle.futures.Limit;
import dev.heddle.futures.Permit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A limit for each key. Thread-safe.
 *
 * <p>Each request looks at two other keys in turn and forgets those that are as if never used, so that there are never many
 * more than are in use.
 */
public final class KeyedLimits<K> {
  private static final int LOOKS = 2;

  private final Supplier<QueuedLimit> making;
  private final ReentrantLock lock = new ReentrantLock(); // outer; each limit's own is inside
  private final Map<K, QueuedLimit> limits = new LinkedHashMap<>();

  /** Limits that are made when they are first needed. */
  public KeyedLimits(Supplier<QueuedLimit> making) {
    this.making = making;
  }

  /** Returns the limit of a key. */
  public Limit forKey(K key) {
    return new ForKey(key);
  }

  private final class ForKey implements OwnedLimit {
    private final K key;

    ForKey(K key) {
      this.key = key;
    }

    @Override
    public Future<Permit> acquire() {
      return acquire(null);
    }

    @Override
    public PermitFuture acquire(PermitFuture.@Nullable Holder holder) {
      lock.lock(); // until the permit is held or waited for: the limit must not be forgotten before
      try {
        forgetUnused();
        return limits.computeIfAbsent(key, _ -> making.get()).acquire(holder);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public String toString() {
      return "<Limit for key " + Describe.value(key) + ">";
    }
  }

  private void forgetUnused() {
    for (int i = 0; i < LOOKS && !limits.isEmpty(); i++) {
      Map.Entry<K, QueuedLimit> eldest = limits.entrySet().iterator().next();
      K key = eldest.getKey();
      QueuedLimit limit = eldest.getValue();
      limits.remove(key);
      if (!limit.isFresh()) {
        limits.put(key, limit); // as the last, so that the next is looked at
      }
    }
  }

  /** Returns how many keys are remembered. */
  public int size() {
    lock.lock();
    try {
      return limits.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "<KeyedLimit with " + size() + " keys in use>";
  }
}
