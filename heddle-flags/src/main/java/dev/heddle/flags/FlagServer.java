package dev.heddle.flags;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * An HTTP server on this machine that serves the flags of the world at {@code /flags/br/br.svg}, as the given {@link Site}
 * would.
 *
 * <p>It listens on the loopback address alone, on a free port, and answers each request on a virtual thread of its own. It
 * knows ETag and If-None-Match, Range and If-Range, and HEAD. Other commands and tests add pages with {@link #handle}.
 *
 * <p>Thread-safe. Only {@link #close} blocks, for at most a few seconds; it leaves no thread behind.
 */
public final class FlagServer implements AutoCloseable {
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  static {
    // Without it the server's small writes meet the client's delayed acknowledgements: 40 ms a reply on Linux.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final FlagHandler flags;
  private final LongAdder requests = new LongAdder();
  private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();

  private FlagServer(HttpServer server, Site site) {
    this.server = server;
    this.flags = new FlagHandler(site);
    this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("flag-server-", 1).factory());
  }

  /**
   * Starts a server.
   *
   * @throws IOException if no port can be opened
   */
  public static FlagServer start(Site site) throws IOException {
    Objects.requireNonNull(site, "site must not be null");
    HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FlagServer server = new FlagServer(http, site);
    http.setExecutor(server.threads);
    server.handle(FlagHandler.PATH, server.flags);
    http.start();
    return server;
  }

  /** The address under which the flags are: {@code http://127.0.0.1:PORT/flags}. */
  public URI base() {
    return uri(FlagHandler.PATH.substring(0, FlagHandler.PATH.length() - 1));
  }

  /** The full address of a path on this server. */
  public URI uri(String path) {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path);
  }

  /**
   * Adds a page.
   *
   * @param path where it is, beginning with a slash; it answers everything that begins with it, unless a longer one does
   * @param handler called on a virtual thread for each request, several at once; interrupted when the server closes. The
   *     exchange is closed after it
   */
  public void handle(String path, HttpHandler handler) {
    Objects.requireNonNull(handler, "handler must not be null");
    server.createContext(path, exchange -> {
      requests.increment();
      clients.add(exchange.getRemoteAddress());
      try (exchange) {
        handler.handle(exchange);
      }
    });
  }

  /**
   * What has been asked of a server so far.
   *
   * @param requests how many requests came
   * @param connections over how many connections they came
   */
  public record Stats(long requests, int connections) {}

  /** What has been asked of this server so far. */
  public Stats stats() {
    return new Stats(requests.sum(), clients.size());
  }

  /** Forgets what was asked for, so that the next run sees the same delays and failures as the first. */
  public void reset() {
    flags.reset();
    requests.reset();
    clients.clear();
  }

  /** Stops listening, interrupts the replies under way and waits for their threads to end. Calling it again does nothing. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(CLOSE_WITHIN.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException(
            "a page of the flag server is still being served " + CLOSE_WITHIN.toSeconds()
                + " s after it was interrupted; make its handler end when its thread is interrupted");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the threads were told to end; only the wait for them is given up
    }
  }
}
