package dev.heddle.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.MapOutcome;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.Retry;
import dev.heddle.futures.ThreadPool;
import dev.heddle.testkit.Bounded;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The programs of docs/micrometer.md are those that run here. */
@Bounded
class MicrometerGuideTest {

  @Test
  void pool_ofTheGuide_isMeasured() throws IOException {
    MeterRegistry registry = new SimpleMeterRegistry();
    // begin
    Executor pool = ThreadPool.virtual(PoolOptions.named("orders")
        .withListener(new TaskMetrics(registry, "orders"))
        .withContext(PropagatedContext.carrier()));
    new ExecutorMetrics(pool).bindTo(registry);
    // end
    assertThat(pool.submit(() -> 6 * 7).result()).isEqualTo(42);
    pool.close();
    assertThat(registry.get("heddle.task.attempt").tag("outcome", "succeeded").timer().count()).isEqualTo(1);
    assertThatTheGuideShows("MicrometerGuideTest", 0);
  }

  @Test
  void circuitBreaker_ofTheGuide_sparesAServiceThatIsDown() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    List<Integer> orders = IntStream.range(0, 50).boxed().toList();
    // begin
    CircuitBreaker breaker = CircuitBreaker.of("stock", CircuitBreakerConfig.custom()
        .slidingWindowSize(10)
        .minimumNumberOfCalls(10)
        .waitDurationInOpenState(Duration.ofMinutes(1))
        .build());
    Retry retry = Retry.times(3).withDelay(Duration.ofMillis(1))
        .when(failure -> !(failure instanceof CallNotPermittedException)); // open: asking again at once is in vain
    try (Executor pool = ThreadPool.virtual(4)) {
      MapOptions options = MapOptions.defaults().withRetry(retry);
      for (MapOutcome<Integer, Integer> each : pool.mapOutcomes(
          options, order -> breaker.executeCallable(() -> stockOf(order, calls)), orders)) {
        assertThat(each.failure()).isInstanceOfAny(IOException.class, CallNotPermittedException.class);
      }
    }
    // end
    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
    int before = calls.get();
    assertThat(before).isGreaterThanOrEqualTo(10);
    assertThatThrownBy(() -> breaker.executeCallable(() -> stockOf(99, calls)))
        .isInstanceOf(CallNotPermittedException.class);
    assertThat(calls).as("it is spared from then on").hasValue(before);
    assertThatTheGuideShows("MicrometerGuideTest", 1);
  }

  private static int stockOf(int order, AtomicInteger calls) throws IOException {
    calls.incrementAndGet();
    throw new IOException("the stock is down, order " + order);
  }

  @Test
  void headers_ofTheGuide_areThoseOfTheTest() throws IOException {
    assertThatTheGuideShows("Headers", 0);
  }

  static void assertThatTheGuideShows(String test, int index) throws IOException {
    String source = Files.readString(Path.of("src/test/java/dev/heddle/micrometer/" + test + ".java"));
    String program = source.split("// begin\n", -1)[index + 1].split("// end\n", -1)[0];
    String guide = Files.readString(Path.of("../docs/micrometer.md"));
    assertThat(withoutLayout(guide)).contains(withoutLayout(program));
  }

  private static String withoutLayout(String text) {
    return text.replaceAll("\\s+", "");
  }
}
