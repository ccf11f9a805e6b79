package dev.heddle.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.testng.ITestListener;
import org.testng.ITestResult;
import org.testng.TestNG;

/**
 * Publishers in and out pass the Technology Compatibility Kit of Reactive Streams, which is written for TestNG. The kits are no
 * classes inside this one, since Surefire would find them there and run them a second time.
 */
@Bounded(seconds = 120)
final class ReactiveStreamsTest {

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
