package dev.heddle.flags.http;

import dev.heddle.flags.Redirects;
import dev.heddle.flags.TransferLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client for servers that are not trusted: bodies are bounded, each and in all, redirects are followed as far as is
 * allowed, and compressed bodies are refused, since none was asked for. The JDK bounds the headers. Thread-safe; nothing
 * blocks but {@link #close}, for a moment.
 */
public final class BoundedClient implements AutoCloseable {
  private static final int MOST_REDIRECTS = 5;

  private final TransferLimits limits;
  private final AtomicLong received = new AtomicLong();
  private final ExecutorService threads;
  private final HttpClient http;

  /**
   * The receiver of a body.
   *
   * @param had how many bytes of the file are here already
   */
  public record Target<T>(BodySubscriber<T> body, long had) {}

  /** Makes the receiver of a body. */
  @FunctionalInterface
  public interface Targets<T> {
    /** Returns the receiver; throws if the headers are not acceptable. */
    Target<T> of(ResponseInfo info) throws RefusedReplyException;
  }

  /**
   * Creates a client.
   *
   * @param threads the beginning of its threads' names
   */
  public BoundedClient(String threads, TransferLimits limits) {
    this.limits = limits;
    this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(threads, 1).factory());
    this.http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1) // one request a connection at a time: no stream limit to run into
        .followRedirects(HttpClient.Redirect.NEVER) // followed here, as far as is allowed
        .executor(this.threads)
        .build();
  }

  /**
   * Sends a request. Cancelling the result cancels the request.
   *
   * @param none the body of replies with other statuses than 200, 201 and 206
   * @param targets called for replies with these statuses
   * @return fails with a {@link RefusedReplyException} if the reply is too long or not acceptable otherwise
   */
  public <T> CompletableFuture<HttpResponse<T>> send(HttpRequest request, T none, Targets<T> targets) {
    if (received.get() >= limits.maxTotalBytes()) {
      return CompletableFuture.failedFuture(tooMuch(request.uri()));
    }
    Exchange<T> exchange = new Exchange<>(none, targets);
    exchange.start(request, 0);
    return exchange;
  }

  /** Counts bytes that another process has received; returns whether more may come. */
  public boolean count(long bytes) {
    return received.addAndGet(bytes) < limits.maxTotalBytes();
  }

  private void countInAll(URI uri, long bytes) throws RefusedReplyException {
    if (received.addAndGet(bytes) > limits.maxTotalBytes()) {
      throw tooMuch(uri);
    }
  }

  /** Returns the error of a request when all has been received that may be. */
  public RefusedReplyException tooMuch(URI uri) {
    return new RefusedReplyException(
        uri + ": more than " + limits.maxTotalBytes() + " bytes were received in all, the limit"
            + " (TransferLimits.maxTotalBytes); raise it if the servers are to be trusted",
        false);
  }

  private RefusedReplyException tooLong(URI uri) {
    return new RefusedReplyException(
        uri + ": the file is larger than " + limits.maxFileBytes() + " bytes, the limit (TransferLimits.maxFileBytes);"
            + " raise it if the server is to be trusted",
        false);
  }

  private static void checkEncoding(URI uri, HttpHeaders headers) throws RefusedReplyException {
    String encoding = Headers.only(uri, headers, "Content-Encoding").orElse("identity");
    if (!encoding.strip().toLowerCase(Locale.ROOT).equals("identity")) {
      throw new RefusedReplyException(
          uri + ": the body has the encoding " + Quoted.of(encoding) + ", which was not asked for; set up the server to"
              + " send files as they are",
          false);
    }
  }

  /** Refuses a body that announces to be too long, or to have several lengths, before any of it is read. */
  private void checkLength(URI uri, HttpHeaders headers, long had) throws RefusedReplyException {
    Set<String> lengths = Set.copyOf(headers.allValues("Content-Length"));
    if (lengths.size() > 1 || (lengths.size() == 1 && headers.firstValue("Transfer-Encoding").isPresent())) {
      throw new RefusedReplyException(
          uri + ": it is not certain where the body ends: the headers have several of Content-Length and Transfer-Encoding;"
              + " report it there",
          true);
    }
    try {
      if (headers.firstValueAsLong("Content-Length").orElse(0) > limits.maxFileBytes() - had) {
        throw tooLong(uri);
      }
    } catch (NumberFormatException e) {
      throw new RefusedReplyException(uri + ": the header Content-Length is no number; report it there", true);
    }
  }

  /** A request with the redirects that follow it. */
  private final class Exchange<T> extends CompletableFuture<HttpResponse<T>> {
    private final T none;
    private final Targets<T> targets;
    private volatile @Nullable CompletableFuture<?> sent;

    Exchange(T none, Targets<T> targets) {
      this.none = none;
      this.targets = targets;
    }

    void start(HttpRequest request, int redirects) {
      CompletableFuture<HttpResponse<T>> reply = http.sendAsync(request, info -> body(request.uri(), info));
      sent = reply;
      if (isDone()) {
        reply.cancel(true); // this was cancelled meanwhile
      }
      reply.whenComplete((response, failure) -> {
        if (failure != null) {
          completeExceptionally(failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure);
          return;
        }
        try {
          HttpRequest next = next(request, response, redirects);
          if (next == null) {
            complete(response);
          } else {
            start(next, redirects + 1);
          }
        } catch (RefusedReplyException | RuntimeException e) {
          completeExceptionally(e);
        }
      });
    }

    private @Nullable HttpRequest next(HttpRequest request, HttpResponse<?> response, int redirects)
        throws RefusedReplyException {
      if (!RedirectTarget.isRedirect(response.statusCode()) || !request.method().equals("GET")) {
        return null;
      }
      String location = response.headers().firstValue("Location").orElse("");
      Redirects allowed = limits.redirects();
      URI to = RedirectTarget.of(request.uri(), location, allowed);
      if (redirects == MOST_REDIRECTS) {
        throw new RefusedReplyException(
            request.uri() + ": the server redirects more than " + MOST_REDIRECTS + " times; report it there", false);
      }
      return HttpRequest.newBuilder(request, (name, value) -> true).uri(to).build();
    }

    private BodySubscriber<T> body(URI uri, ResponseInfo info) {
      int status = info.statusCode();
      if (status != 200 && status != 201 && status != 206) {
        return new DiscardedBody<>(none, bytes -> countInAll(uri, bytes));
      }
      try {
        checkEncoding(uri, info.headers());
        Target<T> target = targets.of(info);
        checkLength(uri, info.headers(), target.had());
        AtomicLong size = new AtomicLong(target.had());
        return new BoundedBody<>(target.body(), bytes -> {
          countInAll(uri, bytes);
          if (size.addAndGet(bytes) > limits.maxFileBytes()) {
            throw tooLong(uri);
          }
        });
      } catch (RefusedReplyException e) {
        return new RefusedBody<>(e);
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      CompletableFuture<?> running = sent;
      if (running != null) {
        running.cancel(true);
      }
      return cancelled;
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
