package dev.heddle.benchmarks.itertools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That each case does what its peers do; how long they take is not tested. */
final class ItertoolsAreaTest {
  static Stream<ItertoolsArea.Case> cases() {
    return ItertoolsArea.CASES.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itertools_always_givesWhatItsPeersGive(ItertoolsArea.Case each) throws ReflectiveOperationException {
    Object benchmark = each.in().getConstructor().newInstance();
    Object loop = each.in().getMethod(each.name() + "Loop").invoke(benchmark);
    assertThat(each.in().getMethod(each.name()).invoke(benchmark)).isEqualTo(loop).isNotEqualTo(0L);
    if (each.byHand()) {
      assertThat(each.in().getMethod(each.name() + "ByHand").invoke(benchmark)).isEqualTo(loop);
    }
  }
}
