package dev.heddle.flags.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** A body of which nothing is read, because the headers are not acceptable. */
public final class RefusedBody<T> implements BodySubscriber<T> {
  private final CompletableFuture<T> body;

  /** Creates a body that fails with an exception. */
  public RefusedBody(RefusedReplyException refusal) {
    this.body = CompletableFuture.failedFuture(refusal);
  }

  @Override
  public CompletionStage<T> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.cancel();
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {}

  @Override
  public void onError(Throwable failure) {}

  @Override
  public void onComplete() {}
}
