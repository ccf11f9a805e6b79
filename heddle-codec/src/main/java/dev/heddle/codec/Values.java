package dev.heddle.codec;

import org.jspecify.annotations.Nullable;

/**
 * Values as bytes and back: results, the arguments of control messages, the inputs and results of a map's chunk.
 *
 * <p>Null, boxed primitives, strings, primitive arrays and arrays of all these are written plainly; primitive arrays of at
 * least 1 MiB go through shared memory if there is any; everything else by JDK serialization. The parent decodes under an
 * allow-list and limits; a worker trusts the parent. Thread-safe; nothing blocks, but user code in {@code writeObject} and
 * the like runs.
 */
public final class Values {
  private static final int LARGEST_PLAIN = 1 << 16;

  private final ValueReader.Context context;
  private final @Nullable AllowList allowed;
  private final CodecErrors errors;

  Values(ValueReader.Context context, @Nullable AllowList allowed, CodecErrors errors) {
    this.context = context;
    this.allowed = allowed;
    this.errors = errors;
  }

  /** The exceptions of the engine. */
  CodecErrors errors() {
    return errors;
  }

  /**
   * The same, to read what a certain worker has sent: a reference to the shared memory of another is refused.
   *
   * @param worker the worker's number, from 1 on
   */
  public Values from(int worker) {
    return new Values(context.from(worker), allowed, errors);
  }

  /**
   * A value as bytes.
   *
   * @throws RuntimeException a {@link CodecErrors#resultNotSerializable} if something in it is not serializable, or its own serialization throws
   */
  public byte[] encode(@Nullable Object value) {
    try {
      return new ValueWriter(context.spaces(), null, context.arrays()).write(value);
    } catch (CodecException e) {
      throw errors.resultNotSerializable(String.valueOf(e.getMessage()), e.getCause());
    } catch (Throwable e) { // user code writes its objects, so this can be anything
      throw errors.resultNotSerializable(
          Complaint.of("a result", value, e)
              + "; return serializable values: strings, numbers, collections, and records or classes that implement Serializable",
          e);
    }
  }

  /**
   * The value that was encoded. Shared memory it came through is free again afterwards, also if it is refused.
   *
   * @throws RuntimeException a {@link CodecErrors#resultNotAccepted} if it is malformed, exceeds a limit, or holds an object of a class that is not
   * allowed
   */
  public @Nullable Object decode(byte[] bytes) {
    ResultFilter filter = allowed == null || context.limits() == null
        ? null
        : new ResultFilter(allowed, context.limits(), bytes.length);
    try {
      ValueReader reader = new ValueReader(bytes, context);
      if (reader.isShell()) {
        throw new MalformedException("a task where a value was expected");
      }
      return reader.read(filter);
    } catch (VirtualMachineError e) {
      if (isPlain(bytes)) {
        throw e; // no code but this ran: the thread has no stack or memory left, which is not the value's fault
      }
      throw errors.resultNotAccepted(reason(e, filter), e);
    } catch (Throwable e) { // user code reads its objects, so this can be anything
      throw errors.resultNotAccepted(reason(e, filter), e);
    }
  }

  private static String reason(Throwable e, @Nullable ResultFilter filter) {
    Class<?> refused = filter == null ? null : filter.refusedClass();
    if (refused != null) {
      return "a worker's result holds an object of "
          + refused.getName()
          + ", which is not accepted from a worker; return a record, or allow the class by its name in the pool's options"
          + " (allowedResults)";
    }
    if (filter != null && filter.exceeded() != null) {
      return "a worker's result is not accepted: " + filter.exceeded() + "; return something smaller or flatter";
    }
    if (e instanceof ClassNotFoundException) {
      return "a worker's result holds an object of a class that is not known here: " + e.getMessage();
    }
    return "a worker's result cannot be decoded: " + Complaint.text(e);
  }

  /** Whether a value that was encoded is small and decoding it runs no user code. */
  public static boolean isPlain(byte[] bytes) {
    return bytes.length <= LARGEST_PLAIN && bytes.length > 0 && bytes[0] == 0;
  }

  /** Frees the shared memory of a value that nobody wants any more. Never throws. */
  public void discard(byte[] bytes) {
    try {
      new ValueReader(bytes, context).discard();
    } catch (RuntimeException e) {
      // malformed: then there is nothing to free
    }
  }
}
