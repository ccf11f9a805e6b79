package dev.heddle.asyncio.task;

import dev.heddle.asyncio.AsyncAction;
import dev.heddle.asyncio.AsyncBody;
import dev.heddle.asyncio.AsyncGeneratorBody;
import dev.heddle.asyncio.AsyncYielder;
import dev.heddle.asyncio.Awaiter;
import dev.heddle.asyncio.ReceivingBody;
import dev.heddle.asyncio.ReceivingYielder;
import dev.heddle.futures.ContextCarrier;
import dev.heddle.iter.BodyKind;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The kinds of suspendable code of this module: bodies with a result, bodies without one, and the two
 * kinds of async generators. */
final class BodyKinds {
  static final BodyKind<AsyncBody<?>, Awaiter> BODY = new BodyKind<>(cast(AsyncBody.class), Awaiter.class,
      SuspendingAwaiter::new, (body, a) -> within(() -> body.run(a)));

  static final BodyKind<AsyncAction, Awaiter> ACTION = new BodyKind<>(
      AsyncAction.class, Awaiter.class, SuspendingAwaiter::new,
      (body, a) -> within(() -> {
        body.run(a);
        return null;
      }));

  static final BodyKind<AsyncGeneratorBody<?>, AsyncYielder<?>> GENERATOR = new BodyKind<>(
      cast(AsyncGeneratorBody.class), cast(AsyncYielder.class), SuspendingYielder::new, BodyKinds::runGenerator);

  static final BodyKind<ReceivingBody<?, ?>, ReceivingYielder<?, ?>> RECEIVING = new BodyKind<>(
      cast(ReceivingBody.class), cast(ReceivingYielder.class), SuspendingReceiver::new, BodyKinds::runReceiving);

  private BodyKinds() {}

  @SuppressWarnings("unchecked") // the yielder was made for this body
  private static @Nullable Object runGenerator(AsyncGeneratorBody<?> body, AsyncYielder<?> yielder) throws Exception {
    return within(() -> {
      ((AsyncGeneratorBody<@Nullable Object>) body).run((AsyncYielder<@Nullable Object>) yielder);
      return null;
    });
  }

  @SuppressWarnings("unchecked") // the yielder was made for this body
  private static @Nullable Object runReceiving(ReceivingBody<?, ?> body, ReceivingYielder<?, ?> yielder) throws Exception {
    return within(() -> {
      ((ReceivingBody<@Nullable Object, @Nullable Object>) body)
          .run((ReceivingYielder<@Nullable Object, @Nullable Object>) yielder);
      return null;
    });
  }

  /**
   * Calls a body on the fallback engine, which has a thread of its own, within the context that its task carries. A
   * generator keeps the context of the task that asked for its first element, since a call within a context ends only with
   * the body.
   */
  private static @Nullable Object within(Callable<@Nullable Object> body) throws Exception {
    TaskHost host = TaskHost.current();
    LoopTask<?> task = host == null ? null : host.currentTask();
    ContextCarrier.Captured carried = task == null ? null : task.carried();
    return carried == null ? body.call() : carried.<@Nullable Object>call(body);
  }

  @SuppressWarnings("unchecked") // a class literal has no type arguments
  private static <T> Class<T> cast(Class<?> type) {
    return (Class<T>) type;
  }
}
