package dev.heddle.queue;

import static dev.heddle.queue.Items.endless;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How pipelines end that read from a publisher, or are one. */
@Bounded
final class PipelinePublishersTest {
  @Test
  void sourcePublisher_stopsEarly_accountsForWhatItHasSent() {
    List<Object> undelivered = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger sent = new AtomicInteger();
    Flow.Publisher<Integer> eager = subscriber -> subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            for (long i = 0; i < n; i++) {
              subscriber.onNext(sent.getAndIncrement());
            }
          }

          @Override
          public void cancel() {}
        });
    List<Object> all = new ArrayList<>();
    Pipeline.<Integer>fromPublisher(eager).limit("five", 5).to(all::add)
        .with(PipelineOptions.defaults().onUndelivered((stage, item) -> undelivered.add(item))).run();
    assertThat(all).containsExactly(0, 1, 2, 3, 4);
    all.addAll(undelivered);
    assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, sent.get()).<Object>mapToObj(n -> n).toList());
  }

  /** Cancelling ends the wait for the next item, not a call of the subscriber. */
  @Test
  void publisher_cancelledWhileTheSubscriberWorks_doesNotInterruptIt() throws Exception {
    CountDownLatch inCall = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    Pipeline.from(endless())
        .publisher()
        .subscribe(
            new Flow.Subscriber<Integer>() {
              @Override
              public void onSubscribe(Flow.Subscription given) {
                subscription.complete(given);
                given.request(1);
              }

              @Override
              public void onNext(Integer item) {
                inCall.countDown();
                try {
                  cancelled.await();
                  interrupted.complete(Thread.currentThread().isInterrupted());
                } catch (InterruptedException e) {
                  interrupted.complete(true);
                }
              }

              @Override
              public void onError(Throwable error) {
                interrupted.completeExceptionally(error);
              }

              @Override
              public void onComplete() {}
            });
    inCall.await();
    subscription.get().cancel();
    cancelled.countDown();
    assertThat(interrupted.get()).isFalse();
  }
}
