package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

/** An engine on which the contracts are tested. */
enum TestedEngine {
  /** State machines; a body that falls back fails the test, but under an agent, where no body is compiled. */
  COMPILED {
    @Override
    <T> Generator<T> generator(GeneratorBody<T> body) {
      assertThat(Generator.engineOf(body).toString()).startsWith(UNDER_AGENT ? "VIRTUAL_THREAD" : "COMPILED");
      return Generator.of(body);
    }

    @Override
    <Y, S, R> Coroutine<Y, S, R> coroutine(CoroutineBody<Y, S, R> body) {
      assertThat(Coroutine.engineOf(body).toString()).startsWith(UNDER_AGENT ? "VIRTUAL_THREAD" : "COMPILED");
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

  /** Whether an agent has changed the classes of the tests: in the profile {@code agents}. */
  static final boolean UNDER_AGENT = Boolean.getBoolean("heddle.agents");

  abstract <T> Generator<T> generator(GeneratorBody<T> body);

  abstract <Y, S, R> Coroutine<Y, S, R> coroutine(CoroutineBody<Y, S, R> body);
}
