package dev.heddle.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.flags.digest.Sha256;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class DownloaderTest extends DownloaderFixture {

  @ParameterizedTest
  @EnumSource
  void run_popular20_allSavedAndListed(Style style) throws Exception {
    DownloadReport report = run("/flags", style, Countries.POP20, OPTIONS);
    assertThat(report.count(FlagOutcome.Saved.class)).isEqualTo(20);
    assertThat(report.outcomes()).isEqualTo(arrived);
    assertThat(report.elapsed()).isPositive();
    assertThat(report.interrupted()).isFalse();
    assertThat(report.stopped()).isNull();
    assertThat(files()).hasSize(20);
    assertThat(Files.readAllLines(dir.resolve("SHA256SUMS"))).hasSize(41);
    assertThat(server.stats().requests()).isEqualTo(20);
  }

  @Test
  void run_sequential_inOrderOverOneConnection() throws Exception {
    DownloadReport report = run("/flags", Style.SEQUENTIAL, Countries.POP20, OPTIONS);
    assertThat(report.outcomes()).extracting(FlagOutcome::code).isEqualTo(Countries.POP20);
    assertThat(report.connections()).isEqualTo(1);
    assertThat(server.stats().connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void run_again_nothingDownloadedTwice(Style style) throws Exception {
    run("/flags", style, Countries.POP20, OPTIONS);
    Files.delete(dir.resolve("br.svg"));
    folder.close();
    folder = FlagFolder.open(dir);
    DownloadReport again = run("/flags", style, Countries.POP20, OPTIONS);
    assertThat(again.count(FlagOutcome.Unchanged.class)).isEqualTo(19);
    assertThat(again.all(FlagOutcome.Saved.class)).extracting(FlagOutcome::code).containsExactly("BR");
  }

  @ParameterizedTest
  @EnumSource
  void run_codeTwice_onceDownloaded(Style style) throws Exception {
    assertThat(run("/flags", style, List.of("BR", "US", "BR"), OPTIONS).outcomes()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void run_nothing_emptyReport(Style style) throws Exception {
    assertThat(run("/flags", style, List.of(), OPTIONS).outcomes()).isEmpty();
  }

  @Test
  void run_badCode_refused() {
    assertThatThrownBy(() -> run("/flags", Style.THREADS, List.of("../x"), OPTIONS)).hasMessageContaining("'../x'");
  }

  @Test
  void run_errorSite_sameOutcomesInEveryStyle() throws Exception {
    server.close();
    server = FlagServer.start(ServerProfile.of(ServerProfile.Label.ERROR).withDelay(Duration.ZERO, Duration.ZERO));
    DownloadOptions fresh = OPTIONS.withFresh(true);
    DownloadReport first = run("/flags", Style.SEQUENTIAL, Countries.known(), fresh);
    for (Style style : List.of(Style.THREADS, Style.PROCESSES, Style.ASYNC)) {
      server.reset();
      assertThat(run("/flags", style, Countries.known(), fresh).outcomes())
          .as(style.label())
          .containsExactlyInAnyOrderElementsOf(first.outcomes());
    }
    assertThat(first.count(FlagOutcome.Failed.class)).isPositive();
    assertThat(first.retries()).isPositive();
    assertThat(first.count(FlagOutcome.Saved.class) + first.count(FlagOutcome.Failed.class))
        .isEqualTo(Countries.known().size());
  }

  @ParameterizedTest
  @EnumSource
  void run_everyKindOfOutcome_counted(Style style) throws Exception {
    server.handle("/mixed/br/", exchange -> exchange.sendResponseHeaders(418, -1)); // the first one is an error
    server.handle("/mixed/us/", DownloaderFixture::image);
    DownloadReport report = run("/mixed", style, List.of("BR", "FR", "US"), OPTIONS);
    assertThat(report.outcomes()).containsExactlyInAnyOrder(
        new FlagOutcome.Failed("BR", 1, "the server answered 418 (I'm a teapot)"),
        new FlagOutcome.NotFound("FR", 1),
        new FlagOutcome.Saved("US", 1, dir.resolve("us.svg"), 3, 3, Sha256.of(new byte[3])));
    assertThat(files()).containsExactly("us.svg");
  }

  @ParameterizedTest
  @EnumSource
  void run_passingFailures_triedAgain(Style style) throws Exception {
    int[] statuses = {503, 429, 408};
    AtomicInteger asked = new AtomicInteger();
    server.handle("/busy/", exchange -> {
      int turn = asked.getAndIncrement();
      if (turn < statuses.length) {
        exchange.sendResponseHeaders(statuses[turn], -1);
      } else {
        image(exchange);
      }
    });
    DownloadReport report = run("/busy", style, List.of("BR"), OPTIONS);
    assertThat(report.outcomes())
        .containsExactly(new FlagOutcome.Saved("BR", 4, dir.resolve("br.svg"), 3, 3, Sha256.of(new byte[3])));
    assertThat(report.retries()).isEqualTo(3);
  }

  @Test
  void run_connectionBreaksEachTime_resumedUntilWhole() throws Exception {
    byte[] bytes = new byte[400];
    AtomicInteger asked = new AtomicInteger();
    List<String> ranges = new ArrayList<>();
    server.handle("/broken/", exchange -> {
      int turn = asked.getAndIncrement();
      ranges.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
      exchange.getResponseHeaders().set("ETag", "\"v1\"");
      int from = turn * 150;
      if (turn > 0) {
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-399/400");
      }
      exchange.sendResponseHeaders(turn == 0 ? 200 : 206, 400 - from);
      exchange.getResponseBody().write(bytes, 0, Math.min(150, 400 - from));
      exchange.getResponseBody().flush();
    });
    DownloadReport report = run("/broken", Style.SEQUENTIAL, List.of("BR"), OPTIONS);
    assertThat(report.outcomes())
        .containsExactly(new FlagOutcome.Saved("BR", 3, dir.resolve("br.svg"), 400, 100, Sha256.of(bytes)));
    assertThat(ranges).containsExactly("null", "bytes=150-", "bytes=300-");
  }

  @Test
  void run_lastingFailure_givenUpAfterTheRetries() throws Exception {
    server.handle("/down/", exchange -> exchange.sendResponseHeaders(503, -1));
    DownloadReport report = run("/down", Style.THREADS, List.of("BR"), OPTIONS);
    assertThat(report.outcomes())
        .containsExactly(new FlagOutcome.Failed("BR", 4, "the server answered 503 (service unavailable)"));
  }

  @ParameterizedTest
  @EnumSource
  void run_serverDown_retriesStayWithinBudget(Style style) throws Exception {
    server.handle("/down/", exchange -> exchange.sendResponseHeaders(500, -1));
    DownloadReport report = run("/down", style, Countries.POP20, OPTIONS);
    assertThat(report.count(FlagOutcome.Failed.class)).isEqualTo(20);
    assertThat(report.retries()).isEqualTo(20); // of 60, without a budget
    assertThat(server.stats().requests()).isEqualTo(40);
    assertThat(report.all(FlagOutcome.Failed.class))
        .anySatisfy(flag -> assertThat(flag.reason()).contains("the run's 20 retries are used up"));
  }

  @Test
  void run_retryAfter_waitedFor() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server.handle("/busy/", exchange -> {
      if (asked.getAndIncrement() == 0) {
        exchange.getResponseHeaders().set("Retry-After", "20");
        exchange.sendResponseHeaders(503, -1);
      } else {
        image(exchange);
      }
    });
    ConcurrentLinkedQueue<Duration> pauses = new ConcurrentLinkedQueue<>();
    DownloadReport report = new Downloader(server.uri("/busy"), folder, OPTIONS, pauses::add).run(Style.THREADS,
        List.of("BR"), arrived::add);
    assertThat(report.count(FlagOutcome.Saved.class)).isEqualTo(1);
    assertThat(pauses).hasSize(1)
        .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofMillis(1), Duration.ofSeconds(20)));
  }

  @Test
  void run_retryAfterTooLong_notWaitedFor() throws Exception {
    server.handle("/busy/", exchange -> {
      exchange.getResponseHeaders().set("Retry-After", "3600");
      exchange.sendResponseHeaders(429, -1);
    });
    DownloadReport report = run("/busy", Style.THREADS, List.of("BR"), OPTIONS);
    assertThat(report.outcomes()).containsExactly(new FlagOutcome.Failed(
        "BR", 1,
        "the server answered 429 (too many requests); not retried: the server asks for a pause of 1 h"));
  }

  @ParameterizedTest
  @EnumSource(names = {"THREADS", "ASYNC"})
  void run_manyAtOnce_asManyAsAllowed(Style style) throws Exception {
    CyclicBarrier three = new CyclicBarrier(3); // passed only if three requests meet
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    server.handle("/gate/", exchange -> {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      meet(three);
      now.decrementAndGet();
      image(exchange);
    });
    DownloadReport report = run("/gate", style, Countries.POP20.subList(0, 9), OPTIONS.withMaxConnections(3));
    assertThat(report.count(FlagOutcome.Saved.class)).isEqualTo(9);
    assertThat(report.connections()).isEqualTo(3);
    assertThat(most).hasValue(3);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException("the others did not come", e);
    }
  }

  @Test
  void connections_smallestOfAll() throws Exception {
    Downloader downloader = new Downloader(server.base(), folder, OPTIONS.withMaxConnections(30));
    assertThat(downloader.connections(Style.THREADS, 20)).isEqualTo(20);
    assertThat(downloader.connections(Style.THREADS, 676)).isEqualTo(30);
    assertThat(downloader.connections(Style.SEQUENTIAL, 676)).isEqualTo(1);
  }

  @Test
  void options_badValues_sayWhy() {
    DownloadOptions defaults = DownloadOptions.defaults();
    assertThatThrownBy(() -> defaults.withMaxConnections(0)).hasMessageContaining("from 1 to 1000, but was 0");
    assertThatThrownBy(() -> defaults.withMaxConnections(1001)).hasMessageContaining("but was 1001");
    assertThatThrownBy(() -> defaults.withTimeout(Duration.ZERO)).hasMessageContaining("but was 0 s");
  }
}
