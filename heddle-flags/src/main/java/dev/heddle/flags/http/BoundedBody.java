package dev.heddle.flags.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body that is handed on until it has become too long, or is refused from the beginning. */
final class BoundedBody<T> implements BodySubscriber<T> {
  private final BodySubscriber<T> target;
  private final Allowance allowance;
  private Flow.@Nullable Subscription subscription;
  private boolean ended;

  /** Says how many bytes may come. */
  @FunctionalInterface
  interface Allowance {
    /** Counts bytes that have come; throws if they are too many. */
    void take(long bytes) throws RefusedReplyException;
  }

  BoundedBody(BodySubscriber<T> target, Allowance allowance) {
    this.target = target;
    this.allowance = allowance;
  }

  @Override
  public CompletionStage<T> getBody() {
    return target.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    target.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (ended) {
      return;
    }
    long bytes = 0;
    for (ByteBuffer each : buffers) {
      bytes += each.remaining();
    }
    try {
      allowance.take(bytes);
    } catch (RefusedReplyException e) {
      ended = true;
      if (subscription != null) {
        subscription.cancel();
      }
      target.onError(e);
      return;
    }
    target.onNext(buffers);
  }

  @Override
  public void onError(Throwable failure) {
    if (!ended) {
      target.onError(failure);
    }
  }

  @Override
  public void onComplete() {
    if (!ended) {
      target.onComplete();
    }
  }
}
