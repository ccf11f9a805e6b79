package dev.heddle.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopOptions;
import dev.heddle.asyncio.LoopStateException;
import dev.heddle.queue.FailurePolicy;
import dev.heddle.queue.Pipeline;
import dev.heddle.queue.PipelineOptions;
import dev.heddle.testkit.Bounded;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@Bounded
class PipelineAndLoopMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private double count(String name, String stage) {
    return registry.get("heddle.pipeline." + name).tags("pipeline", "resize", "stage", stage).counter().count();
  }

  private double gauge(String name, String stage) {
    return registry.get("heddle.pipeline." + name).tags("pipeline", "resize", "stage", stage).gauge().value();
  }

  @Test
  void pipeline_runTwice_countsAddUp() {
    PipelineOptions options = PipelineOptions.defaults()
        .withFailures(FailurePolicy.skip())
        .onProgress(Duration.ofSeconds(10), new PipelineMetrics(registry, "resize"));
    for (int run = 1; run <= 2; run++) {
      Pipeline.from(List.of(1, 2, 3, 4)).stage("halve", 2, n -> halve(n)).to(_ -> {}).with(options).run();
      assertThat(count("in", "halve")).isEqualTo(4.0 * run);
      assertThat(count("failed", "halve")).isEqualTo(2.0 * run);
      assertThat(count("out", "halve")).isEqualTo(2.0 * run);
    }
    assertThat(gauge("workers", "halve")).isEqualTo(2);
    assertThat(gauge("waiting", "halve")).isZero();
    assertThat(gauge("busy", "halve")).isZero();
  }

  @Test
  void pipeline_runAgainWithAnObjectOfItsOwn_showsThatRun() {
    for (int workers = 1; workers <= 2; workers++) {
      PipelineOptions options = PipelineOptions.defaults()
          .onProgress(Duration.ofSeconds(10), new PipelineMetrics(registry, "resize"));
      Pipeline.from(List.of(2, 4)).stage("halve", workers, n -> halve(n)).to(_ -> {}).with(options).run();
      assertThat(gauge("workers", "halve")).isEqualTo(workers);
    }
  }

  private static int halve(int n) throws IOException {
    if (n % 2 != 0) {
      throw new IOException("odd");
    }
    return n / 2;
  }

  @Test
  void loop_whileItRuns_measuresItsTasksAndItsLag() {
    EventLoop.run(LoopOptions.defaults().withVirtualTime(true), a -> {
      try (LoopMetrics _ = LoopMetrics.start(registry, "gateway", Duration.ofSeconds(5))) {
        assertThat(registry.get("heddle.loop.tasks").tag("loop", "gateway").gauge().value()).isEqualTo(1);
        a.await(Asyncio.sleep(Duration.ofSeconds(26)));
      }
      a.await(Asyncio.sleep(Duration.ofSeconds(26)));
    });
    assertThat(registry.get("heddle.loop.lag").tag("loop", "gateway").timer().count()).isEqualTo(5);
    assertThat(registry.get("heddle.loop.tasks").gauge().value()).isZero();
  }

  @Test
  void loop_runAgain_showsThatRun() {
    for (int run = 1; run <= 2; run++) {
      EventLoop.run(LoopOptions.defaults().withVirtualTime(true), a -> {
        try (LoopMetrics _ = LoopMetrics.start(registry, "gateway", Duration.ofSeconds(5))) {
          assertThat(registry.get("heddle.loop.tasks").tag("loop", "gateway").gauge().value()).isEqualTo(1);
        }
      });
    }
  }

  @Test
  void badInput_ofAnyMetrics_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PipelineMetrics(registry, " "))
        .withMessageContaining("pipeline must not be blank, but was ' '; it tells pipelines apart");
    assertThatIllegalArgumentException().isThrownBy(() -> new TaskMetrics(registry, ""))
        .withMessageContaining("executor must not be blank");
    assertThatIllegalArgumentException().isThrownBy(() -> LoopMetrics.start(registry, "x", Duration.ZERO))
        .withMessageContaining("interval must be longer than zero");
    assertThatThrownBy(() -> LoopMetrics.start(registry, "x", Duration.ofSeconds(1))).isInstanceOf(LoopStateException.class);
  }
}
