package dev.heddle.codec;

import org.jspecify.annotations.Nullable;

/**
 * A task as bytes, which can be sent to a worker, and to another one if that fails.
 *
 * <p>Thread-safe. {@link #release} must be called once the task needs not be sent again.
 */
public final class EncodedTask {
  private final Site site;
  private final byte[] payload;
  private @Nullable SharedTable shared;

  EncodedTask(Site site, byte[] payload, @Nullable SharedTable shared) {
    this.site = site;
    this.payload = payload;
    this.shared = shared == null || shared.isEmpty() ? null : shared;
  }

  /** Where the task comes from; its definition goes to a worker first. */
  public Site site() {
    return site;
  }

  /** What {@link TaskDecoder#decode} must be given; not copied, not to be changed. */
  public byte[] payload() {
    return payload;
  }

  /** Frees the shared memory that holds the task's large arrays; the task cannot be sent any more. Idempotent. */
  public synchronized void release() {
    if (shared != null) {
      shared.releaseWritten();
      shared = null;
    }
  }
}
