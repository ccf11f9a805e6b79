package dev.heddle.iter;

/** The base of the contracts of engines, which makes generators on the engine that is tested. */
abstract class EngineContract {
  private final TestedEngine engine;

  EngineContract(TestedEngine engine) {
    this.engine = engine;
  }

  final <T> Generator<T> generator(GeneratorBody<T> body) {
    return engine.generator(body);
  }

  final <Y, S, R> Coroutine<Y, S, R> coroutine(CoroutineBody<Y, S, R> body) {
    return engine.coroutine(body);
  }
}
