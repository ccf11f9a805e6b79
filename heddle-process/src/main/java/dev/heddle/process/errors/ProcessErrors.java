package dev.heddle.process.errors;

import dev.heddle.codec.CodecErrors;
import dev.heddle.process.ChangedClassException;
import dev.heddle.process.NotSerializableResultException;
import dev.heddle.process.NotSerializableTaskException;
import dev.heddle.process.ProcessException;
import dev.heddle.process.RemoteStackTrace;
import dev.heddle.process.RemoteTaskException;
import dev.heddle.process.UndecodableResultException;
import org.jspecify.annotations.Nullable;

/** Creates the exceptions of {@code dev.heddle.process} for the codec. Stateless. */
public final class ProcessErrors implements CodecErrors {

  /** Creates the mapping. */
  public ProcessErrors() {}

  @Override
  public RuntimeException failure(String message, @Nullable Throwable cause) {
    return new ProcessException(message, cause);
  }

  @Override
  public RuntimeException taskNotSerializable(String message, @Nullable Throwable cause) {
    return new NotSerializableTaskException(message, cause);
  }

  @Override
  public RuntimeException resultNotSerializable(String message, @Nullable Throwable cause) {
    return new NotSerializableResultException(message, cause);
  }

  @Override
  public RuntimeException resultNotAccepted(String message, @Nullable Throwable cause) {
    return new UndecodableResultException(message, cause);
  }

  @Override
  public RuntimeException classChanged(String message) {
    return new ChangedClassException(message);
  }

  @Override
  public Throwable remoteStackTrace(String text) {
    return new RemoteStackTrace(text);
  }

  @Override
  public Throwable remoteException(String className, String message, String reason, String stackTrace) {
    return new RemoteTaskException(className, message, reason, new RemoteStackTrace(stackTrace));
  }
}
