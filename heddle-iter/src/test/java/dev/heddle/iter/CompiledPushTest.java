package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The contract on the compiled engine; a body that falls back fails the test. */
class CompiledPushTest extends PushContract {
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

  /** A body of both kinds; which of its methods is meant the generator has to know. */
  private static final class Both implements GeneratorBody<String>, CoroutineBody<String, Object, String> {
    private static final long serialVersionUID = 1;

    @Override
    public void run(Yielder<String> y) {
      y.yield("generator");
    }

    @Override
    public String run(CoroutineYielder<String, Object> y) {
      y.yield("coroutine");
      return "result";
    }
  }

  @Test
  void drain_bodyOfBothKinds_runsTheRightMethod() {
    Both both = new Both();
    assertThat(Generator.of((GeneratorBody<String>) both).toList()).containsExactly("generator");
    assertThat(Coroutine.of((CoroutineBody<String, Object, String>) both).toList()).containsExactly("coroutine");
  }
}
