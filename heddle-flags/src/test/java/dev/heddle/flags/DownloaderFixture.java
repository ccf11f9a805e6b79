package dev.heddle.flags;

import com.sun.net.httpserver.HttpExchange;
import dev.heddle.futures.Retry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server of flags and a folder for them, and runs that keep what arrives. */
abstract class DownloaderFixture {
  static final Retry QUICK = Retry.times(4).withDelay(Duration.ofMillis(1)).withMaxDelay(Duration.ofMillis(1));
  static final DownloadOptions OPTIONS = DownloadOptions.defaults().withRetry(QUICK).withTimeout(Duration.ofSeconds(30));

  @TempDir
  Path dir;
  FlagServer server;
  FlagFolder folder;
  final List<FlagOutcome> arrived = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = FlagServer.start(ServerProfile.of(ServerProfile.Label.LOCAL));
    folder = FlagFolder.open(dir);
  }

  @AfterEach
  void stop() throws Exception {
    folder.close();
    server.close();
    Leaks.assertNone();
  }

  final DownloadReport run(String path, Style style, List<String> codes, DownloadOptions options) throws Exception {
    return new Downloader(server.uri(path), folder, options).run(style, codes, arrived::add);
  }

  final List<String> files() throws IOException {
    try (var list = Files.list(dir)) {
      return list.map(file -> file.getFileName().toString()).filter(name -> name.contains(".svg")).sorted().toList();
    }
  }

  static void image(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 3);
    exchange.getResponseBody().write(new byte[3]);
  }
}
