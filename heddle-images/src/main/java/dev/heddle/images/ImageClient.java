package dev.heddle.images;

import dev.heddle.flags.FlagException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches flags and uploads pictures, one for each call, over connections that are kept and used again.
 *
 * <p>Thread-safe. Calls block, for at most the client's time-out; interrupting one gives its request up.
 */
public final class ImageClient implements AutoCloseable {
  private final URI flags;
  private final URI uploads;
  private final Duration timeout;
  private final ExecutorService threads;
  private final HttpClient http;

  /**
   * A client of one server.
   *
   * @param flags the address under which the flags are, without a slash at the end
   * @param uploads the address to upload to, with a slash at the end
   * @param timeout how long a reply may take, to its last byte, longer than zero
   */
  public ImageClient(URI flags, URI uploads, Duration timeout) {
    this.flags = Objects.requireNonNull(flags, "flags must not be null");
    this.uploads = Objects.requireNonNull(uploads, "uploads must not be null");
    this.timeout = timeout;
    this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("image-client-", 1).factory());
    this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();
  }

  /**
   * Downloads a flag.
   *
   * @throws ImagesException.Transfer if the server answers anything but a flag, or not in time
   * @throws InterruptedException if the calling thread is interrupted
   */
  Svg download(String code) throws ImagesException, InterruptedException {
    String cc = code.toLowerCase(Locale.ROOT);
    HttpRequest request = HttpRequest.newBuilder(URI.create(flags + "/" + cc + "/" + cc + ".svg")).build();
    return new Svg(code, exchange("the flag of " + code, request).body());
  }

  /**
   * Uploads a picture.
   *
   * @throws ImagesException.Transfer if the server does not take it, or does not answer in time
   * @throws InterruptedException if the calling thread is interrupted; whether the server has taken it is not known then
   */
  Thumbnail upload(Thumbnail thumbnail) throws ImagesException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uploads.resolve(thumbnail.fileName()))
        .header("Content-Type", "image/png")
        .PUT(HttpRequest.BodyPublishers.ofByteArray(thumbnail.png()))
        .build();
    exchange("the upload of " + thumbnail.fileName(), request);
    return thumbnail;
  }

  private HttpResponse<byte[]> exchange(String what, HttpRequest request) throws ImagesException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> reply = http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      HttpResponse<byte[]> response = reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      int status = response.statusCode();
      if (status != 200 && status != 201) {
        throw new ImagesException.Transfer(
            what + ": the server answered " + status, FlagException.Status.isPassing(status), null);
      }
      return response;
    } catch (TimeoutException e) {
      throw new ImagesException.Transfer(what + ": no complete answer within " + timeout.toMillis() + " ms", true, e);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof IOException cause)) {
        throw new IllegalStateException("the HTTP client failed otherwise than by I/O: " + e.getCause(), e);
      }
      throw new ImagesException.Transfer(what + ": the connection failed: " + cause, true, cause);
    } finally {
      reply.cancel(true); // does nothing to a reply that has come
    }
  }

  /** Gives up the requests under way and closes the connections. Calling it again does nothing. */
  @Override
  public void close() {
    http.shutdownNow();
    http.close();
    threads.close();
  }
}
