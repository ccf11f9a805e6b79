package dev.heddle.flags;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.heddle.flags.server.FlagHandler;
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
 * An HTTP server on this machine that serves flags at {@code /flags/br/br.svg}, with the delays and failures of a {@link
 * ServerProfile}.
 *
 * <p>It listens on a free port of the loopback address only, and answers each request on a virtual thread. It supports ETag,
 * If-None-Match, Range, If-Range and HEAD. {@link #handle} adds handlers for further paths.
 *
 * <p>Thread-safe. Only {@link #close} blocks, for at most a few seconds; all its threads have ended then.
 */
public final class FlagServer implements AutoCloseable {
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  static {
    // Without TCP_NODELAY, small writes wait for the client's delayed acknowledgement: 40 ms a reply on Linux.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final FlagHandler flags;
  private final LongAdder requests = new LongAdder();
  private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();

  private FlagServer(HttpServer server, ServerProfile profile) {
    this.server = server;
    this.flags = new FlagHandler(profile);
    this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("flag-server-", 1).factory());
  }

  /**
   * Starts a server.
   *
   * @throws IOException if no port can be opened
   */
  public static FlagServer start(ServerProfile profile) throws IOException {
    Objects.requireNonNull(profile, "profile must not be null");
    HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FlagServer server = new FlagServer(http, profile);
    http.setExecutor(server.threads);
    server.handle(FlagHandler.PATH, server.flags);
    http.start();
    return server;
  }

  /** The base address of the flags: {@code http://127.0.0.1:PORT/flags}. */
  public URI base() {
    return uri(FlagHandler.PATH.substring(0, FlagHandler.PATH.length() - 1));
  }

  /** The full address of a path on this server. */
  public URI uri(String path) {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path);
  }

  /**
   * Adds a handler for a path.
   *
   * @param path the prefix of the paths to handle, beginning with a slash; the longest matching prefix wins
   * @param handler called on a virtual thread for each request, concurrently; interrupted when the server closes. The
   *     exchange is closed when it returns
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
   * The counts of a server.
   *
   * @param requests the number of requests
   * @param connections the number of connections on which they arrived
   */
  public record Stats(long requests, int connections) {}

  /** Returns the counts since the start, or the last {@link #reset}. */
  public Stats stats() {
    return new Stats(requests.sum(), clients.size());
  }

  /** Resets the counts, so that the next run meets the same delays and failures as the first. */
  public void reset() {
    flags.reset();
    requests.reset();
    clients.clear();
  }

  /** Stops listening, interrupts the handlers that run, and waits for their threads to end; idempotent. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(CLOSE_WITHIN.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException(
            "a handler of the flag server still runs " + CLOSE_WITHIN.toSeconds()
                + " s after it was interrupted; make it end when its thread is interrupted");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the threads have been interrupted; only the wait ends early
    }
  }
}
