package dev.heddle.cookbook.everyday;

import dev.heddle.futures.Executor;
import dev.heddle.futures.TaskTimeoutException;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.ProcessPool;
import java.time.Duration;
import java.util.List;

/** Runs {@link Legacy} code in two processes of its own, each call for a limited time. */
public final class LegacyReports {
  private LegacyReports() {}

  /** Returns a line for each order, in their order. */
  public static List<String> render(List<String> orders, Duration longest) {
    try (Executor pool = ProcessPool.of(2, ProcessOptions.named("legacy").withTimeout(longest))) {
      return pool.mapOutcomes(Legacy::render, orders)
          .map(each -> each.succeeded()
              ? each.result()
              : each.failure() instanceof TaskTimeoutException ? "took too long" : "crashed")
          .toList();
    }
  }
}
