package dev.heddle.cookbook;

import dev.heddle.cookbook.everyday.LegacyReports;
import dev.heddle.cookbook.everyday.LegacyReportsTwin;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Runs legacy code in processes of its own. */
final class F57LegacyReports extends EverydayRecipe {
  private final Duration longest;

  F57LegacyReports() {
    this(Duration.ofSeconds(2));
  }

  F57LegacyReports(Duration longest) {
    super(
        "Legacy code: static state, System.exit, endless waits",
        """
            Each process has static fields of its own. A call that exits or never returns costs one worker, which is
            replaced; the others go on. The twin starts a JVM for each call, or it would be longer still.""",
        LegacyReports.class, LegacyReportsTwin.class);
    this.longest = longest;
  }

  @Override
  void runProgram(PrintStream out) {
    LegacyReports.render(List.of("tea", "", "milk", "stuck", "rice"), longest).forEach(out::println);
  }
}
