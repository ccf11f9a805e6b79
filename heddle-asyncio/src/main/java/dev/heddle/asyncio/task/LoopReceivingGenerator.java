package dev.heddle.asyncio.task;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.ReceivingBody;
import dev.heddle.asyncio.ReceivingGenerator;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The handle of an async generator that receives values. */
public final class LoopReceivingGenerator<T extends @Nullable Object, S extends @Nullable Object>
    extends
      LoopAsyncGenerator<T>
    implements
      ReceivingGenerator<T, S> {
  private LoopReceivingGenerator(ReceivingBody<T, S> body) {
    super(Objects.requireNonNull(body, NO_BODY));
  }

  /** See {@link ReceivingGenerator#of(ReceivingBody)}. */
  public static <T extends @Nullable Object, S extends @Nullable Object> LoopReceivingGenerator<T, S> receiving(
      ReceivingBody<T, S> body) {
    return new LoopReceivingGenerator<>(body);
  }

  /** See {@link ReceivingGenerator#of(MethodHandles.Lookup, ReceivingBody)}. */
  public static <T extends @Nullable Object, S extends @Nullable Object> LoopReceivingGenerator<T, S> receiving(
      MethodHandles.Lookup host, ReceivingBody<T, S> body) {
    LoopReceivingGenerator<T, S> made = receiving(body);
    BodyKinds.RECEIVING.engineOf(body, Objects.requireNonNull(host, NO_HOST));
    return made;
  }

  @Override
  public Async<T> send(@Nullable S value) {
    return goOn(value, null);
  }
}
