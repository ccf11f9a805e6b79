package dev.heddle.flags.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A body that is not needed. A short one is read, so that the connection can be used again; a longer one is broken off, which closes
 * the connection.
 */
final class DiscardedBody<T> implements BodySubscriber<T> {
  private static final long MOST = 64 << 10;

  private final T result;
  private final CompletableFuture<T> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private long received;

  DiscardedBody(T result) {
    this.result = result;
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
    for (ByteBuffer each : buffers) {
      received += each.remaining();
    }
    if (received > MOST && subscription != null) {
      subscription.cancel();
      body.complete(result);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.complete(result); // the status is known, and the rest was not wanted
  }

  @Override
  public void onComplete() {
    body.complete(result);
  }
}
