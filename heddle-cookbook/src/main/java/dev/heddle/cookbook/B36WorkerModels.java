package dev.heddle.cookbook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An HTTP handler that waits, as for a database, under three kinds of workers. */
final class B36WorkerModels extends Recipe {
  private static final int POOL = 8;

  private final int requests;
  private final Duration wait;

  B36WorkerModels() {
    this(64, Duration.ofMillis(20));
  }

  /**
   * Creates a smaller recipe.
   *
   * @param requests the number of concurrent requests
   * @param wait the time that the handler waits for each
   */
  B36WorkerModels(int requests, Duration wait) {
    super(
        "One HTTP handler under three worker models",
        """
            The handler waits 20 ms for each of 64 concurrent requests. One worker serves one request after the other, eight
            threads serve eight at a time, and coroutines on one thread serve all at once, as virtual threads would.""");
    this.requests = requests;
    this.wait = wait;
  }

  @Override
  public void run(PrintStream out) throws Exception {
    try (ExecutorService one = Executors.newSingleThreadExecutor()) {
      show(out, "one worker", one, this::blocking);
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(POOL)) {
      show(out, POOL + " threads", pool, this::blocking);
    }
    CompletableFuture<EventLoop> started = new CompletableFuture<>();
    CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().name("loop").start(() -> EventLoop.run(a -> {
      started.complete(EventLoop.current());
      return a.await(stop);
    }));
    EventLoop loop = started.join();
    show(out, "coroutines", loop::callSoon, exchange -> loop.createTask(coroutine(exchange)));
    stop.complete(null);
    thread.join();
  }

  /** Sends all requests at once to a server with the given workers, and prints their latency. */
  private void show(PrintStream out, String workers, java.util.concurrent.Executor executor, HttpHandler handler)
      throws IOException, InterruptedException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), requests);
    server.setExecutor(executor);
    server.createContext("/", handler);
    server.start();
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    try (HttpClient client = HttpClient.newHttpClient();
        Executor clients = ThreadPool.virtual()) {
      ask(client, address); // a warm-up: the first request loads classes
      Stopwatch stopwatch = new Stopwatch();
      List<Double> seconds = clients.map(_ -> ask(client, address), IntStream.range(0, requests).boxed().toList()).toList()
          .stream()
          .sorted()
          .toList();
      out.printf(
          "%-11s %6.0f requests/s, latency: median %5.0f ms, 99 %% within %5.0f ms%n",
          workers, requests / stopwatch.seconds(), 1e3 * seconds.get(requests / 2), 1e3 * seconds.get(requests * 99 / 100));
    } finally {
      server.stop(0);
    }
  }

  private static double ask(HttpClient client, URI address) throws IOException, InterruptedException {
    Stopwatch stopwatch = new Stopwatch();
    String reply = client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString()).body();
    if (!reply.equals("hello")) {
      throw new IOException("the server replied '" + reply + "'");
    }
    return stopwatch.seconds();
  }

  private Async<@Nullable Void> coroutine(HttpExchange exchange) {
    return Async.action(a -> {
      try (exchange) {
        a.await(Asyncio.sleep(wait));
        reply(exchange);
      }
    });
  }

  private void blocking(HttpExchange exchange) throws IOException {
    try (exchange) {
      Thread.sleep(wait);
      reply(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void reply(HttpExchange exchange) throws IOException {
    byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }
}
