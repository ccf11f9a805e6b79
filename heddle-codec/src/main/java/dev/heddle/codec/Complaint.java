package dev.heddle.codec;

import java.io.IOException;
import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/** Words for what cannot be encoded. */
final class Complaint {
  private Complaint() {}

  /** What is wrong with a value: the path to what is not serializable, or what its serialization threw. */
  static String of(String what, @Nullable Object value, Throwable thrown) {
    if (thrown instanceof NotSerializableException) {
      FieldPath.Found found = value == null ? null : FieldPath.find(value);
      Object culprit = found == null ? thrown.getMessage() : found;
      return what + " cannot be sent to another process: " + culprit + " is not serializable";
    }
    if (thrown instanceof StackOverflowError) {
      return what + " cannot be sent to another process: its objects refer to each other too deeply for serialization";
    }
    String by = thrown instanceof IOException ? "serialization reported " : "its serialization threw ";
    return what + " cannot be sent to another process: " + by + text(thrown);
  }

  /** An exception's own description, or its class if even that throws. */
  static String text(Throwable thrown) {
    try {
      return thrown instanceof MalformedException ? String.valueOf(thrown.getMessage()) : thrown.toString();
    } catch (Throwable e) {
      return thrown.getClass().getName();
    }
  }
}
