package dev.heddle.queue.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which collectors' times are pauses. */
final class GcPausesTest {

  @ParameterizedTest
  @ValueSource(strings = {"ZGC Major Cycles", "ZGC Minor Cycles", "Shenandoah Cycles"})
  void isPausing_concurrentCycles_areNot(String collector) {
    assertThat(GcPauses.isPausing(collector)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Copy", "MarkSweepCompact", "PS Scavenge", "G1 Young Generation", "G1 Old Generation",
      "G1 Concurrent GC", "ZGC Major Pauses", "ZGC Minor Pauses", "Shenandoah Pauses"})
  void isPausing_others_are(String collector) {
    assertThat(GcPauses.isPausing(collector)).isTrue();
  }
}
