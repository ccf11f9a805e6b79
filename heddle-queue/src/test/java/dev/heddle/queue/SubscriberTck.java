package dev.heddle.queue;

import dev.heddle.queue.flow.PublisherIter;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;

/** The kit for the iterator over a publisher; {@link ReactiveStreamsTest} runs it. */
public final class SubscriberTck extends FlowSubscriberBlackboxVerification<Integer> {

  public SubscriberTck() {
    super(new TestEnvironment(PublisherTck.TIMEOUT_MILLIS, PublisherTck.SILENCE_MILLIS));
  }

  @Override
  public Flow.Subscriber<Integer> createFlowSubscriber() {
    return new PublisherIter<Integer>(subscriber -> {}, 2);
  }

  @Override
  public Integer createElement(int element) {
    return element;
  }
}
