package dev.heddle.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.heddle.futures.Retry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that send too much, too slowly, or something else than was asked for. */
@Timeout(60)
final class HostileServerTest extends DownloaderFixture {
  private static final TransferLimits SMALL = TransferLimits.defaults().withMaxFileBytes(100_000);
  private static final byte[] ZEROS = new byte[1000];

  private FlagOutcome.Failed failed(String path, Style style, DownloadOptions options) throws Exception {
    DownloadReport report = run(path, style, List.of("BR"), options);
    assertThat(report.stopped()).isNull();
    assertThat(report.outcomes()).singleElement().isInstanceOf(FlagOutcome.Failed.class);
    return (FlagOutcome.Failed) report.outcomes().getFirst();
  }

  private static void body(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @ParameterizedTest
  @EnumSource
  void body_withoutEnd_isRefusedAtTheLimitAndNotAskedForAgain(Style style) throws Exception {
    server.handle("/endless/", exchange -> {
      exchange.getResponseHeaders().set("ETag", "\"v1\"");
      exchange.sendResponseHeaders(200, 0);
      while (true) {
        exchange.getResponseBody().write(ZEROS); // until the client closes the connection
      }
    });
    FlagOutcome.Failed failed = failed("/endless", style, OPTIONS.withLimits(SMALL));
    assertThat(failed.reason()).contains(server.uri("/endless/br/br.svg").toString(), "larger than 100000 bytes",
        "TransferLimits.maxFileBytes", "raise it");
    assertThat(failed.attempts()).isEqualTo(1);
    assertThat(files()).isEmpty();
  }

  @Test
  void body_announcedTooLong_isRefusedBeforeItIsRead() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    server.handle("/large/", exchange -> {
      exchange.sendResponseHeaders(200, 1L << 40);
      exchange.getResponseBody().flush();
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the server closes
      }
    });
    assertThat(failed("/large", Style.THREADS, OPTIONS).reason()).contains("larger than 8388608 bytes");
    closed.countDown();
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void bodies_tooLongTogether_endsTheRun(Style style) throws Exception {
    server.handle("/some/", exchange -> body(exchange, 200, "x".repeat(1000)));
    TransferLimits limits = new TransferLimits(1000, 5500, Redirects.SAME_SERVER);
    DownloadReport report = run("/some", style, Countries.POP20, OPTIONS.withLimits(limits).withMaxConnections(1));
    assertThat(report.count(FlagOutcome.Saved.class)).isBetween(5, 7); // a worker process may be one ahead
    assertThat(report.all(FlagOutcome.Failed.class)).isNotEmpty()
        .allSatisfy(flag -> assertThat(flag.reason()).contains("more than 5500 bytes", "maxTotalBytes"));
    assertThat(report.retries()).isZero();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROCESSES")
  void body_thatDrips_endsAtTheTimeOut(Style style) throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    server.handle("/drip/", exchange -> {
      exchange.getResponseHeaders().set("ETag", "\"v1\"");
      exchange.sendResponseHeaders(200, 1_000_000);
      try {
        while (!closed.await(20, TimeUnit.MILLISECONDS)) {
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the server closes
      }
    });
    FlagOutcome.Failed failed = failed("/drip", style, OPTIONS.withTimeout(Duration.ofMillis(400)).withRetry(Retry.NEVER));
    assertThat(failed.reason()).contains("no complete answer within 400 ms", "/drip/br/br.svg", "raise the time-out");
    closed.countDown();
  }

  @Test
  void part_thatWasNotAskedFor_isAnErrorOfTheTransfer() throws Exception {
    server.handle("/part/", exchange -> {
      exchange.getResponseHeaders().set("Content-Range", "bytes 0-4/5");
      body(exchange, 206, "hello");
    });
    assertThat(failed("/part", Style.THREADS, OPTIONS).reason()).contains("/part/br/br.svg", "status 206",
        "all of it was asked for");
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bytes 0-9/10", "bytes 100-104/*", "bytes 100-104/1000", "bytes 100-99/100", "bytes */105",
      "bytes 100-104/105, bytes 0-1/105", "items 100-104/105", "bytes 100-99999999999999999999/5", "bytes 100-109/110"})
  void part_withAnotherRange_isDiscardedBeforeItIsWritten(String range) throws Exception {
    writePart(100, "\"v1\"");
    server.handle("/part/", exchange -> {
      if (exchange.getRequestHeaders().containsKey("Range")) {
        exchange.getResponseHeaders().set("Content-Range", range);
        body(exchange, 206, "hello");
      } else {
        body(exchange, 200, "whole");
      }
    });
    DownloadReport report = run("/part", Style.SEQUENTIAL, List.of("BR"), OPTIONS);
    assertThat(report.all(FlagOutcome.Saved.class)).as("the second attempt begins anew").singleElement()
        .satisfies(flag -> assertThat(flag.attempts()).isEqualTo(2));
    assertThat(dir.resolve("br.svg")).hasContent("whole");
  }

  private void writePart(int length, String etag) throws IOException {
    Files.write(dir.resolve("br.svg.part"), new byte[length]);
    Files.writeString(dir.resolve("br.svg.part.etag"), etag);
  }

  @Test
  void part_ofAnotherVersion_isNotJoined() throws Exception {
    writePart(100, "\"v1\"");
    server.handle("/part/", exchange -> {
      exchange.getResponseHeaders().set("ETag", "\"v2\"");
      exchange.getResponseHeaders().set("Content-Range", "bytes 100-104/105");
      body(exchange, 206, "hello");
    });
    assertThat(failed("/part", Style.THREADS, OPTIONS.withRetry(Retry.NEVER)).reason()).contains("\"v1\"", "\"v2\"");
    assertThat(files()).isEmpty();
  }

  /** Each connection breaks after some more bytes, so that each attempt resumes. */
  @Test
  void part_thatGrowsWithEachAttempt_endsAtTheLimit() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server.handle("/grow/", exchange -> {
      asked.incrementAndGet();
      String range = exchange.getRequestHeaders().getFirst("Range");
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      exchange.getResponseHeaders().set("ETag", "\"v1\"");
      if (range != null) {
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (from + 89_999) + "/" + (from + 90_000));
      }
      exchange.sendResponseHeaders(range == null ? 200 : 206, 90_000);
      for (int i = 0; i < 60; i++) {
        exchange.getResponseBody().write(ZEROS);
      }
    });
    FlagOutcome.Failed failed = failed("/grow", Style.THREADS, OPTIONS.withLimits(SMALL).withRetry(Retry.times(10)
        .withDelay(Duration.ofMillis(1))));
    assertThat(failed.reason()).contains("larger than 100000 bytes");
    assertThat(failed.attempts()).isEqualTo(2);
    assertThat(asked).hasValue(2);
    assertThat(files()).isEmpty();
  }

  @Test
  void partFile_thatIsTooLongAlready_isNotResumed() throws Exception {
    writePart(100_000, "\"v1\"");
    DownloadReport report = run("/flags", Style.THREADS, List.of("BR"), OPTIONS.withLimits(SMALL));
    assertThat(report.all(FlagOutcome.Saved.class)).singleElement()
        .satisfies(flag -> assertThat(flag.received()).isEqualTo(flag.bytes()));
  }

  @Test
  void redirect_onTheSameServer_isFollowed() throws Exception {
    server.handle("/moved/", exchange -> {
      exchange.getResponseHeaders().set("Location", "/flags/br/br.svg");
      exchange.sendResponseHeaders(302, -1);
    });
    assertThat(run("/moved", Style.THREADS, List.of("BR"), OPTIONS).count(FlagOutcome.Saved.class)).isEqualTo(1);
    DownloadOptions never = OPTIONS.withFresh(true).withLimits(SMALL.withRedirects(Redirects.NEVER));
    assertThat(failed("/moved", Style.THREADS, never).reason()).contains("/flags/br/br.svg", "redirects are not followed");
  }

  @Test
  void redirect_toAnotherServer_isFollowedOnlyIfAllowed() throws Exception {
    try (FlagServer other = FlagServer.start(ServerProfile.of(ServerProfile.Label.LOCAL))) {
      server.handle("/moved/", exchange -> {
        exchange.getResponseHeaders().set("Location", other.uri("/flags/br/br.svg").toString());
        exchange.sendResponseHeaders(307, -1);
      });
      FlagOutcome.Failed failed = failed("/moved", Style.THREADS, OPTIONS);
      assertThat(failed.reason()).contains(server.uri("/moved/br/br.svg").toString(),
          other.uri("/flags/br/br.svg").toString(), "another server", "Redirects.ANYWHERE");
      assertThat(failed.attempts()).isEqualTo(1);
      assertThat(other.stats().requests()).isZero();

      DownloadOptions anywhere = OPTIONS.withLimits(SMALL.withRedirects(Redirects.ANYWHERE));
      assertThat(run("/moved", Style.THREADS, List.of("BR"), anywhere).count(FlagOutcome.Saved.class)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file:///etc/passwd", "http://[::1", "http:///x", "javascript:1", "http://u:p@127.0.0.1/"})
  void redirect_toWhatIsNoUrl_isRefused(String location) throws Exception {
    try (RawServer raw = RawServer.start(out -> out.write(
        ("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1)))) {
      Downloader downloader = new Downloader(raw.base(), folder, OPTIONS);
      DownloadReport report = downloader.run(Style.THREADS, List.of("BR"), arrived::add);
      assertThat(report.all(FlagOutcome.Failed.class)).singleElement()
          .satisfies(flag -> assertThat(flag.reason()).contains(raw.base() + "/br/br.svg", "redirects"));
    }
  }

  @Test
  void redirect_withoutEnd_isGivenUp() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server.handle("/loop/", exchange -> {
      exchange.getResponseHeaders().set("Location", "/loop/" + asked.incrementAndGet());
      exchange.sendResponseHeaders(301, -1);
    });
    assertThat(failed("/loop", Style.THREADS, OPTIONS).reason()).contains("redirects more than 5 times");
    assertThat(asked).hasValue(6);
  }

  @Test
  void compressedBody_isRefused() throws Exception {
    server.handle("/packed/", exchange -> {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      body(exchange, 200, "bomb");
    });
    assertThat(failed("/packed", Style.THREADS, OPTIONS).reason()).contains("'gzip'", "not asked for");
    assertThat(files()).isEmpty();
  }

  /** It is not certain which of them counts. */
  @Test
  void headers_thatAreThereTwice_areRefused() throws Exception {
    server.handle("/twice/", exchange -> {
      exchange.getResponseHeaders().put("Content-Encoding", List.of("identity", "gzip"));
      body(exchange, 200, "bomb");
    });
    assertThat(failed("/twice", Style.THREADS, OPTIONS.withRetry(Retry.NEVER)).reason())
        .contains("Content-Encoding 2 times");
    writePart(100, "\"v1\"");
    server.handle("/ranges/", exchange -> {
      exchange.getResponseHeaders().put("Content-Range", List.of("bytes 100-104/105", "bytes 0-4/5"));
      body(exchange, 206, "hello");
    });
    assertThat(failed("/ranges", Style.THREADS, OPTIONS.withRetry(Retry.NEVER)).reason()).contains("Content-Range 2 times");
    assertThat(files()).isEmpty();
  }

  /** The JDK's own messages quote what the server has sent. */
  @ParameterizedTest
  @ValueSource(strings = {"\u001b]0;title\u0007\r\n\r\n", "HTTP/1.1 \u001b[31m OK\r\n\r\n"})
  void controlCharacters_areEscapedInMessages(String reply) throws Exception {
    try (RawServer raw = RawServer.start(out -> out.write(reply.getBytes(StandardCharsets.ISO_8859_1)))) {
      Downloader downloader = new Downloader(raw.base(), folder,
          OPTIONS.withRetry(Retry.NEVER).withTimeout(Duration.ofSeconds(2)));
      for (Style style : List.of(Style.THREADS, Style.ASYNC)) {
        DownloadReport report = downloader.run(style, List.of("BR"), arrived::add);
        assertThat(report.all(FlagOutcome.Failed.class)).singleElement()
            .satisfies(failed -> assertThat(failed.reason()).contains("x1b").doesNotContainPattern("\\p{Cntrl}"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUGE", "\"\u00e9\u0085\"", "\"a\"b\"", "\"a b\"", "v1", "\"", "W/v1"})
  void etag_thatIsNone_isNotUsed(String etag) throws Exception {
    String value = etag.equals("HUGE") ? "\"" + "e".repeat(300_000) + "\"" : etag;
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    server.handle("/tag/", exchange -> {
      asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match")));
      exchange.getResponseHeaders().set("ETag", value);
      body(exchange, 200, "hello");
    });
    for (int i = 0; i < 2; i++) {
      assertThat(run("/tag", Style.THREADS, List.of("BR"), OPTIONS).count(FlagOutcome.Saved.class)).isEqualTo(1);
      folder.close();
      folder = FlagFolder.open(dir); // what was written can be read
    }
    assertThat(asked).containsExactly("null", "null");
    assertThat(Files.size(dir.resolve("SHA256SUMS"))).isLessThan(300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage\r\n\r\n", "HTTP/1.1 99999 X\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\nx",
      "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nx",
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nx", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\nx", "HTTP/1.1 200 OK\r\nBad\u0000: x\r\n\r\nx",
      "HTTP/1.1 206 X\r\nContent-Range: \r\n\r\n"})
  void reply_thatIsNoHttp_isAFailedFlag(String reply) throws Exception {
    try (RawServer raw = RawServer.start(out -> out.write(reply.getBytes(StandardCharsets.ISO_8859_1)))) {
      Downloader downloader = new Downloader(raw.base(), folder,
          OPTIONS.withRetry(Retry.NEVER).withTimeout(Duration.ofSeconds(2)));
      for (Style style : List.of(Style.THREADS, Style.ASYNC)) {
        DownloadReport report = downloader.run(style, List.of("BR"), arrived::add);
        assertThat(report.outcomes()).singleElement().isInstanceOf(FlagOutcome.Failed.class);
      }
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void headers_withoutEnd_areGivenUp() throws Exception {
    try (RawServer raw = RawServer.start(out -> {
      out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
      while (true) {
        out.write(("X-" + "y".repeat(1000) + ": z\r\n").getBytes(StandardCharsets.US_ASCII));
      }
    })) {
      Downloader downloader = new Downloader(raw.base(), folder, OPTIONS.withRetry(Retry.NEVER));
      DownloadReport report = downloader.run(Style.THREADS, List.of("BR"), arrived::add);
      assertThat(report.all(FlagOutcome.Failed.class)).singleElement()
          .satisfies(flag -> assertThat(flag.reason()).contains("the connection failed"));
    }
  }

  @Test
  void retryAfter_ofThousandsOfYears_isNotWaitedFor() throws Exception {
    server.handle("/busy/", exchange -> {
      exchange.getResponseHeaders().set("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT");
      exchange.sendResponseHeaders(503, -1);
    });
    for (Style style : List.of(Style.THREADS, Style.ASYNC, Style.PROCESSES)) {
      assertThat(failed("/busy", style, OPTIONS).reason()).contains("not retried", "asks for a pause");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../x", "/etc/passwd", "B\nR", "BRA", "", "con", "B/", "é1"})
  void code_thatIsNoCode_isRefused(String code) throws Exception {
    try (FlagClient client = new FlagClient(server.base(), folder, OPTIONS)) {
      assertThatThrownBy(() -> client.download(code)).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("code must be two letters");
    }
    assertThatThrownBy(() -> folder.file(code)).isInstanceOf(IllegalArgumentException.class);
  }
}
