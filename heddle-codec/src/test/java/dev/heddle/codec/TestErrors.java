package dev.heddle.codec;

import org.jspecify.annotations.Nullable;

/** Exceptions for the codec's own tests, one class for each method of {@link CodecErrors}. */
final class TestErrors implements CodecErrors {
  static final TestErrors INSTANCE = new TestErrors();

  private TestErrors() {}

  static final class Failed extends RuntimeException {
    Failed(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  static final class TaskRefused extends RuntimeException {
    TaskRefused(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  static final class ResultNotSent extends RuntimeException {
    ResultNotSent(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  static final class ResultRefused extends RuntimeException {
    ResultRefused(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  static final class RemoteTrace extends Exception {
    RemoteTrace(String text) {
      super(text, null, false, false);
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // as the exceptions of the engines do
    public String toString() {
      return String.valueOf(getMessage());
    }
  }

  static final class RemoteStandIn extends RuntimeException {
    private final String className;
    private final String remoteMessage;

    RemoteStandIn(String className, String remoteMessage, String reason, RemoteTrace trace) {
      super(className + ": " + remoteMessage + " (as text: " + reason + ")", trace);
      this.className = className;
      this.remoteMessage = remoteMessage;
    }

    String className() {
      return className;
    }

    String remoteMessage() {
      return remoteMessage;
    }
  }

  @Override
  public RuntimeException failure(String message, @Nullable Throwable cause) {
    return new Failed(message, cause);
  }

  @Override
  public RuntimeException taskNotSerializable(String message, @Nullable Throwable cause) {
    return new TaskRefused(message, cause);
  }

  @Override
  public RuntimeException resultNotSerializable(String message, @Nullable Throwable cause) {
    return new ResultNotSent(message, cause);
  }

  @Override
  public RuntimeException resultNotAccepted(String message, @Nullable Throwable cause) {
    return new ResultRefused(message, cause);
  }

  @Override
  public Throwable remoteStackTrace(String text) {
    return new RemoteTrace(text);
  }

  @Override
  public Throwable remoteException(String className, String message, String reason, String stackTrace) {
    return new RemoteStandIn(className, message, reason, new RemoteTrace(stackTrace));
  }
}
