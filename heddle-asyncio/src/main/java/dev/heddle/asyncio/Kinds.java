package dev.heddle.asyncio;

import dev.heddle.iter.BodyKind;
import org.jspecify.annotations.Nullable;

/** The kinds of suspendable code of this module. */
final class Kinds {
  static final BodyKind<AsyncBody<?>, Awaiter> BODY =
      new BodyKind<>(cast(AsyncBody.class), Awaiter.class, SuspendingAwaiter::new, (body, a) -> body.run(a));

  static final BodyKind<AsyncAction, Awaiter> ACTION =
      new BodyKind<>(
          AsyncAction.class, Awaiter.class, SuspendingAwaiter::new,
          (body, a) -> {
            body.run(a);
            return null;
          });

  static final BodyKind<AsyncGeneratorBody<?>, AsyncYielder<?>> GENERATOR =
      new BodyKind<>(
          cast(AsyncGeneratorBody.class), cast(AsyncYielder.class), SuspendingYielder::new, Kinds::runGenerator);

  private Kinds() {}

  @SuppressWarnings("unchecked") // the yielder was made for this body
  private static @Nullable Object runGenerator(AsyncGeneratorBody<?> body, AsyncYielder<?> yielder) throws Exception {
    ((AsyncGeneratorBody<@Nullable Object>) body).run((AsyncYielder<@Nullable Object>) yielder);
    return null;
  }

  @SuppressWarnings("unchecked") // a class literal knows no type arguments
  private static <T> Class<T> cast(Class<?> type) {
    return (Class<T>) type;
  }
}
