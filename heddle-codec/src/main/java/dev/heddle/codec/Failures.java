package dev.heddle.codec;

import dev.heddle.futures.spi.PartialFailure;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions of tasks as bytes and back.
 *
 * <p>An exception comes as the object it is where that can be: it is serializable, its class is known to the parent and
 * accepted. Its root cause is then a {@link CodecErrors#remoteStackTrace}. Else a {@link CodecErrors#remoteException} stands for it. Neither
 * direction ever throws, whatever the exception's own methods do, short of ending the process. Thread-safe.
 */
public final class Failures {
  private static final int MOST_CAUSES = 1000;
  private static final int WHOLE = 0;
  private static final int PARTIAL = 1;

  private final Values values;

  Failures(Values values) {
    this.values = values;
  }

  /**
   * The same, to read what a certain worker has sent, as {@link Values#from}.
   *
   * @param worker the worker's number, from 1 on
   */
  public Failures from(int worker) {
    return new Failures(values.from(worker));
  }

  /**
   * An exception as bytes; never throws.
   *
   * @param task the task that threw it, by what the worker knows of it
   */
  public byte[] encode(Throwable thrown, String task) {
    Sink sink = new Sink(2048);
    Throwable cause = thrown;
    if (thrown instanceof PartialFailure partial) {
      try {
        byte[] results = values.encode(partial.results());
        sink.put(PARTIAL);
        sink.putSize(results.length);
        sink.write(results, 0, results.length);
        cause = PartialFailure.causeOf(partial);
      } catch (Throwable e) { // a result that cannot be sent comes before the failure
        cause = e;
        cause.addSuppressed(PartialFailure.causeOf(partial));
        sink.cut(0);
      }
    }
    sink.put(WHOLE);
    write(cause, task, sink);
    return sink.toBytes();
  }

  /**
   * What a worker says of one exception.
   *
   * @param reason why it does not come as itself; empty if it does
   * @param object itself; empty if it could not be encoded
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares reports
  private record Report(
      String type, String message, long pid, String task, String trace, String reason, byte[] object) {
    static Report read(Source source) {
      return new Report(
          source.getString(),
          source.getString(),
          source.getLong(),
          source.getString(),
          source.getString(),
          source.getString(),
          source.rest());
    }
  }

  private void write(Throwable thrown, String task, Sink sink) {
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
  }

  /** The exception; a {@link CodecErrors#resultNotAccepted} if the bytes are none. Never throws. */
  public Throwable decode(byte[] bytes) {
    return decode(bytes, null);
  }

  /**
   * The exception, as {@link #decode(byte[])}.
   *
   * @param task the task's name, which the parent knows better; null to take the worker's word
   */
  public Throwable decode(byte[] bytes, @Nullable String task) {
    try {
      Source source = new Source(bytes);
      if (source.get() == WHOLE) {
        return read(source, task);
      }
      byte[] results = source.part(source.getSize()).rest();
      if (source.get() != WHOLE) {
        throw new MalformedException("a failure in another");
      }
      return partial(results, read(source, task));
    } catch (MalformedException e) {
      return values.errors().resultNotAccepted("a worker's report of a failure is malformed: " + e.getMessage(), e);
    }
  }

  private Throwable partial(byte[] encoded, Throwable cause) {
    try {
      if (values.decode(encoded) instanceof @Nullable Object[] results) {
        return new PartialFailure(results, cause);
      }
    } catch (RuntimeException e) { // it was not accepted, which comes first
      e.addSuppressed(cause);
      return e;
    }
    throw new MalformedException("results that are no array");
  }

  /** Frees the shared memory of a failure that nobody wants any more. Never throws. */
  public void discard(byte[] bytes) {
    try {
      Source source = new Source(bytes);
      if (source.get() == PARTIAL) {
        values.discard(source.part(source.getSize()).rest());
        source.get();
      }
      values.discard(Report.read(source).object());
    } catch (MalformedException e) {
      // then there is nothing to free
    }
  }

  private Throwable read(Source source, @Nullable String task) {
    Report report;
    try {
      report = Report.read(source);
    } catch (MalformedException e) {
      return values.errors().resultNotAccepted("a worker's report of a failure is malformed: " + e.getMessage(), e);
    }
    String trace = FailureText.heading(report.pid(), task == null ? report.task() : task) + report.trace();
    String reason = report.reason();
    if (report.object().length > 0) {
      try {
        if (values.decode(report.object()) instanceof Throwable thrown) {
          attach(thrown, values.errors().remoteStackTrace(trace));
          return thrown;
        }
        reason = "what the worker sent is no exception";
      } catch (RuntimeException e) { // it was not accepted
        reason = FailureText.message(e);
      }
    }
    return values.errors().remoteException(report.type(), report.message(), reason, trace);
  }

  /** Makes the stack trace the root cause, or, where an exception takes no cause, a suppressed one. */
  private static void attach(Throwable thrown, Throwable trace) {
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

  private static void suppress(Throwable thrown, Throwable trace) {
    try {
      thrown.addSuppressed(trace);
    } catch (Throwable e) {
      // an exception that takes neither; its own stack trace is the worker's anyway
    }
  }
}
