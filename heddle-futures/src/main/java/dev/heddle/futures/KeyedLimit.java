package dev.heddle.futures;

import dev.heddle.base.Check;
import dev.heddle.futures.limit.KeyedLimits;
import dev.heddle.futures.limit.SlotLimit;
import dev.heddle.futures.limit.TokenBucket;

/**
 * A limit for each key, such as a host or an account: the actions of one key wait for each other, and not for those of other
 * keys.
 *
 * <pre>{@code
 * KeyedLimit<String> perHost = KeyedLimit.concurrent(2);
 * pool.map(MapOptions.defaults().withLimit((URI uri) -> perHost.forKey(uri.getHost())), Crawler::fetch, uris);
 * }</pre>
 *
 * <p>Keys need no registration. A key is forgotten once nothing of it runs or waits, and all its saved permits are back, so
 * that memory does not grow with the keys seen. <b>Thread-safe; no method blocks.</b>
 *
 * @param <K> the type of the keys, with {@code equals} and {@code hashCode}
 */
public final class KeyedLimit<K> {
  private final KeyedLimits<K> limits;

  private KeyedLimit(KeyedLimits<K> limits) {
    this.limits = limits;
  }

  /**
   * Returns a limit on how many actions of each key run at once.
   *
   * @param permits at least 1
   */
  public static <K> KeyedLimit<K> concurrent(int permits) {
    Check.positive(permits, "permits", "with none, nothing could ever run");
    return new KeyedLimit<>(new KeyedLimits<>(() -> new SlotLimit(permits)));
  }

  /** Returns a limit on how many actions of each key begin in a period. */
  public static <K> KeyedLimit<K> rate(Rate rate) {
    Check.notNull(rate, "rate");
    return new KeyedLimit<>(new KeyedLimits<>(() -> new TokenBucket(rate)));
  }

  /**
   * Returns the limit of a key. Cheap.
   *
   * @param key a text must not be blank: that is a host or an account that was not found
   */
  public Limit forKey(K key) {
    if (Check.notNull(key, "key") instanceof CharSequence text) {
      Check.notBlank(text.toString(), "key", "all actions without a key would wait for each other; give each its own");
    }
    return limits.forKey(key);
  }

  /** Returns how many keys are remembered now. */
  public int keys() {
    return limits.size();
  }

  @Override
  public String toString() {
    return limits.toString();
  }
}
