package dev.heddle.iter.stages;

import dev.heddle.iter.Bucket;
import dev.heddle.iter.Iter;
import dev.heddle.iter.pull.Closing;
import dev.heddle.iter.pull.Fifo;
import dev.heddle.iter.pull.Lookahead;
import dev.heddle.iter.pull.Pull;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The implementation of {@link Bucket}. */
public final class KeyedBucket<K extends @Nullable Object, T extends @Nullable Object> implements Bucket<K, T> {
  private final Pull<T> source;
  private final Function<? super T, ? extends K> keyOf;
  private final Predicate<? super K> isWanted;
  private final Map<K, Fifo<T>> waiting = new LinkedHashMap<>();
  private boolean closed;

  public KeyedBucket(Pull<T> source, Function<? super T, ? extends K> keyOf, Predicate<? super K> isWanted) {
    this.source = source;
    this.keyOf = keyOf;
    this.isWanted = isWanted;
  }

  @Override
  public Iter<T> get(K key) {
    return new Part<>(this, key);
  }

  @Override
  public boolean contains(K key) {
    return isWaiting(key) || (isWanted.test(key) && readUntil(key, Pull.BUDGET));
  }

  @Override
  public Iter<K> keys() {
    while (readOne(Pull.BUDGET) != Pull.END) {
    }
    return Iter.from(waiting.keySet().stream().filter(this::isWaiting).toList());
  }

  private boolean isWaiting(K key) {
    Fifo<T> queue = waiting.get(key);
    return queue != null && !queue.isEmpty();
  }

  private boolean readUntil(K key, int budget) {
    if (closed) {
      throw Pull.closedEarly();
    }
    while (!isWaiting(key)) {
      if (readOne(budget) == Pull.END) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Object readOne(int budget) {
    Object element = source.advance(budget);
    if (element != Pull.END) {
      T value = Pull.cast(element);
      K key = keyOf.apply(value);
      if (isWanted.test(key)) {
        waiting.computeIfAbsent(key, k -> new Fifo<>()).add(value);
      }
    }
    return element;
  }

  @Override
  public void close() {
    closed = true;
    waiting.clear();
    source.close();
  }

  private @Nullable Object take(K key, int budget) {
    Fifo<T> queue = isWanted.test(key) && readUntil(key, budget) ? waiting.get(key) : null;
    return queue == null ? Pull.END : queue.remove();
  }

  /** The elements of one key. */
  private static final class Part<K extends @Nullable Object, T extends @Nullable Object> extends Lookahead<T> {
    private final K key;

    /** Null at the end and when this is closed. */
    private @Nullable KeyedBucket<K, T> bucket;

    Part(KeyedBucket<K, T> bucket, K key) {
      this.bucket = bucket;
      this.key = key;
    }

    @Override
    protected @Nullable Object produce(int budget) {
      Object element = bucket == null ? END : bucket.take(key, budget);
      if (element == END) {
        bucket = null;
      }
      return element;
    }

    @Override
    protected void release(Closing closing) {
      bucket = null;
    }
  }
}
