package dev.heddle.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.PeriodicTask;
import dev.heddle.futures.Schedule;
import dev.heddle.futures.ThreadPool;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Eventually;
import dev.heddle.testkit.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.support.CronExpression;

/** The recipe for cron expressions in docs/futures.md. */
@Bounded
class CronTest {

  // begin
  /** The times until the dates of a cron expression. Not before the last date: a timer may be some milliseconds early. */
  static final class Cron implements Supplier<@Nullable Duration> {
    private final CronExpression expression;
    private final Clock clock;
    private @Nullable ZonedDateTime due;

    Cron(String expression, Clock clock) {
      this.expression = CronExpression.parse(expression);
      this.clock = clock;
    }

    @Override
    public @Nullable Duration get() {
      ZonedDateTime now = ZonedDateTime.now(clock);
      due = expression.next(due != null && due.isAfter(now) ? due : now);
      return due == null ? null : Duration.between(now, due);
    }
  }
  // end

  private static final Instant EVENING = Instant.parse("2026-11-30T23:00:00Z");

  @Test
  void cron_everyNightAtTwo_runsThen() throws Exception {
    VirtualClock time = new VirtualClock();
    List<Instant> runs = new CopyOnWriteArrayList<>();
    InstantSource virtual = () -> EVENING.plusNanos(time.nanoTime());
    Schedule nightly = Schedule.computed(new Cron("0 0 2 * * *", virtual.withZone(ZoneOffset.UTC))).withTime(time);
    try (Executor pool = ThreadPool.of(1); PeriodicTask task = PeriodicTask.start(pool, nightly, () -> {
      runs.add(virtual.instant());
    })) {
      time.advance(Duration.ofHours(2));
      assertThat(runs).isEmpty();
      for (int night = 1; night <= 3; night++) {
        time.awaitPending(1, Duration.ofMinutes(1));
        time.advance(night == 1 ? Duration.ofHours(1) : Duration.ofDays(1));
        int expected = night;
        Eventually.holds("the run has ended", () -> task.runs() == expected);
      }
      assertThat(runs).containsExactly(
          Instant.parse("2026-12-01T02:00:00Z"), Instant.parse("2026-12-02T02:00:00Z"),
          Instant.parse("2026-12-03T02:00:00Z"));
    }
    assertThatTheGuideShowsIt();
  }

  @Test
  void cron_whoseTimerIsEarly_doesNotRunTwice() {
    Cron cron = new Cron("0 0 2 * * *", Clock.fixed(EVENING, ZoneOffset.UTC));
    assertThat(cron.get()).isEqualTo(Duration.ofHours(3));
    assertThat(cron.get()).isEqualTo(Duration.ofHours(27));
  }

  private static void assertThatTheGuideShowsIt() throws IOException {
    String source = Files.readString(Path.of("src/test/java/dev/heddle/micrometer/CronTest.java"));
    String program = source.split("// begin\n", -1)[1].split("// end\n", -1)[0];
    String guide = Files.readString(Path.of("../docs/futures.md"));
    assertThat(guide.replaceAll("\\s+", "")).contains(program.replaceAll("\\s+", ""));
  }
}
