package dev.heddle.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop before and behind the JDK's HTTP client and server. */
@Timeout(60)
class LoopAndHttpTest {
  private static int served;

  /** Gets a page. */
  // begin: fetch
  static Async<String> fetch(HttpClient client, URI uri) {
    return Async.of(a -> {
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      HttpResponse<String> response = a.await(client.sendAsync(request, BodyHandlers.ofString()));
      if (response.statusCode() != 200) {
        throw new IOException(uri + " answered " + response.statusCode());
      }
      return response.body();
    });
  }
  // end: fetch

  /** Answers a request of a server with threads of its own. */
  // begin: answer
  static void answer(HttpExchange exchange, EventLoop loop) throws IOException {
    byte[] page = loop.submit(page(exchange.getRequestURI())).join().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, page.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(page);
    }
  }
  // end: answer

  /** A page that counts, without a lock. */
  static Async<String> page(URI uri) {
    return Async.of(a -> {
      int before = served;
      a.await(Asyncio.yieldNow());
      served = Math.max(served, before + 1);
      return "page of " + uri.getPath();
    });
  }

  @Test
  void pages_areFetchedFromAServerWithALoopBehindIt() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    URI root = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client = HttpClient.newHttpClient()) {
      server.setExecutor(threads);
      EventLoop.run(a -> {
        EventLoop loop = EventLoop.current();
        server.createContext("/", exchange -> answer(exchange, loop));
        server.createContext("/missing", exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
        server.start();
        assertThat(a.await(Asyncio.gather(fetch(client, root.resolve("/one")), fetch(client, root.resolve("/two")))))
            .containsExactly("page of /one", "page of /two");
        assertThatThrownBy(() -> a.await(fetch(client, root.resolve("/missing")))).hasMessageEndingWith("answered 404");
      });
    } finally {
      server.stop(0);
    }
  }

  @Test
  void cancellingTheTask_cancelsTheExchange_whateverTheServerDoes() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client = HttpClient.newHttpClient()) {
      server.setExecutor(threads);
      server.createContext("/", exchange -> {
        asked.countDown();
        try {
          never.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      });
      server.start();
      EventLoop.run(a -> {
        Task<String> task = Asyncio.createTask(fetch(client, uri));
        a.await(Asyncio.toThread(() -> {
          asked.await();
          return null;
        }));
        task.cancel();
        assertThatThrownBy(() -> a.await(task)).isInstanceOf(CancellationException.class);
      });
      client.shutdownNow();
      never.countDown();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void docs_showThisCode() throws IOException {
    Path module = Path.of("").toAbsolutePath();
    String page = Files.readString(module.resolveSibling("docs").resolve("asyncio.md"));
    String source = Files.readString(module.resolve("src/test/java/dev/heddle/flags/LoopAndHttpTest.java"));
    for (String name : List.of("fetch", "answer")) {
      int begin = source.indexOf("// begin: " + name + "\n") + name.length() + 11;
      String text = source.substring(begin, source.lastIndexOf("\n", source.indexOf("// end: " + name)));
      assertThat(page).contains(text.replaceAll("(?m)^ {2}", "").strip());
    }
  }
}
