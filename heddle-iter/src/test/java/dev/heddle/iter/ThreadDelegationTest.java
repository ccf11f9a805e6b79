package dev.heddle.iter;

/** The contract on the fallback engine. */
class ThreadDelegationTest extends DelegationContract {
  @Override
  <T> Generator<T> generator(GeneratorBody<T> body) {
    return BodyKind.GENERATOR.startThread(body);
  }

  @Override
  <Y, S, R> Coroutine<Y, S, R> coroutine(CoroutineBody<Y, S, R> body) {
    return BodyKind.COROUTINE.startThread(body);
  }

  @Override
  int boardSize() {
    return 6;
  }

  @Override
  int depth() {
    return 100;
  }
}
