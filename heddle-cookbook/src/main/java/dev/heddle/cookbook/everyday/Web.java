package dev.heddle.cookbook.everyday;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** The client's side of the web programs: fetches one thing, once. Thread-safe; {@code close} ends its threads. */
public final class Web implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A page of a site. */
  public record Page(String title, List<URI> links) {}

  /** A server that is busy, and says after which pause it may be asked again. */
  public static final class Busy extends IOException {
    private final transient Duration retryAfter;

    Busy(Duration retryAfter) {
      super("the server is busy");
      this.retryAfter = retryAfter;
    }

    /** Returns the pause that the server asks for. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** Fetches a page: a title in the first line, links in the others. */
  public Page page(URI address) throws IOException, InterruptedException {
    List<String> lines = get(address).lines().toList();
    return new Page(lines.getFirst(), lines.stream().skip(1).map(address::resolve).toList());
  }

  /** Fetches a number. */
  public long number(URI address) throws IOException, InterruptedException {
    return Long.parseLong(get(address).strip());
  }

  private String get(URI address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(LONGEST).build();
    HttpResponse<String> reply = http.send(request, BodyHandlers.ofString());
    if (reply.statusCode() == 429 || reply.statusCode() == 503) {
      throw new Busy(Duration.ofMillis(reply.headers().firstValueAsLong("Retry-After-Ms").orElse(0)));
    }
    if (reply.statusCode() != 200) {
      throw new IOException("status " + reply.statusCode());
    }
    return reply.body();
  }

  @Override
  public void close() {
    http.close();
  }
}
