package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.queue.flow.PublisherIter;
import dev.heddle.testkit.Bounded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.testng.ITestListener;
import org.testng.ITestResult;
import org.testng.TestNG;

/** Publishers in and out pass the Technology Compatibility Kit of Reactive Streams, which is written for TestNG. */
@Bounded(seconds = 120)
final class ReactiveStreamsTest {

  /** Not tests of JUnit's: they are run from here. */
  public static final class PublisherTck extends FlowPublisherVerification<Integer> {

    public PublisherTck() {
      super(new TestEnvironment(5_000, 100), 300);
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

  public static final class SubscriberTck extends FlowSubscriberBlackboxVerification<Integer> {

    public SubscriberTck() {
      super(new TestEnvironment(5_000, 100));
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

  private static final class Results implements ITestListener {
    final List<String> passed = new ArrayList<>();
    final List<String> failed = new ArrayList<>();

    @Override
    public void onTestSuccess(ITestResult result) {
      passed.add(result.getName());
    }

    @Override
    public void onTestFailure(ITestResult result) {
      failed.add(result.getName() + ": " + result.getThrowable());
    }
  }

  private static Results run(Class<?> kit) {
    Results results = new Results();
    TestNG testng = new TestNG(false);
    testng.setTestClasses(new Class<?>[]{kit});
    testng.addListener(results);
    testng.setVerbose(0);
    testng.run();
    return results;
  }

  @Test
  void publisher_passesTheKit() {
    Results results = run(PublisherTck.class);
    assertThat(results.failed).isEmpty();
    assertThat(results.passed).hasSizeGreaterThan(25)
        .contains("required_spec102_maySignalLessThanRequestedAndTerminateSubscription");
  }

  @Test
  void subscriber_passesTheKit() {
    Results results = run(SubscriberTck.class);
    assertThat(results.failed).isEmpty();
    assertThat(results.passed).hasSizeGreaterThan(10);
  }
}
