package dev.heddle.codec.diagnosis;

import dev.heddle.codec.message.MalformedException;
import java.io.IOException;
import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/** Creates the messages for values that cannot be encoded. */
public final class EncodingErrors {
  private EncodingErrors() {}

  /** Describes why a value cannot be encoded: the path to the object at fault, or what its serialization threw. */
  public static String of(String what, @Nullable Object value, Throwable thrown) {
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

  /** Returns an exception's own description, or its class if that throws. */
  public static String text(Throwable thrown) {
    try {
      return thrown instanceof MalformedException ? String.valueOf(thrown.getMessage()) : thrown.toString();
    } catch (Throwable e) {
      return thrown.getClass().getName();
    }
  }
}
