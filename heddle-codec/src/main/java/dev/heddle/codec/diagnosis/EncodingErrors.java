package dev.heddle.codec.diagnosis;

import dev.heddle.codec.form.ProcessBound;
import dev.heddle.codec.message.MalformedException;
import java.io.IOException;
import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/** Creates the messages for values that cannot be encoded. */
public final class EncodingErrors {
  private EncodingErrors() {}

  /** Returns the message for a task: what is wrong, where, and the remedy. */
  public static String ofTask(Object task, Throwable thrown) {
    FieldPath.Found found = find(task, thrown);
    return what("the task, " + FieldPath.describe(task) + ",", found, thrown) + remedyForTask(found);
  }

  /** Returns the message for a result. */
  public static String ofResult(@Nullable Object result, Throwable thrown) {
    FieldPath.Found found = find(result, thrown);
    ProcessBound bound = found == null ? null : found.bound();
    String hint = found == null ? null : Hints.of(found.offender().getClass());
    String remedy = bound != null
        ? bound.remedy()
        : hint != null
            ? hint
            : "return serializable values: strings, numbers, collections, records, or classes that implement Serializable";
    return what("a result", found, thrown) + "; " + remedy;
  }

  private static FieldPath.@Nullable Found find(@Nullable Object value, Throwable thrown) {
    return value != null && thrown instanceof NotSerializableException ? FieldPath.find(value) : null;
  }

  private static String what(String what, FieldPath.@Nullable Found found, Throwable thrown) {
    String start = what + " cannot be sent to another process: ";
    if (found != null) {
      return start + found + " " + found.problem();
    }
    if (thrown instanceof NotSerializableException) {
      return start + thrown.getMessage() + " is not serializable";
    }
    if (thrown instanceof StackOverflowError) {
      return start + "its objects refer to each other too deeply for serialization";
    }
    String by = thrown instanceof IOException ? "serialization reported " : "its serialization threw ";
    return start + by + text(thrown);
  }

  private static String remedyForTask(FieldPath.@Nullable Found found) {
    if (found == null) {
      return "; a task may hold only what JDK serialization can write";
    }
    if (found.bound() != null) {
      return "; " + found.bound().remedy();
    }
    String hint = Hints.of(found.offender().getClass());
    if (hint != null) {
      return "; " + hint;
    }
    String type = FieldPath.describe(found.offender());
    if (found.capturesThis()) {
      return "; make the methods and fields it uses static, copy what it needs into local variables, or let "
          + type
          + " implement Serializable";
    }
    return found.offender().getClass().isHidden()
        ? "; declare it as TaskCallable, TaskRunnable or TaskFunction, or cast it to (Runnable & Serializable)"
        : "; make or open it inside the task, or pass what it is made from instead" + orSerializable(found.offender(), type);
  }

  /** Returns a further remedy for classes of the application. */
  private static String orSerializable(Object offender, String type) {
    String name = offender.getClass().getName();
    return name.startsWith("java.") || name.startsWith("dev.heddle.") ? "" : ", or let " + type + " implement Serializable";
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
