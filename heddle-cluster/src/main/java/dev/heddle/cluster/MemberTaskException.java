package dev.heddle.cluster;

import java.util.Objects;

/**
 * Stands for an exception that a task threw on a member and that could not come as itself: it was not serializable, its class
 * is not known here, or it is not accepted from a member. Its cause is the {@link MemberStackTrace}.
 */
public final class MemberTaskException extends ClusterException {
  private final String remoteClassName;
  private final String remoteMessage;

  /**
   * An exception that stands for another.
   *
   * @param remoteClassName the class of the other
   * @param remoteMessage its message, empty if it had none
   * @param reason why it did not come as itself
   */
  public MemberTaskException(String remoteClassName, String remoteMessage, String reason, MemberStackTrace trace) {
    super(
        remoteClassName + (remoteMessage.isEmpty() ? "" : ": " + remoteMessage) + " (as text: " + reason + ")",
        Objects.requireNonNull(trace, "trace must not be null"));
    this.remoteClassName = remoteClassName;
    this.remoteMessage = remoteMessage;
  }

  /** The class of the exception on the member. */
  public String remoteClassName() {
    return remoteClassName;
  }

  /** The message of the exception on the member; empty if it had none. */
  public String remoteMessage() {
    return remoteMessage;
  }
}
