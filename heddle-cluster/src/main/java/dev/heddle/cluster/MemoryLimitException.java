package dev.heddle.cluster;

import org.jspecify.annotations.Nullable;

/** Thrown when a member or a message would hold more bytes than its limit allows. */
public final class MemoryLimitException extends ClusterException {

  /** An error that says what was asked for, what is wrong and what to do. */
  public MemoryLimitException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
