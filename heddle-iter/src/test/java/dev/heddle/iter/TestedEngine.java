package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

/** An engine on which the contracts are tested. */
enum TestedEngine {
  /** State machines; a body that falls back fails the test. */
  COMPILED {
    @Override
    <T> Generator<T> generator(GeneratorBody<T> body) {
      assertThat(Generator.engineOf(body).toString()).startsWith("COMPILED");
      return Generator.of(body);
    }

    @Override
    <Y, S, R> Coroutine<Y, S, R> coroutine(CoroutineBody<Y, S, R> body) {
      assertThat(Coroutine.engineOf(body).toString()).startsWith("COMPILED");
      return Coroutine.of(body);
    }
  },

  /** The fallback engine: a virtual thread for each body. */
  THREAD {
    @Override
    <T> Generator<T> generator(GeneratorBody<T> body) {
      return BodyKind.GENERATOR.startThread(body);
    }

    @Override
    <Y, S, R> Coroutine<Y, S, R> coroutine(CoroutineBody<Y, S, R> body) {
      return BodyKind.COROUTINE.startThread(body);
    }
  };

  abstract <T> Generator<T> generator(GeneratorBody<T> body);

  abstract <Y, S, R> Coroutine<Y, S, R> coroutine(CoroutineBody<Y, S, R> body);
}
