package dev.heddle.queue.run;

import dev.heddle.queue.FailedItem;
import dev.heddle.queue.PipelineOptions;
import dev.heddle.queue.PipelineReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Calls the user's receivers of failed items and of the report. What they throw is logged. Thread-safe. */
final class RunHooks {
  private static final System.Logger LOG = System.getLogger("dev.heddle.queue");

  private final List<FailedItem> failures = new ArrayList<>(); // guarded by itself
  private final PipelineOptions options;
  private final UndeliveredItems undelivered;

  RunHooks(PipelineOptions options, UndeliveredItems undelivered) {
    this.options = options;
    this.undelivered = undelivered;
  }

  /** Passes on a failed item, and keeps it for the report if it is one of those to be listed. */
  void failed(FailedItem item, boolean keep) {
    if (keep) {
      synchronized (failures) {
        failures.add(item);
      }
    }
    Consumer<? super FailedItem> hook = options.failed();
    if (hook != null) {
      guarded("the receiver of failed items", () -> undelivered.call(() -> hook.accept(item)));
    }
  }

  /** Returns the failed items to be listed in the report. */
  List<FailedItem> failures() {
    synchronized (failures) {
      return List.copyOf(failures);
    }
  }

  /**
   * Passes on the report, or warns of failures.
   *
   * @param silent whether the user gets results only, which do not tell of failed items that were left out
   */
  void tell(PipelineReport report, boolean silent) {
    Consumer<? super PipelineReport> hook = options.report();
    if (hook != null) {
      guarded("the receiver of the report", () -> hook.accept(report));
    } else if (silent && report.failed() > 0 && options.failed() == null) {
      LOG.log(System.Logger.Level.WARNING, "pipeline '" + options.name() + "' has left out items that failed ("
          + report.failed() + "), which its results do not show" + report.failures().stream().findFirst()
              .map(first -> "; the first: " + first).orElse("")
          + ". PipelineOptions.onFailed or onReport receives them");
    }
  }

  private void guarded(String what, Runnable hook) {
    try {
      hook.run();
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, what + " of pipeline '" + options.name() + "' threw an exception; it was ignored",
          e);
    }
  }
}
