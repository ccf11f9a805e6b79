package dev.heddle.process.codec;

import dev.heddle.process.RemoteStackTrace;
import dev.heddle.process.RemoteTaskException;
import dev.heddle.process.UndecodableResultException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions of tasks as bytes and back.
 *
 * <p>An exception comes as the object it is where that can be: it is serializable, its class is known to the parent and
 * accepted. Its root cause is then a {@link RemoteStackTrace}. Else a {@link RemoteTaskException} stands for it. Neither
 * direction ever throws, whatever the exception's own methods do, short of ending the process. Thread-safe.
 */
public final class Failures {
  private static final int MOST_CAUSES = 1000;

  private final Values values;

  Failures(Values values) {
    this.values = values;
  }

  /**
   * An exception as bytes; never throws.
   *
   * @param task the task that threw it, by what the worker knows of it
   */
  public byte[] encode(Throwable thrown, String task) {
    Sink sink = new Sink(2048);
    sink.putString(thrown.getClass().getName());
    sink.putString(FailureText.message(thrown));
    sink.putLong(ProcessHandle.current().pid());
    sink.putString(task);
    sink.putString(FailureText.of(thrown));
    byte[] object;
    String reason = "";
    try {
      object = FailureText.isHuge(thrown) ? new byte[0] : values.encode(thrown);
      reason = object.length == 0 ? "it is too large" : "";
    } catch (Throwable e) { // user code and stack overflows: whatever it is, the text is left
      object = new byte[0];
      reason = FailureText.message(e);
    }
    sink.putString(reason);
    sink.write(object, 0, object.length);
    return sink.toBytes();
  }

  /** The exception; an {@link UndecodableResultException} if the bytes are none. Never throws. */
  public Throwable decode(byte[] bytes) {
    return decode(bytes, null);
  }

  /**
   * The exception, as {@link #decode(byte[])}.
   *
   * @param task the task's name, which the parent knows better; null to take the worker's word
   */
  public Throwable decode(byte[] bytes, @Nullable String task) {
    String type;
    String message;
    RemoteStackTrace trace;
    String reason;
    byte[] object;
    try {
      Source source = new Source(bytes);
      type = source.getString();
      message = source.getString();
      long pid = source.getLong();
      String workersWord = source.getString();
      String heading = FailureText.heading(pid, task == null ? workersWord : task);
      trace = new RemoteStackTrace(heading + source.getString());
      reason = source.getString();
      object = source.rest();
    } catch (MalformedException e) {
      return new UndecodableResultException("a worker's report of a failure is malformed: " + e.getMessage(), e);
    }
    if (object.length > 0) {
      try {
        if (values.decode(object) instanceof Throwable thrown) {
          attach(thrown, trace);
          return thrown;
        }
        reason = "what the worker sent is no exception";
      } catch (UndecodableResultException e) {
        reason = FailureText.message(e);
      }
    }
    return new RemoteTaskException(type, message, reason, trace);
  }

  /** Makes the stack trace the root cause, or, where an exception takes no cause, a suppressed one. */
  private static void attach(Throwable thrown, RemoteStackTrace trace) {
    try {
      Throwable root = thrown;
      Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Throwable next = root; next != null && seen.add(next) && seen.size() < MOST_CAUSES; next = next.getCause()) {
        root = next;
      }
      root.initCause(trace);
    } catch (Throwable e) { // it has a cause that is null or itself, or methods of its own that throw
      suppress(thrown, trace);
    }
  }

  private static void suppress(Throwable thrown, RemoteStackTrace trace) {
    try {
      thrown.addSuppressed(trace);
    } catch (Throwable e) {
      // an exception that takes neither; its own stack trace is the worker's anyway
    }
  }
}
