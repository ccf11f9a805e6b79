package dev.heddle.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.heddle.flags.digest.Sha256;
import dev.heddle.flags.server.FlagImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FlagClientTest {
  @TempDir
  private Path dir;
  private FlagServer server;
  private FlagFolder folder;
  private byte[] brazil;
  private String etag;

  @BeforeEach
  void start() throws IOException {
    server = FlagServer.start(ServerProfile.of(ServerProfile.Label.LOCAL));
    folder = FlagFolder.open(dir);
    FlagImages.Image image = Objects.requireNonNull(FlagImages.load("BR"));
    brazil = image.bytes;
    etag = image.etag;
  }

  @AfterEach
  void stop() throws Exception {
    folder.close();
    server.close();
    Leaks.assertNone();
  }

  private FlagClient client(String path, Duration timeout) {
    return new FlagClient(server.uri(path), folder, timeout, false);
  }

  private FlagOutcome download(String path) throws Exception {
    try (FlagClient client = client(path, Duration.ofSeconds(20))) {
      return client.download("BR");
    }
  }

  private List<String> files() throws IOException {
    try (var list = Files.list(dir)) {
      return list.map(file -> file.getFileName().toString()).filter(name -> !name.equals(".lock")).sorted().toList();
    }
  }

  /** Announces the whole image, and breaks off after some bytes. */
  private void breakOff(HttpExchange exchange, int after) throws IOException {
    exchange.getResponseHeaders().set("ETag", etag);
    exchange.sendResponseHeaders(200, brazil.length);
    exchange.getResponseBody().write(brazil, 0, after);
    exchange.getResponseBody().flush();
  }

  @Test
  void download_flag_saved() throws Exception {
    assertThat(download("/flags"))
        .isEqualTo(new FlagOutcome.Saved(
            "BR", 1, dir.resolve("br.svg"), brazil.length, brazil.length, Sha256.of(brazil)));
    assertThat(dir.resolve("br.svg")).hasBinaryContent(brazil);
    assertThat(files()).containsExactly("br.svg");
  }

  @Test
  void download_noSuchFlag_notFoundAndNoFile() throws Exception {
    try (FlagClient client = client("/flags", Duration.ofSeconds(20))) {
      assertThat(client.download("ZZ")).isEqualTo(new FlagOutcome.NotFound("ZZ", 1));
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void download_manyFlags_oneConnection() throws Exception {
    try (FlagClient client = client("/flags", Duration.ofSeconds(20))) {
      for (String code : Countries.POP20) {
        client.download(code);
      }
    }
    assertThat(server.stats()).isEqualTo(new FlagServer.Stats(20, 1));
  }

  @Test
  void download_unchanged_notDownloadedAgain() throws Exception {
    download("/flags");
    assertThat(download("/flags")).isEqualTo(new FlagOutcome.Unchanged("BR", 1, dir.resolve("br.svg")));
  }

  @Test
  void download_fresh_downloadedAgain() throws Exception {
    download("/flags");
    try (FlagClient client = new FlagClient(server.base(), folder, Duration.ofSeconds(20), true)) {
      assertThat(client.download("BR")).isInstanceOf(FlagOutcome.Saved.class);
    }
  }

  @Test
  void download_fileChangedSince_downloadedAgain() throws Exception {
    download("/flags");
    Files.writeString(dir.resolve("br.svg"), "scribbled over");
    assertThat(download("/flags")).isInstanceOf(FlagOutcome.Saved.class);
    assertThat(dir.resolve("br.svg")).hasBinaryContent(brazil);
  }

  @Test
  void download_connectionBreaks_goesOnNextTime() throws Exception {
    server.handle("/broken/", exchange -> breakOff(exchange, 100));
    assertThatThrownBy(() -> download("/broken"))
        .isInstanceOf(FlagException.Transfer.class)
        .hasMessageContaining("the connection failed");
    assertThat(files()).containsExactly("br.svg.part", "br.svg.part.etag");

    assertThat(download("/flags"))
        .isEqualTo(new FlagOutcome.Saved(
            "BR", 1, dir.resolve("br.svg"), brazil.length, brazil.length - 100, Sha256.of(brazil)));
    assertThat(dir.resolve("br.svg")).hasBinaryContent(brazil);
    assertThat(files()).containsExactly("br.svg");
  }

  @Test
  void download_partOfAnotherVersion_startsAgain() throws Exception {
    Files.write(dir.resolve("br.svg.part"), new byte[100]);
    Files.writeString(dir.resolve("br.svg.part.etag"), "\"older\"");
    assertThat(((FlagOutcome.Saved) download("/flags")).received()).isEqualTo(brazil.length);
    assertThat(dir.resolve("br.svg")).hasBinaryContent(brazil);
  }

  @Test
  void download_partWithoutVersion_startsAgain() throws Exception {
    Files.write(dir.resolve("br.svg.part"), new byte[100]);
    assertThat(((FlagOutcome.Saved) download("/flags")).received()).isEqualTo(brazil.length);
    assertThat(dir.resolve("br.svg")).hasBinaryContent(brazil);
  }

  @Test
  void download_partIsWholeAlready_discarded() throws Exception {
    Files.write(dir.resolve("br.svg.part"), brazil);
    Files.writeString(dir.resolve("br.svg.part.etag"), etag);
    assertThatThrownBy(() -> download("/flags")).isInstanceOf(FlagException.Transfer.class);
    assertThat(files()).isEmpty();
  }

  @Test
  void download_serverSendsAnotherRange_refused() throws Exception {
    Files.write(dir.resolve("br.svg.part"), Arrays.copyOf(brazil, 100));
    Files.writeString(dir.resolve("br.svg.part.etag"), etag);
    server.handle("/wrong/", exchange -> {
      exchange.getResponseHeaders().set("Content-Range", "bytes 50-59/60");
      exchange.sendResponseHeaders(206, 10);
      exchange.getResponseBody().write(new byte[10]);
    });
    assertThatThrownBy(() -> download("/wrong")).hasMessageContaining("bytes 50-59/60");
    assertThat(files()).isEmpty();
  }

  @Test
  void download_breaksOff_olderFileStaysWhole() throws Exception {
    download("/flags");
    server.handle("/broken/", exchange -> breakOff(exchange, 100));
    try (FlagClient client = new FlagClient(server.uri("/broken"), folder, Duration.ofSeconds(20), true)) {
      assertThatThrownBy(() -> client.download("BR")).isInstanceOf(FlagException.Transfer.class);
    }
    assertThat(dir.resolve("br.svg")).hasBinaryContent(brazil);
  }

  @Test
  void download_bodyTakesTooLong_failsInTime() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    server.handle("/slow/", exchange -> {
      breakOff(exchange, 100); // the headers are there in time, and some of the body
      await(never);
    });
    try (FlagClient client = client("/slow", Duration.ofMillis(300))) {
      assertThatThrownBy(() -> client.download("BR"))
          .isInstanceOf(FlagException.Transfer.class)
          .hasMessageContaining("no complete answer within 300 ms");
    }
    assertThat(files()).doesNotContain("br.svg");
  }

  @Test
  void download_headersTakeTooLong_failsInTime() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    server.handle("/slow/", exchange -> await(never));
    try (FlagClient client = client("/slow", Duration.ofMillis(300))) {
      assertThatThrownBy(() -> client.download("BR")).hasMessageContaining("within 300 ms");
    }
    assertThat(files()).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server closes
    }
  }

  @Test
  void download_interrupted_noFile() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    server.handle("/slow/", exchange -> {
      asked.countDown();
      await(never);
    });
    BlockingQueue<Object> thrown = new ArrayBlockingQueue<>(1);
    Thread thread = Thread.ofVirtual().start(() -> {
      try {
        thrown.add(download("/slow"));
      } catch (Exception e) {
        thrown.add(e);
      }
    });
    asked.await();
    thread.interrupt();
    assertThat(thrown.take()).isInstanceOf(InterruptedException.class);
    assertThat(files()).isEmpty();
  }

  @Test
  void download_otherStatus_saysWhich() throws Exception {
    server.handle("/busy/", exchange -> {
      exchange.getResponseHeaders().set("Retry-After", "7");
      exchange.sendResponseHeaders(429, -1);
    });
    assertThatThrownBy(() -> download("/busy")).isInstanceOfSatisfying(FlagException.Status.class, e -> {
      assertThat(e.status()).isEqualTo(429);
      assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7));
      assertThat(e).hasMessage("the server answered 429 (too many requests)");
    });
    assertThat(files()).isEmpty();
  }

  @Test
  void download_retryAfterDate_isWaitedFor() throws Exception {
    server.handle("/busy/", exchange -> {
      exchange.getResponseHeaders().set("Retry-After", "Fri, 31 Dec 2100 23:59:59 GMT");
      exchange.sendResponseHeaders(503, -1);
    });
    assertThatThrownBy(() -> download("/busy")).isInstanceOfSatisfying(
        FlagException.Status.class, e -> assertThat(e.retryAfter()).isGreaterThan(Duration.ofDays(365)));
  }

  @Test
  void download_serverGone_connectionFailed() throws Exception {
    server.close();
    assertThatThrownBy(() -> download("/flags"))
        .isInstanceOf(FlagException.Transfer.class)
        .hasMessageContaining("the connection failed: ");
  }
}
