package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contracts on the fallback engine, and what bodies do that the compiled engine cannot serve. */
class ThreadEngineTest {
  @Nested
  class Elements extends GeneratorContract {
    Elements() {
      super(TestedEngine.THREAD);
    }
  }

  @Nested
  class Primitives extends PrimitiveContract {
    Primitives() {
      super(TestedEngine.THREAD);
    }
  }

  @Nested
  class Exchange extends CoroutineContract {
    Exchange() {
      super(TestedEngine.THREAD);
    }
  }

  @Nested
  class Close extends CloseContract {
    Close() {
      super(TestedEngine.THREAD);
    }
  }

  @Nested
  class ResumingThread extends ResumingThreadContract {
    ResumingThread() {
      super(TestedEngine.THREAD);
    }
  }

  @Nested
  class Delegation extends DelegationContract {
    Delegation() {
      super(TestedEngine.THREAD);
    }

    @Override
    int depth() {
      return 100;
    }
  }

  @Nested
  class Recursion extends RecursionContract {
    Recursion() {
      super(TestedEngine.THREAD);
    }

    @Override
    int boardSize() {
      return 6;
    }
  }

  @Nested
  class Push extends PushContract {
    Push() {
      super(TestedEngine.THREAD);
    }

    @Override
    int depth() {
      return 300;
    }
  }

  @Nested
  class Sink extends SinkContract {
    Sink() {
      super(TestedEngine.THREAD);
    }
  }

  @Nested
  class ConsumerFailure extends ConsumerFailureContract {
    ConsumerFailure() {
      super(TestedEngine.THREAD);
    }
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
