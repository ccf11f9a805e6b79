package dev.heddle.flags;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.AsyncTimeoutException;
import dev.heddle.asyncio.Asyncio;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Downloads flags into a folder, one for each call, over connections that are kept and used again.
 *
 * <p>A flag that is there already is asked for only if it has changed, and one whose download broke off is gone on with. Each
 * call makes one request; {@link Downloader} adds retries.
 *
 * <p><b>Thread-safe.</b> {@link #download} blocks, for at most the client's time-out; interrupting it gives the request up.
 * {@link #downloadAsync} is for event loops.
 */
public final class FlagClient implements AutoCloseable {
  private final URI base;
  private final FlagFolder folder;
  private final Duration timeout;
  private final boolean fresh;
  private final ExecutorService threads;
  private final HttpClient http;

  /**
   * A client for one site.
   *
   * @param base the address under which the flags are, without a slash at the end; see {@link FlagServer#base}
   * @param folder where the flags go
   * @param timeout how long a reply may take, to the last byte of its body, longer than zero
   * @param fresh whether to download also what is there already
   */
  public FlagClient(URI base, FlagFolder folder, Duration timeout, boolean fresh) {
    this.base = Objects.requireNonNull(base, "base must not be null");
    this.folder = Objects.requireNonNull(folder, "folder must not be null");
    this.timeout = timeout;
    this.fresh = fresh;
    this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("flag-client-", 1).factory());
    this.http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1) // one request a connection at a time: no stream limit to run into
        .followRedirects(HttpClient.Redirect.NORMAL)
        .executor(threads)
        .build();
  }

  /**
   * Downloads the flag of a country.
   *
   * @param code two capital letters
   * @return saved, unchanged or not found
   * @throws FlagException if the server answers anything else, does not answer in time, or the folder cannot be used
   * @throws InterruptedException if the calling thread is interrupted; no incomplete file has the flag's name then
   */
  public FlagOutcome download(String code) throws FlagException, InterruptedException {
    return download(code, 1);
  }

  FlagOutcome download(String code, int attempt) throws FlagException, InterruptedException {
    String kept = fresh ? null : folder.etag(code);
    try (PartFile part = PartFile.of(folder.file(code), fresh)) {
      return taken(code, attempt, kept, part, exchange(request(code, kept, part), part));
    }
  }

  /**
   * A coroutine that downloads the flag of a country, on an event loop.
   *
   * <p>Cancelling it gives the request up; no incomplete file has the flag's name then.
   *
   * @param code two capital letters
   * @return throws what {@link #download} throws, but for the InterruptedException
   */
  public Async<FlagOutcome> downloadAsync(String code) {
    return downloadAsync(code, 1);
  }

  Async<FlagOutcome> downloadAsync(String code, int attempt) {
    return Async.of(a -> {
      String kept = fresh ? null : folder.etag(code);
      try (PartFile part = PartFile.of(folder.file(code), fresh)) {
        return taken(code, attempt, kept, part, a.await(exchangeAsync(request(code, kept, part), part)));
      }
    });
  }

  /** The download of a flag as a task for another process. */
  RemoteFlag remote(String code) {
    return new RemoteFlag(base, folder.path().toAbsolutePath().toString(), timeout, fresh, code);
  }

  /** What the server calls the version of a flag that was downloaded last; null if it does not say. */
  @Nullable
  String etag(String code) {
    Manifest.Entry entry = folder.entry(code);
    return entry == null ? null : entry.etag();
  }

  /** Takes over what another process has downloaded into the folder. */
  FlagOutcome remembered(String code, int attempt, RemoteFlag.Reply reply) {
    return switch (reply.kind()) {
      case "unchanged" -> new FlagOutcome.Unchanged(code, attempt, folder.file(code));
      case "not-found" -> new FlagOutcome.NotFound(code, attempt);
      default -> {
        String sum = Objects.requireNonNull(reply.sha256(), "what is saved has a sum");
        folder.remember(code, sum, reply.etag());
        yield new FlagOutcome.Saved(code, attempt, folder.file(code), reply.bytes(), reply.received(), sum);
      }
    };
  }

  /** Makes the best of an answer. */
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

  private HttpRequest request(String code, @Nullable String kept, PartFile part) {
    String cc = Countries.lower(code);
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/" + cc + "/" + cc + ".svg"));
    if (kept != null) {
      request.header("If-None-Match", kept);
    }
    String version = part.etag();
    if (version != null && part.offset() > 0) {
      request.header("Range", "bytes=" + part.offset() + "-").header("If-Range", version);
    }
    return request.build();
  }

  /** Sends a request and takes the whole answer, within the time-out: HttpRequest's own one stops at the headers. */
  private HttpResponse<Long> exchange(HttpRequest request, PartFile part)
      throws FlagException, InterruptedException {
    CompletableFuture<HttpResponse<Long>> reply = send(request, part);
    try {
      return reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw late(e);
    } catch (ExecutionException e) {
      throw translated(Objects.requireNonNull(e.getCause()));
    } finally {
      reply.cancel(true); // does nothing to a reply that has come
    }
  }

  /** The same on an event loop. */
  private Async<HttpResponse<Long>> exchangeAsync(HttpRequest request, PartFile part) {
    return Async.of(a -> {
      try {
        return a.await(Asyncio.timeout(timeout, b -> b.await(send(request, part))));
      } catch (AsyncTimeoutException e) {
        throw late(e);
      } catch (Exception e) {
        throw translated(e);
      }
    });
  }

  private CompletableFuture<HttpResponse<Long>> send(HttpRequest request, PartFile part) {
    return http.sendAsync(request, info -> {
      String etag = info.headers().firstValue("ETag").orElse(null);
      return switch (info.statusCode()) {
        case 200 -> part.receive(false, etag);
        case 206 -> part.receive(true, etag);
        default -> HttpResponse.BodySubscribers.replacing(0L);
      };
    });
  }

  private FlagException late(Exception e) {
    return new FlagException.Transfer("no complete answer within " + timeout.toMillis() + " ms", e);
  }

  private static FlagException translated(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FlagException ours) {
        return ours;
      }
      root = cause;
    }
    if (!(root instanceof IOException)) {
      throw new IllegalStateException("the HTTP client failed otherwise than by I/O: " + root, failure);
    }
    String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return new FlagException.Transfer("the connection failed: " + message, failure);
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
        throw new FlagException.Transfer("the server sent '" + range + "' instead of '" + expected + "'", null);
      }
    }
    part.complete();
    try {
      String sum = Sha256.of(folder.file(code));
      folder.remember(code, sum, reply.headers().firstValue("ETag").orElse(null));
      return new FlagOutcome.Saved(code, attempt, folder.file(code), offset + received, received, sum);
    } catch (IOException e) {
      throw FlagException.Folder.notWritable(folder.file(code), e);
    }
  }

  /** What Retry-After says, in seconds or as a date; null if nothing that can be understood. */
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
      return null; // none at all, or not understood: the usual pause will do
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
