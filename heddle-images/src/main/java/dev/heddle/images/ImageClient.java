package dev.heddle.images;

import dev.heddle.base.Cells;
import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import dev.heddle.flags.FlagException;
import dev.heddle.flags.TransferLimits;
import dev.heddle.flags.http.BoundedClient;
import dev.heddle.flags.http.FlagPath;
import dev.heddle.flags.http.RefusedReplyException;
import dev.heddle.images.render.SafeRenderer;
import dev.heddle.images.render.SvgFlag;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An HTTP client that downloads flags and uploads pictures, one for each call, over persistent connections. It also has the
 * worker processes in which an {@link ImagePipeline} renders documents that might hang.
 *
 * <p>Thread-safe. Calls block, for at most the client's time-out; an interrupt cancels the request.
 */
public final class ImageClient implements AutoCloseable {
  private static final byte[] NOTHING = {};
  private static final long LARGEST_FILE = 2L << 20; // dozens of them wait for the next stages

  private final URI flags;
  private final URI uploads;
  private final Duration timeout;
  private final BoundedClient http;
  private final SafeRenderer renderer = new SafeRenderer();

  /**
   * Creates a client of one server, with the default {@link TransferLimits}, and 2 MiB for a file.
   *
   * @param flags the base address of the flags, without a slash at the end
   * @param uploads the address to upload to, with a slash at the end
   * @param timeout the maximum time for a reply, to its last byte; longer than zero
   */
  public ImageClient(URI flags, URI uploads, Duration timeout) {
    this(flags, uploads, timeout, TransferLimits.defaults().withMaxFileBytes(LARGEST_FILE));
  }

  /**
   * Creates a client of one server.
   *
   * @param flags the base address of the flags, without a slash at the end
   * @param uploads the address to upload to, with a slash at the end
   * @param timeout the maximum time for a reply, to its last byte; longer than zero
   * @param limits the most that is taken from the server
   */
  public ImageClient(URI flags, URI uploads, Duration timeout, TransferLimits limits) {
    this.flags = Objects.requireNonNull(flags, "flags must not be null");
    this.uploads = Objects.requireNonNull(uploads, "uploads must not be null");
    this.timeout = Check.positive(timeout, "timeout", "it limits the time of a whole reply");
    this.http = new BoundedClient("image-client-", limits);
  }

  /**
   * Downloads a flag.
   *
   * @throws ImagesException.Transfer if the server does not answer with a flag, or not in time
   * @throws InterruptedException if the calling thread is interrupted
   */
  SvgFlag download(String code) throws ImagesException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(FlagPath.of(flags, code))
        .header("Accept-Encoding", "identity")
        .build();
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
    CompletableFuture<HttpResponse<byte[]>> reply = http.send(request, NOTHING, info -> {
      if (info.statusCode() == 206) {
        throw new RefusedReplyException(
            request.uri()
                + ": the server sent a part of the file (status 206), but all of it was asked for; report it there",
            true);
      }
      return new BoundedClient.Target<>(HttpResponse.BodySubscribers.ofByteArray(), 0);
    });
    try {
      HttpResponse<byte[]> response = reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      int status = response.statusCode();
      if (status != 200 && status != 201) {
        throw new ImagesException.Transfer(
            what + ": the server answered " + status, FlagException.Status.isTransient(status), null);
      }
      return response;
    } catch (TimeoutException e) {
      throw new ImagesException.Transfer(
          what + ": no complete reply within " + Describe.duration(timeout) + " from " + request.uri()
              + "; raise the time-out if the server is that slow",
          true, e);
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case RefusedReplyException refused -> new ImagesException.Transfer(
            what + ": " + refused.getMessage(), refused.isTransient(), refused);
        case Error error -> throw error;
        case null, default -> new ImagesException.Transfer(
            what + ": the connection failed: " + Cells.printable(String.valueOf(e.getCause())), true, e);
      };
    } finally {
      reply.cancel(true); // no effect on a complete reply
    }
  }

  /** Renders what {@link #download} returned. */
  SafeRenderer renderer() {
    return renderer;
  }

  /** Cancels the requests in progress, closes the connections, and ends the worker processes; idempotent. */
  @Override
  public void close() {
    http.close();
    renderer.close();
  }
}
