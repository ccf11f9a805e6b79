package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The contract on the fallback engine, and what bodies do that the compiled engine cannot serve. */
class ThreadPushTest extends PushContract {
  @Override
  <T> Generator<T> generator(GeneratorBody<T> body) {
    return BodyKind.GENERATOR.startThread(body);
  }

  @Override
  <Y, S, R> Coroutine<Y, S, R> coroutine(CoroutineBody<Y, S, R> body) {
    return BodyKind.COROUTINE.startThread(body);
  }

  @Override
  int depth() {
    return 300;
  }

  @Test
  void drain_yielderHandedOn_works() {
    Generator<Integer> g = Generator.of(y -> List.of(1, 2, 3).forEach(y::yield));
    assertThat(g.toList()).containsExactly(1, 2, 3);
  }

  @Test
  void yielder_onAnotherThread_isRefused() {
    Generator<Integer> g = Generator.of(y -> CompletableFuture.runAsync(() -> y.yield(1)).join());
    assertThatThrownBy(g::toList)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(GeneratorException.WrongState.class);
  }

  @Test
  void yielder_afterTheEnd_isRefused() {
    List<Yielder<Integer>> kept = new ArrayList<>();
    Generator<Integer> g = Generator.of(y -> kept.add(y));
    assertThat(g.count()).isZero();
    assertThatThrownBy(() -> kept.getFirst().yield(1)).isInstanceOf(GeneratorException.WrongState.class);
    assertThatThrownBy(() -> kept.getFirst().yieldFrom(List.of(1))).isInstanceOf(GeneratorException.WrongState.class);
  }

  @Test
  void yielder_whileTheBodyDelegates_isRefused() {
    Generator<Integer> g = Generator.of(
        y -> y.yieldFrom(Iter.of(1, 2).peek(e -> assertThatThrownBy(() -> y.yield(e))
            .isInstanceOf(GeneratorException.WrongState.class))));
    assertThat(g.toList()).containsExactly(1, 2);
  }
}
