package dev.heddle.codec;

import org.jspecify.annotations.Nullable;

/**
 * A task as bytes, which can be sent to a worker, and to another one if that fails.
 *
 * <p>It keeps the class loaders of the task, which the codec itself holds weakly: a task must be referred to until its
 * result has been decoded. Thread-safe. {@link #release} must be called once the task will not be sent again.
 */
public final class EncodedTask {
  private final SiteDefinition site;
  private final byte[] payload;
  private final @Nullable Object classes; // kept while the task is waiting, running, or its result is not decoded
  private @Nullable Runnable release;

  /**
   * Creates an encoded task.
   *
   * @param payload not copied, must not be changed
   * @param classes an object that keeps the class loaders of the task; null if they need not be kept
   * @param release frees the shared memory that holds the task's large arrays; null if there is none
   */
  public EncodedTask(SiteDefinition site, byte[] payload, @Nullable Object classes, @Nullable Runnable release) {
    this.site = site;
    this.payload = payload;
    this.classes = classes;
    this.release = release;
  }

  /** Returns the definition that a worker must have received before this task. */
  public SiteDefinition site() {
    return site;
  }

  /** Returns the argument for {@link TaskDecoder#decode}; not copied, must not be changed. */
  public byte[] payload() {
    return payload;
  }

  /** Frees the shared memory that holds the task's large arrays; the task cannot be sent any more. Idempotent. */
  public synchronized void release() {
    if (release != null) {
      release.run();
      release = null;
    }
  }

  /** Returns a description for messages. */
  @Override
  public String toString() {
    return "a task of " + site + ", " + payload.length + " bytes"
        + (classes == null ? "" : ", of classes sent by this program");
  }
}
