package dev.heddle.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heddle.futures.Rate;
import dev.heddle.futures.Retry;
import dev.heddle.futures.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits of requests, in every style. */
@Timeout(60)
final class LimitedDownloadTest extends DownloaderFixture {
  private static final DownloadOptions OPTIONS = DownloadOptions.defaults()
      .withRetry(Retry.times(3).withDelay(Duration.ZERO));

  /** A clock that jumps to the end of each pause. */
  private static final class Jumping implements TimeSource {
    private final AtomicLong now = new AtomicLong();

    @Override
    public long nanoTime() {
      return now.get();
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable action) {
      Thread.startVirtualThread(() -> {
        now.addAndGet(delay.toNanos());
        action.run();
      });
      return () -> {};
    }
  }

  @ParameterizedTest
  @EnumSource
  void run_withARate_beginsNoSooner_retriesIncluded(Style style) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Set<String> before = ConcurrentHashMap.newKeySet();
    server.handle("/busy/", exchange -> {
      boolean first = before.add(exchange.getRequestURI().getPath());
      if (asked.incrementAndGet() % 3 == 0 && first) {
        exchange.sendResponseHeaders(503, -1);
      } else {
        image(exchange);
      }
    });
    Jumping clock = new Jumping();
    DownloadReport report = run("/busy", style, Countries.POP20, OPTIONS.withRate(Rate.perSecond(10).withTime(clock)));
    assertThat(report.count(FlagOutcome.Saved.class)).isEqualTo(20);
    assertThat(asked.get()).isGreaterThan(20);
    assertThat(clock.nanoTime()).isGreaterThanOrEqualTo((asked.get() - 1) * 100_000_000L);
  }

  @ParameterizedTest
  @EnumSource
  void run_withALimitPerHost_hasNoMoreAtOnce(Style style) throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    server.handle("/count/", exchange -> {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      Thread.onSpinWait();
      now.decrementAndGet();
      image(exchange);
    });
    DownloadReport report = run("/count", style, Countries.POP20, OPTIONS.withPerHost(1));
    assertThat(report.count(FlagOutcome.Saved.class)).isEqualTo(20);
    assertThat(most).hasValue(1);
  }

  @Test
  void options_badLimits_areRefused() {
    for (int bad : List.of(0, -1)) {
      assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withPerHost(bad))
          .withMessageContaining("perHost must be at least 1, but was " + bad);
    }
    assertThat(OPTIONS.limitFor("a.example")).isNull();
  }
}
