package dev.heddle.benchmarks.asyncio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** That the benchmarks do what their peers do; how long they take is not tested. */
final class AsyncioAreaTest {
  @Test
  void eventLoops_always_giveWhatTheirPeersGive() throws Exception {
    EventLoops benchmark = new EventLoops();
    assertThat(benchmark.queue()).isEqualTo(benchmark.queueKotlin()).isPositive();
    assertThat(benchmark.switches()).isEqualTo(benchmark.switchesKotlin());
    int[] probed = new int[1];
    AsyncioArea.ownSleepers(10, () -> probed[0]++);
    KotlinCoroutines.sleepers(10, () -> probed[0]++);
    assertThat(probed[0]).isEqualTo(2);
    EchoLoad load = new EchoLoad(5, 2);
    assertThat(load.onALoop().perSecond()).isPositive();
    assertThat(load.onVirtualThreads().perSecond()).isPositive();
  }
}
