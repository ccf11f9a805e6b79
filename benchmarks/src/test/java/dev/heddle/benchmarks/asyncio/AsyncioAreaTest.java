package dev.heddle.benchmarks.asyncio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** That the benchmarks do what their peers do; how long they take is not tested. */
@org.junit.jupiter.api.Timeout(120)
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
  }

  @Test
  void echoes_plain_overTls_andBesideAFlood_areServed() throws Exception {
    SSLContext tls = OwnCertificate.context();
    EchoLoad plain = new EchoLoad(5, 2, Duration.ZERO, SocketFactory.getDefault());
    EchoLoad overTls = new EchoLoad(5, 2, Duration.ofMillis(1), tls.getSocketFactory());
    assertThat(EchoServers.onALoop(null, plain).perSecond()).isPositive();
    assertThat(EchoServers.onVirtualThreads(null, plain).perSecond()).isPositive();
    assertThat(EchoServers.onALoop(tls, overTls).perSecond()).isPositive();
    assertThat(EchoServers.onVirtualThreads(tls, overTls).perSecond()).isPositive();
    assertThat(EchoServers.onALoop(null, new Flood(plain)).p99Millis()).isPositive();
    assertThat(EchoServers.onVirtualThreads(null, new Flood(plain)).p99Millis()).isPositive();
  }
}
