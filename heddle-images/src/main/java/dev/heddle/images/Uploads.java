package dev.heddle.images;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP handler for uploads: {@code PUT /uploads/br-64.png} stores a PNG file in memory, {@code GET} returns it.
 *
 * <p>Thread-safe.
 */
public final class Uploads implements HttpHandler {
  /** The path below which the uploads are. */
  public static final String PATH = "/uploads/";

  private static final int LARGEST = 4 << 20;
  private static final int LARGEST_DISCARDED = 16 << 20;
  private static final Pattern NAME = Pattern.compile(PATH + "([a-z]{2}-[0-9]{1,5}\\.png)");
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private final ConcurrentHashMap<String, byte[]> files = new ConcurrentHashMap<>();

  /** Creates a handler without files. */
  public Uploads() {}

  /** Returns the names of the uploaded files with their sizes in bytes. */
  public Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new TreeMap<>();
    files.forEach((name, bytes) -> sizes.put(name, bytes.length));
    return sizes;
  }

  /** Returns a copy of an uploaded file; null if there is none of that name. */
  public byte @Nullable [] file(String name) {
    byte[] bytes = files.get(Objects.requireNonNull(name, "name must not be null"));
    return bytes == null ? null : bytes.clone();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Matcher name = NAME.matcher(exchange.getRequestURI().getPath());
    if (!name.matches()) {
      answer(exchange, 404, "pictures are at " + PATH + "br-64.png");
      return;
    }
    switch (exchange.getRequestMethod()) {
      case "PUT" -> put(exchange, name.group(1));
      case "GET", "HEAD" -> get(exchange, name.group(1));
      default -> {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD, PUT");
        answer(exchange, 405, "only GET, HEAD and PUT are served here");
      }
    }
  }

  private void put(HttpExchange exchange, String name) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      discardRest(exchange.getRequestBody());
      answer(exchange, 413, "a picture may have " + LARGEST + " bytes at the most");
    } else if (!isPng(body)) {
      answer(exchange, 415, "only PNG files are kept here");
    } else {
      answer(exchange, files.put(name, body) == null ? 201 : 200, body.length + " bytes kept");
    }
  }

  /** Reads on, within limits: a client that still sends would get a reset connection in place of the answer. */
  private static void discardRest(InputStream body) throws IOException {
    byte[] buffer = new byte[1 << 16];
    int left = LARGEST_DISCARDED;
    for (int count = body.read(buffer); count >= 0 && left > 0; count = body.read(buffer)) {
      left -= count;
    }
  }

  private void get(HttpExchange exchange, String name) throws IOException {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      answer(exchange, 404, "there is no " + name);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "image/png");
    send(exchange, 200, bytes);
  }

  private static boolean isPng(byte[] body) {
    return body.length > PNG.length && java.util.Arrays.equals(body, 0, PNG.length, PNG, 0, PNG.length);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    send(exchange, status, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
