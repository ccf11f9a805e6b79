package dev.heddle.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Retry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replies that break the rules of HTTP, or use them to keep a client busy: kinds that curl, aria2, wget and requests have had reports about.
 * None hangs beyond the time-out, none is saved as a flag, and all that is received counts.
 */
@Timeout(60)
final class HostileHttpTest extends DownloaderFixture {
  private static final DownloadOptions ONCE = OPTIONS.withRetry(Retry.NEVER).withTimeout(Duration.ofSeconds(2));

  /** A beginning, and what follows it again and again. */
  record Lie(String name, String first, String again) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Lie> lies() {
    return List.of(
        new Lie("informational replies without end", "", "HTTP/1.1 100 Continue\r\n\r\n"),
        new Lie("early hints without end", "", "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n"),
        new Lie("a status line without end", "HTTP/1.1 200 ", "O"),
        new Lie("a header line without end", "HTTP/1.1 200 OK\r\nX: ", "x"),
        new Lie("a chunk's extension without end", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=", "x"),
        new Lie("chunks without end", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"),
        new Lie("zeros before a chunk's size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "0"),
        new Lie("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 5\r\n\r\nx", ""),
        new Lie("a length beside chunks",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", ""),
        new Lie("a length cut short", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nxxxx", ""),
        new Lie("a chunk cut short", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nxxxx", ""),
        new Lie("chunks without their end", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n", ""),
        new Lie("a folded header", "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n", "\r\n"),
        new Lie("not modified, unasked", "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n", ""),
        new Lie("another protocol", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "x"),
        new Lie("no content", "HTTP/1.1 204 No Content\r\n\r\n", ""),
        new Lie("a login", "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n", ""),
        new Lie("a proxy's login", "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n",
            ""),
        new Lie("a failure's body without end", "HTTP/1.1 500 No\r\n\r\n", "x"),
        new Lie("a redirect's body without end", "HTTP/1.1 302 No\r\nLocation: /flags/br/br.svg\r\n\r\n", "x"));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void lie_isAFailedFlag(Lie lie) throws Exception {
    byte[] again = lie.again().repeat(1000).getBytes(StandardCharsets.ISO_8859_1);
    try (RawServer raw = RawServer.start(out -> {
      out.write(lie.first().getBytes(StandardCharsets.ISO_8859_1));
      while (again.length > 0) {
        out.write(again); // until the client closes the connection
      }
    })) {
      Downloader downloader = new Downloader(raw.base(), folder,
          ONCE.withLimits(TransferLimits.defaults().withMaxFileBytes(100_000)));
      for (Style style : List.of(Style.THREADS, Style.ASYNC)) {
        DownloadReport report = downloader.run(style, List.of("BR"), arrived::add);
        assertThat(report.outcomes()).singleElement().isInstanceOf(FlagOutcome.Failed.class);
      }
    }
    assertThat(files()).isEmpty();
  }

  /** The body is whole before them, so they are not waited for. */
  @Test
  void trailers_withoutEnd_areLeftBehind() throws Exception {
    try (RawServer raw = RawServer.start(out -> {
      out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n".getBytes(StandardCharsets.US_ASCII));
      while (true) {
        out.write("X: x\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII));
      }
    })) {
      DownloadReport report = new Downloader(raw.base(), folder, ONCE).run(Style.THREADS, List.of("BR"), arrived::add);
      assertThat(report.outcomes()).singleElement().isInstanceOf(FlagOutcome.Saved.class);
    }
  }

  @Test
  void header_aByteAtATime_endsAtTheTimeOut() throws Exception {
    try (RawServer raw = RawServer.start(out -> {
      while (true) {
        out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        try {
          Thread.sleep(50);
        } catch (InterruptedException e) {
          return;
        }
      }
    })) {
      DownloadReport report = new Downloader(raw.base(), folder, ONCE.withTimeout(Duration.ofMillis(300)))
          .run(Style.THREADS, List.of("BR"), arrived::add);
      assertThat(report.outcomes()).singleElement().isInstanceOf(FlagOutcome.Failed.class);
    }
  }

  @Test
  void bodies_thatAreDiscarded_countInAll() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    server.handle("/busy/", exchange -> {
      asked.incrementAndGet();
      byte[] body = new byte[60_000];
      exchange.sendResponseHeaders(503, body.length);
      exchange.getResponseBody().write(body);
    });
    TransferLimits limits = new TransferLimits(100_000, 200_000, Redirects.SAME_SERVER);
    DownloadReport report = run("/busy", Style.SEQUENTIAL, List.of("BR", "CN"), OPTIONS.withLimits(limits)
        .withRetry(Retry.times(100).withDelay(Duration.ofMillis(1)).withMaxDelay(Duration.ofMillis(1))));
    assertThat(report.all(FlagOutcome.Failed.class)).hasSize(2)
        .allSatisfy(flag -> assertThat(flag.reason()).contains("more than 200000 bytes", "maxTotalBytes"));
    assertThat(asked).as("60,000 bytes each").hasValue(4);
  }
}
