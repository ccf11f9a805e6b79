package dev.heddle.iter;

/** The contract on the fallback engine. */
class ThreadGeneratorTest extends GeneratorContract {
  @Override
  <T> Generator<T> generator(GeneratorBody<T> body) {
    return BodyKind.GENERATOR.startThread(body);
  }

  @Override
  <Y, S, R> Coroutine<Y, S, R> coroutine(CoroutineBody<Y, S, R> body) {
    return BodyKind.COROUTINE.startThread(body);
  }
}
