package dev.heddle.cli.top;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.heddle.cli.json.JsonText;
import dev.heddle.cli.live.FrameText.Sort;
import dev.heddle.cli.live.TargetException;
import dev.heddle.cli.live.Watch;
import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The view as a page for browsers on this machine: read only, on the loopback address, with a token in its address that other
 * users and pages do not know. A request whose Host is not that address is refused, so that a name which an attacker points to
 * this machine (DNS rebinding) does not reach it.
 *
 * <p>The program is looked at when a page asks, and not more often than the period. Thread-safe.
 */
final class WebView {
  private static final Duration ALIVE_CHECK = Duration.ofSeconds(1);

  private final Watch watch;
  private final long period;
  private final String token = random();
  private final TopView view; // guarded by this, like those below
  private @Nullable Long looked;
  private String problem = "";

  WebView(Watch watch, Duration period) {
    this.watch = watch;
    this.period = period.toNanos();
    this.view = new TopView(watch.process(), Sort.AGE, "");
  }

  private static String random() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Serves until the program ends or the calling thread is interrupted. */
  int serve(int port, PrintWriter out) throws IOException, TargetException, InterruptedException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    try (Executor threads = ThreadPool.virtual()) {
      int bound = server.getAddress().getPort();
      Set<String> hosts = Set.of("127.0.0.1:" + bound, "localhost:" + bound, "[::1]:" + bound);
      server.setExecutor(threads);
      server.createContext("/", exchange -> answer(exchange, hosts));
      server.start();
      out.println("http://127.0.0.1:" + bound + "/?token=" + token);
      out.println("The page shows the program until Ctrl-C; the address is the key to it.");
      out.flush();
      while (watch.process().isAlive()) {
        Thread.sleep(ALIVE_CHECK);
      }
      throw watch.process().ended();
    } finally {
      server.stop(0);
    }
  }

  private void answer(HttpExchange exchange, Set<String> hosts) throws IOException {
    try (exchange) {
      Headers head = exchange.getResponseHeaders();
      head.set("Cache-Control", "no-store");
      head.set("X-Content-Type-Options", "nosniff");
      head.set("Referrer-Policy", "no-referrer"); // the address holds the token
      head.set("Content-Security-Policy", "default-src 'none'");
      String host = exchange.getRequestHeaders().getFirst("Host");
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
        send(exchange, 403, "text/plain", "this page is for the loopback address only");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, 405, "text/plain", "this page can be read only");
      } else if (!isToken(query.getOrDefault("token", ""))) {
        send(exchange, 403, "text/plain",
            "the token in the address is missing or wrong; copy the address that heddle top printed");
      } else if (exchange.getRequestURI().getPath().equals("/")) {
        String nonce = random();
        head.set("Content-Security-Policy",
            "default-src 'none'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                + " form-action 'none'; script-src 'nonce-" + nonce + "'; style-src 'nonce-" + nonce + "'");
        send(exchange, 200, "text/html", page().replace("{nonce}", nonce));
      } else if (exchange.getRequestURI().getPath().equals("/frame")) {
        send(exchange, 200, "application/json", frame(query));
      } else {
        send(exchange, 404, "text/plain", "there is nothing here");
      }
    }
  }

  /** Takes the same time for every wrong token. */
  private boolean isToken(String given) {
    return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized String frame(Map<String, String> query) {
    Long before = looked;
    if (before == null || System.nanoTime() - before >= period) {
      look();
      looked = System.nanoTime();
    }
    view.filter(query.getOrDefault("filter", ""));
    view.sortBy(sort(query.getOrDefault("sort", "")));
    return JsonText.line(Map.of(
        "problem", problem, "period", period / 1_000_000, "lines", List.copyOf(view.lines(columns(query.get("columns"))))));
  }

  private void look() {
    try {
      view.next(watch.look());
      problem = "";
    } catch (TargetException | IOException e) {
      problem = String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Sort sort(String name) {
    for (Sort each : Sort.values()) {
      if (each.name().equalsIgnoreCase(name)) {
        return each;
      }
    }
    return Sort.AGE;
  }

  private static int columns(@Nullable String text) {
    try {
      return Math.clamp(Integer.parseInt(Objects.requireNonNullElse(text, "80")), 40, 200);
    } catch (NumberFormatException e) {
      return 80;
    }
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new HashMap<>();
    for (String each : Objects.requireNonNullElse(raw, "").split("&")) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        try {
          query.put(each.substring(0, equals), URLDecoder.decode(each.substring(equals + 1), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          // no such parameter, then
        }
      }
    }
    return query;
  }

  private static String page() throws IOException {
    try (InputStream page = WebView.class.getResourceAsStream("top.html")) {
      return new String(Objects.requireNonNull(page, "top.html is missing").readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
