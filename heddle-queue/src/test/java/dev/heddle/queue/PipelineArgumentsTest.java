package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Nulls;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bad arguments of pipelines, and the remedies that are named. */
@Bounded
final class PipelineArgumentsTest {
  private static final List<Integer> HUNDRED = Items.HUNDRED;

  @Test
  void arguments_bad_areRefusedWithTheRemedy() {
    Pipeline<Integer> plan = Pipeline.from(HUNDRED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan.stage("a", 0, n -> n))
        .withMessageContaining("workers must be at least 1, but was 0")
        .withMessageContaining("without workers");
    assertThatIllegalArgumentException().isThrownBy(() -> plan.stage(" ", 1, n -> n)).withMessageContaining("name");
    assertThatIllegalArgumentException().isThrownBy(() -> plan.batch("b", 0)).withMessageContaining("size");
    assertThatIllegalArgumentException().isThrownBy(() -> plan.limit("l", 0)).withMessageContaining("count");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan.batch("b", 1, Duration.ZERO))
        .withMessageContaining("maxWait must be longer than zero");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan.stage("a", 1, n -> n).stage("a", 1, n -> n).to(n -> {}).start())
        .withMessageContaining("two stages")
        .withMessageContaining("'a'");
    assertThatNullPointerException().isThrownBy(() -> plan.stage("a", 1, Nulls.any())).withMessageContaining("fn");
    assertThatNullPointerException().isThrownBy(() -> Pipeline.from(Nulls.any())).withMessageContaining("source");
    assertThatIllegalArgumentException().isThrownBy(() -> Pipeline.merge(List.of())).withMessageContaining("pipelines");
    StageOptions two = StageOptions.workers(2);
    assertThatIllegalArgumentException().isThrownBy(() -> two.withWindow(1)).withMessageContaining("window");
    assertThatIllegalArgumentException().isThrownBy(() -> two.withBuffer(0)).withMessageContaining("buffer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> two.withTimeout(Duration.ofSeconds(1)))
        .withMessageContaining("needs an executor");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FailurePolicy.maxFailureRate(1.5))
        .withMessageContaining("maxRate must be from 0 to 1, but was 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PipelineOptions.defaults().withDrainTimeout(Duration.ofSeconds(-1)))
        .withMessageContaining("drainTimeout");
  }

  @Test
  void stage_functionReturnsNull_isAFailureThatSaysHowToLeaveItemsOut() {
    assertThatExceptionOfType(PipelineException.class)
        .isThrownBy(() -> Pipeline.from(HUNDRED).stage("null", 1, n -> Nulls.<Integer>any()).to(n -> {}).run())
        .withMessageContaining("returned null")
        .withMessageContaining("filter");
  }
}
