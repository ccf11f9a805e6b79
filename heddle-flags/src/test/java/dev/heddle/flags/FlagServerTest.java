package dev.heddle.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.flags.server.FlagImages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FlagServerTest {
  private final HttpClient http = HttpClient.newHttpClient();
  private FlagServer server;
  private byte[] brazil;

  @BeforeEach
  void start() throws IOException {
    server = FlagServer.start(ServerProfile.of(ServerProfile.Label.LOCAL));
    brazil = Objects.requireNonNull(FlagImages.load("BR")).bytes;
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.close();
    http.close();
    Leaks.assertNone();
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> reply, String name) {
    return reply.headers().firstValue(name).orElse("");
  }

  @Test
  void get_flag_wholeImageAndItsVersion() throws Exception {
    HttpResponse<byte[]> reply = get("/flags/br/br.svg");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(brazil);
    assertThat(header(reply, "ETag")).matches("\"[0-9a-f]{32}\"");
    assertThat(header(reply, "Last-Modified")).matches("\\w{3}, \\d{2} \\w{3} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT");
    assertThat(header(reply, "Content-Length")).isEqualTo("" + brazil.length);
    assertThat(header(reply, "Content-Type")).isEqualTo("image/svg+xml");
  }

  @Test
  void get_versionKnownAlready_notModified() throws Exception {
    String etag = header(get("/flags/br/br.svg"), "ETag");
    assertThat(get("/flags/br/br.svg", "If-None-Match", "\"other\", " + etag).statusCode()).isEqualTo(304);
    assertThat(get("/flags/br/br.svg", "If-None-Match", "*").statusCode()).isEqualTo(304);
    assertThat(get("/flags/br/br.svg", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void get_range_thatPart() throws Exception {
    HttpResponse<byte[]> rest = get("/flags/br/br.svg", "Range", "bytes=10-");
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(brazil, 10, brazil.length));
    assertThat(header(rest, "Content-Range")).isEqualTo("bytes 10-" + (brazil.length - 1) + "/" + brazil.length);
    assertThat(get("/flags/br/br.svg", "Range", "bytes=10-19").body()).isEqualTo(Arrays.copyOfRange(brazil, 10, 20));
    assertThat(get("/flags/br/br.svg", "Range", "bytes=-5").body())
        .isEqualTo(Arrays.copyOfRange(brazil, brazil.length - 5, brazil.length));
  }

  @Test
  void get_rangeOfAnotherVersion_whole() throws Exception {
    HttpResponse<byte[]> reply = get("/flags/br/br.svg", "Range", "bytes=10-", "If-Range", "\"other\"");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(brazil);
  }

  @Test
  void get_rangeBehindTheEnd_notSatisfiable() throws Exception {
    HttpResponse<byte[]> reply = get("/flags/br/br.svg", "Range", "bytes=" + brazil.length + "-");
    assertThat(reply.statusCode()).isEqualTo(416);
    assertThat(header(reply, "Content-Range")).isEqualTo("bytes */" + brazil.length);
  }

  @Test
  void get_rangeThatMakesNoSense_whole() throws Exception {
    for (String range : new String[]{"bytes=-", "bytes=9-3", "bytes=1-2,4-5", "lines=1-"}) {
      assertThat(get("/flags/br/br.svg", "Range", range).statusCode()).as(range).isEqualTo(200);
    }
  }

  @Test
  void get_noSuchFlag_notFound() throws Exception {
    assertThat(get("/flags/zz/zz.svg").statusCode()).isEqualTo(404);
    assertThat(get("/flags/br/us.svg").statusCode()).isEqualTo(404);
    assertThat(get("/flags/../../etc/passwd").statusCode()).isEqualTo(404);
  }

  @Test
  void head_noBody() throws Exception {
    HttpRequest head = HttpRequest.newBuilder(server.uri("/flags/br/br.svg")).HEAD().build();
    HttpResponse<byte[]> reply = http.send(head, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(header(reply, "Content-Length")).isEqualTo("" + brazil.length);
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void put_notAllowed() throws Exception {
    HttpRequest put = HttpRequest.newBuilder(server.uri("/flags/br/br.svg"))
        .PUT(HttpRequest.BodyPublishers.ofString("x")).build();
    assertThat(http.send(put, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  @Test
  void handle_furtherPage_served() throws Exception {
    server.handle("/hello", exchange -> exchange.sendResponseHeaders(204, -1));
    assertThat(get("/hello").statusCode()).isEqualTo(204);
  }

  @Test
  void reset_sameFatesAgain() throws Exception {
    server.close();
    ServerProfile failing = ServerProfile.of(ServerProfile.Label.ERROR).withDelay(java.time.Duration.ZERO,
        java.time.Duration.ZERO);
    server = FlagServer.start(failing);
    int[] first = statuses();
    assertThat(statuses()).isNotEqualTo(first);
    server.reset();
    assertThat(server.stats()).isEqualTo(new FlagServer.Stats(0, 0));
    assertThat(statuses()).isEqualTo(first);
    assertThat(server.stats().requests()).isEqualTo(20);
  }

  private int[] statuses() throws Exception {
    int[] statuses = new int[20];
    for (int i = 0; i < statuses.length; i++) {
      String cc = Countries.lower(Countries.POP20.get(i));
      statuses[i] = get("/flags/" + cc + "/" + cc + ".svg").statusCode();
    }
    return statuses;
  }

  @Test
  void base_loopbackOnly() {
    URI base = server.base();
    assertThat(base.getHost()).isEqualTo("127.0.0.1");
    assertThat(base.getPath()).isEqualTo("/flags");
  }

  @Test
  void close_handlerAtWork_interrupted() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    server.handle("/stuck", exchange -> {
      reached.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
    });
    var reply = http.sendAsync(
        HttpRequest.newBuilder(server.uri("/stuck")).build(), HttpResponse.BodyHandlers.discarding());
    reached.await();
    server.close();
    interrupted.await();
    assertThat(reply).failsWithin(java.time.Duration.ofSeconds(10));
  }
}
