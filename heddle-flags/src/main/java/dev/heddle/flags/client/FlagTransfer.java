package dev.heddle.flags.client;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.AsyncTimeoutException;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.base.Cells;
import dev.heddle.base.Check;
import dev.heddle.base.Describe;
import dev.heddle.flags.FlagException;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.flags.TransferLimits;
import dev.heddle.flags.digest.Sha256;
import dev.heddle.flags.folder.ETags;
import dev.heddle.flags.folder.FlagStore;
import dev.heddle.flags.folder.Manifest;
import dev.heddle.flags.folder.PartFile;
import dev.heddle.flags.http.BoundedClient;
import dev.heddle.flags.http.FlagPath;
import dev.heddle.flags.http.Quoted;
import dev.heddle.flags.http.RefusedReplyException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Downloads flags into a folder over HTTP, one request for each call, on persistent connections.
 *
 * <p>A flag that is already in the folder is requested conditionally (If-None-Match), and an incomplete one is resumed
 * (Range, If-Range). Retries are up to the caller.
 *
 * <p><b>Thread-safe.</b> {@link #download} blocks, for at most the client's time-out; an interrupt cancels the request.
 */
public final class FlagTransfer implements AutoCloseable {
  private final URI base;
  private final FlagStore folder;
  private final Duration timeout;
  private final boolean fresh;
  private final TransferLimits limits;
  private final BoundedClient http;
  private volatile boolean exhausted;

  /**
   * Creates a client of one server.
   *
   * @param base the base address of the flags, without a slash at the end
   * @param folder the folder to download to
   * @param timeout the maximum time for a whole reply, to the last byte of its body; longer than zero
   * @param fresh whether to download files again that are already in the folder
   * @param limits the most that is taken from the server
   */
  public FlagTransfer(URI base, FlagStore folder, Duration timeout, boolean fresh, TransferLimits limits) {
    this.base = Objects.requireNonNull(base, "base must not be null");
    this.folder = Objects.requireNonNull(folder, "folder must not be null");
    this.timeout = Check.positive(timeout, "timeout", "it limits the time of a whole reply");
    this.fresh = fresh;
    this.limits = limits;
    this.http = new BoundedClient("flag-client-", limits);
  }

  /**
   * Downloads the flag of a country.
   *
   * @param code two capital letters
   * @param attempt the number of this attempt, from 1; it is reported in the outcome
   * @return saved, unchanged or not found
   * @throws FlagException if the server answers anything else, does not answer in time, or the folder cannot be used
   * @throws InterruptedException if the calling thread is interrupted; the flag's file is never incomplete then
   */
  public FlagOutcome download(String code, int attempt) throws FlagException, InterruptedException {
    String kept = fresh ? null : folder.etag(code);
    try (PartFile part = PartFile.of(folder.file(code), fresh, limits.maxFileBytes())) {
      return taken(code, attempt, kept, part, exchange(request(code, kept, part), part));
    }
  }

  /** Returns a coroutine that does the same on an event loop; cancelling it cancels the request. */
  public Async<FlagOutcome> downloadAsync(String code, int attempt) {
    return Async.of(a -> {
      String kept = fresh ? null : folder.etag(code);
      try (PartFile part = PartFile.of(folder.file(code), fresh, limits.maxFileBytes())) {
        return taken(code, attempt, kept, part, a.await(exchangeAsync(request(code, kept, part), part)));
      }
    });
  }

  /** Returns the download of a flag as a task for a worker process. */
  public RemoteDownload remote(String code) {
    return new RemoteDownload(base, folder.path().toAbsolutePath().toString(), timeout, fresh, limits, code);
  }

  /** Returns the ETag of the version of a flag that was downloaded last; null if the server sent none. */
  @Nullable
  String etag(String code) {
    Manifest.Entry entry = folder.entry(code);
    return entry == null ? null : entry.etag();
  }

  /** Records in this process's manifest what a worker process has downloaded into the folder. */
  public FlagOutcome record(String code, int attempt, RemoteDownload.Reply reply) {
    if (!http.count(reply.received())) {
      exhausted = true;
    }
    return switch (reply.kind()) {
      case "unchanged" -> new FlagOutcome.Unchanged(code, attempt, folder.file(code));
      case "not-found" -> new FlagOutcome.NotFound(code, attempt);
      default -> {
        String sum = Objects.requireNonNull(reply.sha256(), "a saved flag has a checksum");
        folder.remember(code, sum, reply.etag());
        yield new FlagOutcome.Saved(code, attempt, folder.file(code), reply.bytes(), reply.received(), sum);
      }
    };
  }

  /** Whether worker processes have received all that may be received; then the remaining flags are not downloaded. */
  public boolean isExhausted() {
    return exhausted;
  }

  /** Returns the failure of a flag that is not downloaded, because all has been received that may be. */
  public FlagException exhausted(String code) {
    return new FlagException.Transfer(String.valueOf(http.tooMuch(address(code)).getMessage()), false, null);
  }

  /** Turns a reply into an outcome, or an exception. */
  private FlagOutcome taken(String code, int attempt, @Nullable String kept, PartFile part, HttpResponse<Long> reply)
      throws FlagException {
    int status = reply.statusCode();
    if (status == 200 || status == 206) {
      return save(code, attempt, part, reply);
    }
    if (status == 304 && kept != null) {
      return new FlagOutcome.Unchanged(code, attempt, folder.file(code));
    }
    if (status == 404 || status == 410) {
      return new FlagOutcome.NotFound(code, attempt);
    }
    if (status == 416) {
      part.discard();
      throw new FlagException.Transfer("the server has no bytes after the " + part.offset() + " that are here", null);
    }
    throw new FlagException.Status(status, retryAfter(reply, Clock.systemUTC()));
  }

  private URI address(String code) {
    return FlagPath.of(base, code);
  }

  private HttpRequest request(String code, @Nullable String kept, PartFile part) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address(code)).header("Accept-Encoding", "identity");
    if (kept != null) {
      request.header("If-None-Match", kept);
    }
    String version = part.etag();
    if (version != null && part.offset() > 0) {
      request.header("Range", "bytes=" + part.offset() + "-").header("If-Range", version);
    }
    return request.build();
  }

  /** Sends a request and waits for the whole reply; HttpRequest's own time-out covers the headers only. */
  private HttpResponse<Long> exchange(HttpRequest request, PartFile part)
      throws FlagException, InterruptedException {
    CompletableFuture<HttpResponse<Long>> reply = send(request, part);
    try {
      return reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw timedOut(request.uri(), e);
    } catch (ExecutionException e) {
      throw translated(Objects.requireNonNull(e.getCause()), part);
    } finally {
      reply.cancel(true); // no effect on a complete reply
    }
  }

  /** Returns the same exchange as a coroutine. */
  private Async<HttpResponse<Long>> exchangeAsync(HttpRequest request, PartFile part) {
    return Async.of(a -> {
      try {
        return a.await(Asyncio.timeout(timeout, b -> b.await(send(request, part))));
      } catch (AsyncTimeoutException e) {
        throw timedOut(request.uri(), e);
      } catch (Exception e) {
        throw translated(e, part);
      }
    });
  }

  private CompletableFuture<HttpResponse<Long>> send(HttpRequest request, PartFile part) {
    boolean resumed = request.headers().firstValue("Range").isPresent();
    return http.send(request, 0L, info -> {
      String etag = ETags.of(info.headers());
      if (info.statusCode() != 206) {
        return new BoundedClient.Target<>(part.receive(false, etag), 0);
      }
      ContentRange.check(request.uri(), info.headers(), resumed ? part.offset() : -1);
      if (etag != null && !etag.equals(part.etag())) {
        throw new RefusedReplyException(
            request.uri() + ": the server sent a part of the version " + etag + ", but of version " + part.etag()
                + " was asked for; the download begins again",
            true);
      }
      return new BoundedClient.Target<>(part.receive(true, etag), part.offset());
    });
  }

  private FlagException timedOut(URI uri, Exception e) {
    return new FlagException.Transfer(
        "no complete answer within " + Describe.duration(timeout) + " from " + uri
            + "; raise the time-out if the server is that slow",
        e);
  }

  private static FlagException translated(Throwable failure, PartFile part) {
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FlagException ours) {
        return ours;
      }
      if (cause instanceof RefusedReplyException refused) {
        part.discard();
        return new FlagException.Transfer(String.valueOf(refused.getMessage()), refused.isTransient(), refused);
      }
      root = cause;
    }
    if (root instanceof Error error) {
      throw error;
    }
    String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return new FlagException.Transfer("the connection failed: " + Cells.printable(message), failure); // also if the reply is no HTTP
  }

  private FlagOutcome save(String code, int attempt, PartFile part, HttpResponse<Long> reply)
      throws FlagException {
    long received = reply.body();
    long offset = reply.statusCode() == 206 ? part.offset() : 0;
    if (reply.statusCode() == 206) {
      String range = reply.headers().firstValue("Content-Range").orElse("");
      String expected = "bytes " + offset + "-" + (offset + received - 1) + "/" + (offset + received);
      if (!range.equals(expected)) {
        part.discard();
        throw new FlagException.Transfer("the server sent " + Quoted.of(range) + " instead of '" + expected + "'", null);
      }
    }
    part.complete();
    try {
      String sum = Sha256.of(folder.file(code));
      folder.remember(code, sum, ETags.of(reply.headers()));
      return new FlagOutcome.Saved(code, attempt, folder.file(code), offset + received, received, sum);
    } catch (IOException e) {
      throw FlagException.Folder.notWritable(folder.file(code), e);
    }
  }

  /**
   * Returns the pause that a Retry-After header asks for, in seconds or as a date; null if there is none or it is malformed.
   */
  static @Nullable Duration retryAfter(HttpResponse<?> reply, Clock clock) {
    String value = reply.headers().firstValue("Retry-After").orElse("").strip();
    if (value.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Duration until = Duration.between(
          clock.instant(), ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return until.isNegative() ? Duration.ZERO : until;
    } catch (DateTimeParseException e) {
      return null; // absent or malformed: the retry policy's own pause applies
    }
  }

  /** Cancels the requests in progress and closes the connections; idempotent. */
  @Override
  public void close() {
    http.close();
  }
}
