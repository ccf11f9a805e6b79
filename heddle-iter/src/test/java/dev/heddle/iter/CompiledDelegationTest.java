package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract on the compiled engine; a body that falls back fails the test. */
class CompiledDelegationTest extends DelegationContract {
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
}
