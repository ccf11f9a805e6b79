package dev.heddle.cluster.errors;

import dev.heddle.cluster.ClassMismatchException;
import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.MemberStackTrace;
import dev.heddle.cluster.MemberTaskException;
import dev.heddle.cluster.RefusedResultException;
import dev.heddle.cluster.UnsendableResultException;
import dev.heddle.cluster.UnsendableTaskException;
import dev.heddle.codec.CodecErrors;
import org.jspecify.annotations.Nullable;

/** Creates the exceptions of {@code dev.heddle.cluster} for the codec. Stateless. */
public final class ClusterErrors implements CodecErrors {

  /** Creates the mapping. */
  public ClusterErrors() {}

  @Override
  public RuntimeException failure(String message, @Nullable Throwable cause) {
    return new ClusterException(message, cause);
  }

  @Override
  public RuntimeException taskNotSerializable(String message, @Nullable Throwable cause) {
    return new UnsendableTaskException(message, cause);
  }

  @Override
  public RuntimeException resultNotSerializable(String message, @Nullable Throwable cause) {
    return new UnsendableResultException(message, cause);
  }

  @Override
  public RuntimeException resultNotAccepted(String message, @Nullable Throwable cause) {
    return new RefusedResultException(message, cause);
  }

  @Override
  public RuntimeException classChanged(String message) {
    return new ClassMismatchException(message, null);
  }

  @Override
  public Throwable remoteStackTrace(String text) {
    return new MemberStackTrace(text);
  }

  @Override
  public Throwable remoteException(String className, String message, String reason, String stackTrace) {
    return new MemberTaskException(className, message, reason, new MemberStackTrace(stackTrace));
  }
}
