package dev.heddle.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.queue.FailurePolicy;
import dev.heddle.queue.Pipeline;
import dev.heddle.queue.PipelineOptions;
import dev.heddle.queue.PipelineReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of a pipeline's report in a real browser. */
@Timeout(120)
class ReportPageTest {

  @Test
  void report_fitsPhoneAndDesktop_inBothSchemes_withoutViolations(@TempDir Path folder) throws IOException {
    PipelineReport report = Pipeline.from(List.of(1, 2, 3))
        .stage("<b>work</b>\u0001", 2, n -> n / (n - 2))
        .with(PipelineOptions.named("a pipeline").withFailures(FailurePolicy.skip()))
        .to(n -> {})
        .run();
    Path file = folder.resolve("report.html");
    Files.writeString(file, report.toHtml());

    try (Browser browser = Browser.start(folder.resolve("profile"))) {
      browser.open(file, "document.querySelector('svg')");
      browser.evaluate(Axe.script());
      for (int width : new int[]{390, 1280}) {
        browser.size(width, 844, width == 390);
        for (String scheme : List.of("light", "dark")) {
          browser.scheme(scheme);
          assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
          assertThat(Axe.violations(browser)).as(scheme + " " + width).isEmpty();
        }
      }
      assertThat(browser.number("document.querySelectorAll('b').length")).isZero();
    }
  }
}
