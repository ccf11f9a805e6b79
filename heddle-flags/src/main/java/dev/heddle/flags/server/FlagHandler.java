package dev.heddle.flags.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.heddle.flags.ServerProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The HTTP handler that serves flags with the delays and failures of a {@link ServerProfile}. Thread-safe. */
public final class FlagHandler implements HttpHandler {
  /** The path below which the flags are. */
  public static final String PATH = "/flags/";

  private static final Pattern FLAG = Pattern.compile(PATH + "([a-z]{2})/\\1\\.svg");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
  private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter
      .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final ServerProfile profile;
  private final ConcurrentHashMap<String, Integer> asked = new ConcurrentHashMap<>();

  /** Creates a handler. */
  public FlagHandler(ServerProfile profile) {
    this.profile = profile;
  }

  /** Resets the request counts, so that delays and failures start anew. */
  public void reset() {
    asked.clear();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("GET") && !exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      text(exchange, 405, "only GET and HEAD are served here");
      return;
    }
    Matcher flag = FLAG.matcher(exchange.getRequestURI().getPath());
    if (!flag.matches()) {
      text(exchange, 404, "flags are at " + PATH + "br/br.svg");
      return;
    }
    String code = flag.group(1).toUpperCase(Locale.ROOT);
    ResponsePlan plan = ResponsePlan.of(profile, code, asked.merge(code, 1, Integer::sum));
    try {
      Thread.sleep(plan.delay());
    } catch (InterruptedException e) {
      return; // the server is closing; the caller closes the exchange
    }
    switch (plan.status()) {
      case 200 -> image(exchange, code);
      case 418 -> text(exchange, 418, "I'm a teapot");
      default -> text(exchange, plan.status(), "too busy, come again");
    }
  }

  private static void image(HttpExchange exchange, String code) throws IOException {
    FlagImages.Image image = FlagImages.load(code);
    if (image == null) {
      text(exchange, 404, "there is no flag for " + code);
      return;
    }
    Headers asked = exchange.getRequestHeaders();
    Headers headers = exchange.getResponseHeaders();
    headers.set("ETag", image.etag);
    headers.set("Last-Modified", HTTP_DATE.format(Instant.ofEpochMilli(image.lastModified)));
    headers.set("Accept-Ranges", "bytes");
    headers.set("Content-Type", "image/svg+xml");
    if (matches(asked.getFirst("If-None-Match"), image.etag)) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    int length = image.bytes.length;
    Range range = range(asked, image.etag, length);
    if (range == null) {
      body(exchange, 200, image.bytes);
    } else if (range.from() >= length) {
      headers.set("Content-Range", "bytes */" + length);
      exchange.sendResponseHeaders(416, -1);
    } else {
      headers.set("Content-Range", "bytes " + range.from() + "-" + (range.end() - 1) + "/" + length);
      body(exchange, 206, Arrays.copyOfRange(image.bytes, range.from(), range.end()));
    }
  }

  private static boolean matches(@Nullable String ifNoneMatch, String etag) {
    return ifNoneMatch != null
        && Arrays.stream(ifNoneMatch.split(",")).map(String::strip).anyMatch(each -> each.equals("*") || each.equals(etag));
  }

  /** A range of bytes, without the end. */
  private record Range(int from, int end) {}

  /** Returns the requested range; null for the whole image, also if the range is malformed or If-Range does not match. */
  private static @Nullable Range range(Headers asked, String etag, int length) {
    String ifRange = asked.getFirst("If-Range");
    String header = asked.getFirst("Range");
    Matcher range = RANGE.matcher(header == null ? "" : header);
    if (!range.matches() || (ifRange != null && !ifRange.equals(etag))) {
      return null;
    }
    if (range.group(1).isEmpty()) {
      if (range.group(2).isEmpty()) {
        return null;
      }
      long last = Math.min(length, Long.parseLong(range.group(2)));
      return new Range((int) (length - last), length);
    }
    long from = Long.parseLong(range.group(1));
    long end = range.group(2).isEmpty() ? length : Math.min(length, Long.parseLong(range.group(2)) + 1);
    if (from >= length) {
      return new Range(length, length);
    }
    return end <= from ? null : new Range((int) from, (int) end);
  }

  private static void text(HttpExchange exchange, int status, String text) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    body(exchange, status, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void body(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
