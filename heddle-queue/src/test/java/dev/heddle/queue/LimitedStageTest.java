package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.Executor;
import dev.heddle.futures.KeyedLimit;
import dev.heddle.futures.Limit;
import dev.heddle.futures.Permit;
import dev.heddle.futures.Rate;
import dev.heddle.futures.Retry;
import dev.heddle.futures.ThreadPool;
import dev.heddle.iter.Iter;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stages whose items need permits. */
@Bounded
class LimitedStageTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void stage_withALimitPerKey_processesOtherKeysMeanwhile() throws Exception {
    for (boolean ordered : new boolean[]{false, true}) {
      KeyedLimit<String> perHost = KeyedLimit.concurrent(1);
      CountDownLatch quickDone = new CountDownLatch(3);
      AtomicInteger slowAtOnce = new AtomicInteger();
      StageOptions options = StageOptions.workers(2).withWindow(16)
          .withLimit((String url) -> perHost.forKey(url.substring(0, 1)));
      List<String> urls = List.of("s1", "s2", "s3", "s4", "a1", "b1", "c1");
      List<String> pages = Pipeline.from(urls)
          .stage(
              "fetch",
              ordered ? options : options.unordered(),
              url -> {
                if (url.startsWith("s")) {
                  assertThat(slowAtOnce.incrementAndGet()).isEqualTo(1);
                  assertThat(quickDone.await(20, TimeUnit.SECONDS)).isTrue(); // although four items of this key came before
                  slowAtOnce.decrementAndGet();
                } else {
                  quickDone.countDown();
                }
                return url;
              })
          .iterate()
          .toList();
      if (ordered) {
        assertThat(pages).isEqualTo(urls);
      } else {
        assertThat(pages).containsExactlyInAnyOrderElementsOf(urls);
      }
    }
  }

  @Test
  void stage_withALimit_keepsToItsNumberOfWorkers() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Pipeline.from(IntStream.range(0, 200).boxed().toList())
        .stage("work", StageOptions.workers(2).withLimit(Limit.concurrent(100)), n -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          Thread.onSpinWait();
          atOnce.decrementAndGet();
          return n;
        })
        .to(_ -> {})
        .run();
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void stage_withARate_takesAPermitForEachAttempt() throws Exception {
    VirtualClock clock = new VirtualClock();
    Limit rate = Limit.rate(Rate.perSecond(1).withTime(clock));
    try (Executor pool = ThreadPool.of(2)) {
      for (boolean own : new boolean[]{true, false}) {
        AtomicInteger attempts = new AtomicInteger();
        StageOptions options = StageOptions.workers(1).withRetry(Retry.times(2).withDelay(Duration.ZERO)).withLimit(rate);
        PipelineRun run = Pipeline.from(List.of(1, 2))
            .stage("call", own ? options : options.withExecutor(pool), n -> {
              if (attempts.incrementAndGet() == 1) {
                throw new IOException("on purpose");
              }
              return n;
            })
            .to(_ -> {})
            .start();
        for (int i = own ? 1 : 0; i < 3; i++) {
          clock.awaitPending(1, SOON);
          assertThat(attempts.get()).isEqualTo(i);
          clock.advance(Duration.ofSeconds(1));
          int expected = i + 1;
          Eventually.holds("attempt " + expected, () -> attempts.get() == expected);
        }
        assertThat(run.await().failures()).isEmpty();
        assertThat(attempts.get()).isEqualTo(3);
      }
    }
  }

  @Test
  void stage_thatIsCancelledWhileItsItemsWait_returnsPermitsAndItems() throws Exception {
    Limit one = Limit.concurrent(1);
    Permit held = one.acquire().result();
    List<Object> undelivered = new ArrayList<>();
    PipelineOptions options = PipelineOptions.defaults().onUndelivered((stage, item) -> {
      synchronized (undelivered) {
        undelivered.add(item);
      }
    });
    PipelineRun run = Pipeline.from(List.of(1, 2, 3))
        .stage("wait", StageOptions.workers(2).withLimit(one), n -> n)
        .to(_ -> {})
        .with(options)
        .start();
    Eventually.holds("three wait", () -> one.toString().contains("3 waiting"));
    run.cancel();
    run.await();
    assertThat(undelivered).containsExactlyInAnyOrder(1, 2, 3);
    held.close();
    assertThat(one.toString()).contains("0 held, 0 waiting");
  }

  @Test
  void stage_whoseLimitCannotBeFound_failsTheItem() {
    KeyedLimit<String> perHost = KeyedLimit.concurrent(1);
    Iter<String> pages = Pipeline.from(List.of("a", " "))
        .stage("fetch", StageOptions.workers(1).withLimit((String url) -> perHost.forKey(url)), url -> url)
        .iterate();
    assertThatThrownBy(pages::toList).hasMessageContaining("key must not be blank");
  }
}
