package dev.heddle.images;

import dev.heddle.flags.FlagException;
import dev.heddle.images.render.SvgFlag;
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
 * An HTTP client that downloads flags and uploads pictures, one for each call, over persistent connections.
 *
 * <p>Thread-safe. Calls block, for at most the client's time-out; an interrupt cancels the request.
 */
public final class ImageClient implements AutoCloseable {
  private final URI flags;
  private final URI uploads;
  private final Duration timeout;
  private final ExecutorService threads;
  private final HttpClient http;

  /**
   * Creates a client of one server.
   *
   * @param flags the base address of the flags, without a slash at the end
   * @param uploads the address to upload to, with a slash at the end
   * @param timeout the maximum time for a reply, to its last byte; longer than zero
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
   * @throws ImagesException.Transfer if the server does not answer with a flag, or not in time
   * @throws InterruptedException if the calling thread is interrupted
   */
  SvgFlag download(String code) throws ImagesException, InterruptedException {
    String cc = code.toLowerCase(Locale.ROOT);
    HttpRequest request = HttpRequest.newBuilder(URI.create(flags + "/" + cc + "/" + cc + ".svg")).build();
    return new SvgFlag(code, exchange("the flag of " + code, request).body());
  }

  /**
   * Uploads a picture.
   *
   * @throws ImagesException.Transfer if the server refuses it, or does not answer in time
   * @throws InterruptedException if the calling thread is interrupted; it is unknown then whether the server has accepted it
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
            what + ": the server answered " + status, FlagException.Status.isTransient(status), null);
      }
      return response;
    } catch (TimeoutException e) {
      throw new ImagesException.Transfer(what + ": no complete reply within " + timeout.toMillis() + " ms", true, e);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof IOException cause)) {
        throw new IllegalStateException("the HTTP client failed with an unexpected error: " + e.getCause(), e);
      }
      throw new ImagesException.Transfer(what + ": the connection failed: " + cause, true, cause);
    } finally {
      reply.cancel(true); // no effect on a complete reply
    }
  }

  /** Cancels the requests in progress and closes the connections; idempotent. */
  @Override
  public void close() {
    http.shutdownNow();
    http.close();
    threads.close();
  }
}
