package dev.heddle.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.flags.FlagServer;
import dev.heddle.flags.ServerProfile;
import dev.heddle.images.render.FlagRenderer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UploadsTest {
  private final Uploads uploads = new Uploads();
  private FlagServer server;
  private ImageClient client;

  @BeforeEach
  void start() throws IOException {
    server = FlagServer.start(ServerProfile.of(ServerProfile.Label.LOCAL));
    server.handle(Uploads.PATH, uploads);
    client = new ImageClient(server.base(), server.uri(Uploads.PATH), Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void upload_isKeptAsItIs() throws Exception {
    Thumbnail brazil = FlagRenderer.resize(FlagRenderer.render(client.download("BR"), 64), List.of(64)).getFirst();

    client.upload(brazil);

    assertThat(uploads.sizes()).containsOnlyKeys("br-64.png");
    assertThat(uploads.file("br-64.png")).isEqualTo(brazil.png());
    assertThat(send("GET", "br-64.png", null).body()).isEqualTo(brazil.png());
  }

  @Test
  void upload_again_replacesTheFile() throws Exception {
    byte[] first = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 1};
    byte[] second = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 2};

    assertThat(send("PUT", "br-64.png", first).statusCode()).isEqualTo(201);
    assertThat(send("PUT", "br-64.png", second).statusCode()).isEqualTo(200);
    assertThat(uploads.file("br-64.png")).isEqualTo(second);
  }

  @Test
  void upload_ofAnythingElse_isRefused() throws Exception {
    assertThat(send("PUT", "br-64.png", new byte[]{1, 2, 3}).statusCode()).isEqualTo(415);
    assertThat(send("PUT", "br-64.png", new byte[5 << 20]).statusCode()).isEqualTo(413);
    assertThat(send("PUT", "..%2Fbr.png", new byte[0]).statusCode()).isEqualTo(404);
    assertThat(send("DELETE", "br-64.png", null).statusCode()).isEqualTo(405);
    assertThat(uploads.sizes()).isEmpty();
  }

  @Test
  void download_ofACountryThatDoesNotExist_saysSo() {
    assertThatThrownBy(() -> client.download("ZZ"))
        .isInstanceOf(ImagesException.Transfer.class)
        .hasMessageContaining("the flag of ZZ: the server answered 404");
  }

  private HttpResponse<byte[]> send(String method, String name, byte @Nullable [] body) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest.BodyPublisher publisher = body == null
          ? HttpRequest.BodyPublishers.noBody()
          : HttpRequest.BodyPublishers.ofByteArray(body);
      HttpRequest request = HttpRequest.newBuilder(server.uri(Uploads.PATH + name)).method(method, publisher).build();
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
  }
}
