package dev.heddle.queue;

import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/** The kit for what a pipeline publishes; {@link ReactiveStreamsTest} runs it. */
public final class PublisherTck extends FlowPublisherVerification<Integer> {
  static final long TIMEOUT_MILLIS = 2_000; // three of the kit's tests sleep for all of it
  static final long SILENCE_MILLIS = 100;

  public PublisherTck() {
    super(new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS), 300);
  }

  @Override
  public Flow.Publisher<Integer> createFlowPublisher(long elements) {
    return Pipeline.fromStream(Stream.iterate(0, n -> n + 1).limit(elements)).stage("same", 2, n -> n).publisher();
  }

  @Override
  public Flow.Publisher<Integer> createFailedFlowPublisher() {
    return Pipeline.<Integer>from(
        () -> {
          throw new IllegalStateException("no source");
        })
        .publisher();
  }
}
