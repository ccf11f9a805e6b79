package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.launcher.TagFilter.excludeTags;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The suite of this module over and over, for what fails once in a hundred times.
 *
 * <p>The system property {@code heddle.repeats} says how often (3 times unless set), {@code heddle.repeats.minutes} after how many
 * minutes to be content with fewer. Left out are the model checker, whose runs do not depend on luck, and what is long itself.
 */
@Tag("long")
class RepeatedSuiteTest {

  @Test
  void suite_repeated_passesEachTime() {
    int repeats = Integer.getInteger("heddle.repeats", 3);
    long minutes = Long.getLong("heddle.repeats.minutes", 60);
    LauncherDiscoveryRequest suite = LauncherDiscoveryRequestBuilder.request()
        .selectors(selectPackage(RepeatedSuiteTest.class.getPackageName()))
        .filters(excludeClassNamePatterns(".*LincheckTest", ".*RepeatedSuiteTest"), excludeTags("long"))
        .build();
    long begun = System.nanoTime();
    long tests = 0;
    int done = 0;
    while (done < repeats && System.nanoTime() - begun < TimeUnit.MINUTES.toNanos(minutes)) {
      TestExecutionSummary result = run(suite);
      done++;
      tests = result.getTestsSucceededCount();
      StringWriter failures = new StringWriter();
      result.printFailuresTo(new PrintWriter(failures), 100);
      assertThat(result.getTotalFailureCount()).as("repeat %d: %s", done, failures).isZero();
      assertThat(tests + result.getTestsSkippedCount() + result.getTestsAbortedCount()) // those not meant for this system
          .isEqualTo(result.getTestsFoundCount());
      assertThat(tests).isPositive();
    }
    System.out.println(
        "RepeatedSuiteTest: " + done + " repeats of " + tests + " tests in "
            + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + " s");
  }

  private static TestExecutionSummary run(LauncherDiscoveryRequest suite) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(suite, listener);
    return listener.getSummary();
  }
}
