package dev.heddle.flags.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A body that is not needed. A short one is read, so that the connection can be used again; a longer one is broken off,
 * which closes the connection.
 */
final class DiscardedBody<T> implements BodySubscriber<T> {
  private static final long MOST = 64 << 10;

  private final T result;
  private final BoundedBody.Allowance counted;
  private final CompletableFuture<T> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private long received;

  /**
   * Creates a body.
   *
   * @param counted what each part of it is counted in, although it is not kept
   */
  DiscardedBody(T result, BoundedBody.Allowance counted) {
    this.result = result;
    this.counted = counted;
  }

  @Override
  public CompletionStage<T> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    long bytes = 0;
    for (ByteBuffer each : buffers) {
      bytes += each.remaining();
    }
    received += bytes;
    try {
      counted.take(bytes);
    } catch (RefusedReplyException e) {
      end();
      body.completeExceptionally(e);
    }
    if (received > MOST) {
      end();
      body.complete(result);
    }
  }

  private void end() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(result);
  }
}
