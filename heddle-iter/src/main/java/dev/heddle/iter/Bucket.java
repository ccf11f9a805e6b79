package dev.heddle.iter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A source split by key into iterators that read it together: what one comes across is kept for the others, without a
 * bound.
 *
 * <p>Not thread-safe. Closing it closes the source. Origin: {@code more_itertools.bucket}.
 *
 * @param <K> the type of the keys
 * @param <T> the type of the elements
 */
public final class Bucket<K extends @Nullable Object, T extends @Nullable Object> implements AutoCloseable {
  private final Pull<T> source;
  private final Function<? super T, ? extends K> keyOf;
  private final Predicate<? super K> isWanted;
  private final Map<K, Fifo<T>> waiting = new LinkedHashMap<>();

  Bucket(Pull<T> source, Function<? super T, ? extends K> keyOf, Predicate<? super K> isWanted) {
    this.source = source;
    this.keyOf = keyOf;
    this.isWanted = isWanted;
  }

  /** The elements with the given key; two iterators for one key share its elements. Closing it closes nothing else. */
  public Iter<T> get(K key) {
    return new Part(key);
  }

  /** Whether an element with the given key is left; it reads as far as the first one. */
  public boolean contains(K key) {
    return isWaiting(key) || (isWanted.test(key) && readUntil(key, Pull.BUDGET));
  }

  /** The keys of the elements that are left, in the order in which they were met; it reads the whole source. */
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
    source.close();
    waiting.clear();
  }

  private final class Part extends Lookahead<T> {
    private final K key;

    Part(K key) {
      this.key = key;
    }

    @Override
    @Nullable
    Object produce(int budget) {
      Fifo<T> queue = isWanted.test(key) && readUntil(key, budget) ? waiting.get(key) : null;
      return queue == null ? END : queue.remove();
    }
  }
}
