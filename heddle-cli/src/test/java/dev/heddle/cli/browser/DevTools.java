package dev.heddle.cli.browser;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A connection by the DevTools protocol: calls and their answers, and what pages report of their own accord. */
final class DevTools implements AutoCloseable {
  private static final int SECONDS = 30;

  private final Map<Integer, CompletableFuture<JsonObject>> awaited = new ConcurrentHashMap<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;

  private DevTools(URI address) {
    this.socket = client.newWebSocketBuilder().buildAsync(address, new Incoming()).orTimeout(SECONDS, TimeUnit.SECONDS)
        .join();
  }

  static DevTools connect(URI address) {
    return new DevTools(address);
  }

  /** Calls a method of a session, or of the browser, and waits for its answer. */
  JsonObject call(String method, Map<String, ?> parameters, @Nullable String session) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    awaited.put(id, answer);
    Map<String, Object> message = new HashMap<>(Map.of("id", id, "method", method, "params", parameters));
    if (session != null) {
      message.put("sessionId", session);
    }
    socket.sendText(JsonWriter.string(message), true).orTimeout(SECONDS, TimeUnit.SECONDS).join();
    JsonObject got = answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    if (got.has("error")) {
      throw new AssertionError(method + " failed: " + JsonWriter.string(got.getObject("error")));
    }
    return got.getObject("result");
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  void forget() {
    problems.clear();
  }

  private void take(String text) {
    try {
      JsonObject message = JsonParser.object().from(text);
      CompletableFuture<JsonObject> answer = message.has("id") ? awaited.remove(message.getInt("id")) : null;
      if (answer != null) {
        answer.complete(message);
      } else if (List.of("Runtime.exceptionThrown", "Runtime.consoleAPICalled").contains(message.getString("method"))) {
        problems.add(text);
      }
    } catch (JsonParserException e) {
      problems.add(e + ": " + text);
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }

  private final class Incoming implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
