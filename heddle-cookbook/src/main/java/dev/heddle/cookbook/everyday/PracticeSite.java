package dev.heddle.cookbook.everyday;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A web server on the loopback address with thirteen pages that link to each other and twelve accounts. Every fourth page or
 * account is busy at the first request; page 7 and account 7 do not exist. Thread-safe.
 */
public final class PracticeSite implements AutoCloseable {
  static final int PAGES = 13;
  private static final int MISSING = 7;
  private static final int BUSY_MILLIS = 20;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger busiest = new AtomicInteger();

  private PracticeSite(HttpServer server) {
    this.server = server;
  }

  /** Starts the server on a free port. */
  public static PracticeSite start() throws IOException {
    PracticeSite site = new PracticeSite(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    site.server.setExecutor(site.threads);
    site.server.createContext("/", site::answer);
    site.server.start();
    return site;
  }

  /** Returns the address of a path, such as {@code /pages/0}. */
  public URI address(String path) {
    return URI
        .create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + server.getAddress().getPort() + path);
  }

  /** Returns how many requests were in progress at once at the most. */
  public int busiest() {
    return busiest.get();
  }

  /** Returns how often a path was asked for. */
  public int requests(String path) {
    AtomicInteger count = requests.get(path);
    return count == null ? 0 : count.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int request = requests.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
    String key = path + " " + request;
    open.add(key);
    busiest.accumulateAndGet(open.size(), Math::max);
    int number = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
    boolean busy = number % 4 == 3 && number != MISSING && request == 1;
    byte[] body = (path.startsWith("/pages") ? page(number) : 100L * number + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Retry-After-Ms", "" + BUSY_MILLIS);
    open.remove(key); // before the client knows: its next request may come at once
    exchange.sendResponseHeaders(busy ? 503 : number == MISSING ? 404 : 200, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  private static String page(int number) {
    return "Page " + number + "\n/pages/" + (2 * number + 1) % PAGES + "\n/pages/" + (2 * number + 2) % PAGES
        + "\n/pages/0\n";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
