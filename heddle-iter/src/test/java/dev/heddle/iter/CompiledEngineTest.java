package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contracts on the compiled engine, and bodies of which only that engine knows. */
class CompiledEngineTest {
  @Nested
  class Elements extends GeneratorContract {
    Elements() {
      super(TestedEngine.COMPILED);
    }
  }

  @Nested
  class Primitives extends PrimitiveContract {
    Primitives() {
      super(TestedEngine.COMPILED);
    }
  }

  @Nested
  class Exchange extends CoroutineContract {
    Exchange() {
      super(TestedEngine.COMPILED);
    }
  }

  @Nested
  class Close extends CloseContract {
    Close() {
      super(TestedEngine.COMPILED);
    }
  }

  @Nested
  class ResumingThread extends ResumingThreadContract {
    ResumingThread() {
      super(TestedEngine.COMPILED);
    }
  }

  @Nested
  class Delegation extends DelegationContract {
    Delegation() {
      super(TestedEngine.COMPILED);
    }
  }

  @Nested
  class Recursion extends RecursionContract {
    Recursion() {
      super(TestedEngine.COMPILED);
    }
  }

  @Nested
  class Push extends PushContract {
    Push() {
      super(TestedEngine.COMPILED);
    }
  }

  @Nested
  class Sink extends SinkContract {
    Sink() {
      super(TestedEngine.COMPILED);
    }
  }

  @Nested
  class ConsumerFailure extends ConsumerFailureContract {
    ConsumerFailure() {
      super(TestedEngine.COMPILED);
    }
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
