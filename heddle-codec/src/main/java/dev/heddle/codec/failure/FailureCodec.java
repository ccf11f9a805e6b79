package dev.heddle.codec.failure;

import dev.heddle.codec.Failures;
import dev.heddle.codec.message.BinaryReader;
import dev.heddle.codec.message.BinaryWriter;
import dev.heddle.codec.message.MalformedException;
import dev.heddle.codec.value.ValueCodec;
import dev.heddle.futures.spi.PartialFailure;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The implementation of {@link Failures}: sends an exception as text, and as a serialized object too if it can be
 * serialized. Thread-safe.
 */
public final class FailureCodec implements Failures {
  private static final int MOST_CAUSES = 1000;
  private static final int WHOLE = 0;
  private static final int PARTIAL = 1;

  private final ValueCodec values;

  public FailureCodec(ValueCodec values) {
    this.values = values;
  }

  @Override
  public FailureCodec from(int worker) {
    return new FailureCodec(values.from(worker));
  }

  @Override
  public byte[] encode(Throwable thrown, String task) {
    BinaryWriter out = new BinaryWriter(2048);
    Throwable cause = thrown;
    if (thrown instanceof PartialFailure partial) {
      try {
        byte[] results = values.encode(partial.results());
        out.put(PARTIAL);
        out.putSize(results.length);
        out.write(results, 0, results.length);
        cause = PartialFailure.causeOf(partial);
      } catch (Throwable e) { // the error of a result that cannot be sent takes precedence
        cause = e;
        cause.addSuppressed(PartialFailure.causeOf(partial));
        out.cut(0);
      }
    }
    out.put(WHOLE);
    write(cause, task, out);
    return out.toBytes();
  }

  /**
   * A worker's report of one exception.
   *
   * @param reason why it is not sent as an object; empty if it is
   * @param object the serialized exception; empty if it could not be serialized
   */
  @SuppressWarnings("ArrayRecordComponent") // reports are not compared
  private record Report(
      String type, String message, long pid, String task, String trace, String reason, byte[] object) {
    static Report read(BinaryReader source) {
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

  private void write(Throwable thrown, String task, BinaryWriter out) {
    out.putString(thrown.getClass().getName());
    out.putString(FailureText.message(thrown));
    out.putLong(ProcessHandle.current().pid());
    out.putString(task);
    out.putString(FailureText.of(thrown));
    byte[] object;
    String reason = "";
    try {
      object = FailureText.isHuge(thrown) ? new byte[0] : values.encode(thrown);
      reason = object.length == 0 ? "it is too large" : "";
    } catch (Throwable e) { // from user code, or a stack overflow: the text is sent alone
      object = new byte[0];
      reason = FailureText.message(e);
    }
    out.putString(reason);
    out.write(object, 0, object.length);
  }

  @Override
  public Throwable decode(byte[] bytes) {
    return decode(bytes, null);
  }

  @Override
  public Throwable decode(byte[] bytes, @Nullable String task) {
    try {
      BinaryReader source = new BinaryReader(bytes);
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
    } catch (RuntimeException e) { // not accepted: this error takes precedence
      e.addSuppressed(cause);
      return e;
    }
    throw new MalformedException("results that are no array");
  }

  @Override
  public void discard(byte[] bytes) {
    try {
      BinaryReader source = new BinaryReader(bytes);
      if (source.get() == PARTIAL) {
        values.discard(source.part(source.getSize()).rest());
        source.get();
      }
      values.discard(Report.read(source).object());
    } catch (MalformedException e) {
      // malformed: there is nothing to free
    }
  }

  private Throwable read(BinaryReader source, @Nullable String task) {
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
        reason = "the worker sent an object that is not an exception";
      } catch (RuntimeException e) { // it was not accepted
        reason = FailureText.message(e);
      }
    }
    return values.errors().remoteException(report.type(), report.message(), reason, trace);
  }

  /** Adds the stack trace as the root cause or, if the exception accepts no cause, as a suppressed exception. */
  private static void attach(Throwable thrown, Throwable trace) {
    try {
      Throwable root = thrown;
      Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Throwable next = root; next != null && seen.add(next) && seen.size() < MOST_CAUSES; next = next.getCause()) {
        root = next;
      }
      root.initCause(trace);
    } catch (Throwable e) { // its cause cannot be set, or its methods throw
      suppress(thrown, trace);
    }
  }

  private static void suppress(Throwable thrown, Throwable trace) {
    try {
      thrown.addSuppressed(trace);
    } catch (Throwable e) {
      // it accepts neither; its own stack trace is that of the worker
    }
  }
}
