package dev.heddle.codec.value;

import dev.heddle.codec.CodecErrors;
import dev.heddle.codec.Values;
import dev.heddle.codec.diagnosis.EncodingErrors;
import dev.heddle.codec.diagnosis.Hints;
import dev.heddle.codec.filter.AllowList;
import dev.heddle.codec.filter.ResultFilter;
import dev.heddle.codec.loader.ClassChangedException;
import dev.heddle.codec.message.CodecException;
import dev.heddle.codec.message.MalformedException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The implementation of {@link Values}.
 *
 * <p>Null, boxed primitives, strings, primitive arrays and arrays of all these are written by this codec; primitive arrays
 * of at least 1 MiB go through shared memory if there is any; everything else by JDK serialization. Thread-safe.
 */
public final class ValueCodec implements Values {
  private static final int LARGEST_PLAIN = 1 << 16;

  private final ValueReader.Context context;
  private final @Nullable AllowList allowed;
  private final CodecErrors errors;

  public ValueCodec(ValueReader.Context context, @Nullable AllowList allowed, CodecErrors errors) {
    this.context = context;
    this.allowed = allowed;
    this.errors = errors;
  }

  /** Returns the factory of the engine's exceptions. */
  public CodecErrors errors() {
    return errors;
  }

  @Override
  public ValueCodec from(int worker) {
    return new ValueCodec(context.from(worker), allowed, errors);
  }

  @Override
  public byte[] encode(@Nullable Object value) {
    try {
      return new ValueWriter(context.spaces(), null, context.arrays()).write(value);
    } catch (ClassChangedException e) {
      throw errors.classChanged(String.valueOf(e.getMessage()));
    } catch (CodecException e) {
      throw errors.resultNotSerializable(String.valueOf(e.getMessage()), e.getCause());
    } catch (Throwable e) { // user code runs in serialization, so this can be any exception
      throw errors.resultNotSerializable(EncodingErrors.ofResult(value, e), e);
    }
  }

  @Override
  public @Nullable Object decode(byte[] bytes) {
    ResultFilter filter = allowed == null || context.limits() == null
        ? null
        : new ResultFilter(allowed, context.limits(), bytes);
    try {
      ValueReader reader = new ValueReader(bytes, context);
      if (reader.isShell()) {
        throw new MalformedException("a task where a value was expected");
      }
      return reader.read(filter);
    } catch (ClassChangedException e) {
      throw errors.classChanged(String.valueOf(e.getMessage()));
    } catch (VirtualMachineError e) {
      if (isPlain(bytes)) {
        throw e; // no user code ran: this thread has no stack or memory left, which the value did not cause
      }
      throw errors.resultNotAccepted(reason(e, filter), e);
    } catch (Throwable e) { // user code runs in deserialization, so this can be any exception
      throw errors.resultNotAccepted(reason(e, filter), e);
    }
  }

  private String reason(Throwable e, @Nullable ResultFilter filter) {
    Class<?> refused = filter == null ? null : filter.refusedClass();
    if (refused != null) {
      return refusal(refused);
    }
    if (filter != null && filter.exceeded() != null) {
      return "a worker's result is not accepted: " + filter.exceeded() + "; return something smaller or flatter";
    }
    if (e instanceof ClassNotFoundException) {
      return "a worker's result holds an object of a class that is not known here: " + e.getMessage();
    }
    return "a worker's result cannot be decoded: " + EncodingErrors.text(e);
  }

  private String refusal(Class<?> refused) {
    String why = allowed == null ? null : allowed.why(refused);
    String hint = Objects.requireNonNullElse(Hints.of(refused), "return a record");
    return "a worker's result holds an object of "
        + refused.getName()
        + ", which is not accepted from a worker"
        + (why == null
            ? "; " + hint
            : ": " + why)
        + ", or allow the class by its name in the pool's options: withAllowedResults(\""
        + refused.getName()
        + "\"::equals)";
  }

  /** Returns whether an encoded value is small and decoding it runs no user code. */
  public static boolean isPlain(byte[] bytes) {
    return bytes.length <= LARGEST_PLAIN && bytes.length > 0 && bytes[0] == 0;
  }

  @Override
  public void discard(byte[] bytes) {
    try {
      new ValueReader(bytes, context).discard();
    } catch (RuntimeException e) {
      // malformed: there is nothing to free
    }
  }
}
