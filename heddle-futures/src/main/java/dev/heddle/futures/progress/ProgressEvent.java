package dev.heddle.futures.progress;

import dev.heddle.futures.Progress;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A Flight Recorder event for each report of a meter. */
@Name("dev.heddle.Progress")
@Label("Progress")
@Category("Heddle")
@Description("The progress of a number of tasks")
@StackTrace(false)
final class ProgressEvent extends Event {
  @Label("Name")
  @Nullable
  String name;

  @Label("Done")
  long done;

  @Label("Failed")
  long failed;

  @Label("Total")
  @Description("-1 if it is unknown")
  long total;

  @Label("Rate")
  @Description("How many tasks end in a second")
  double rate;

  @Label("Last")
  boolean last;

  /** Records a report; call it only if JFR runs. */
  static void record(Progress progress) {
    ProgressEvent event = new ProgressEvent();
    if (event.isEnabled()) {
      event.name = progress.name();
      event.done = progress.done();
      event.failed = progress.failed();
      event.total = progress.total().orElse(-1);
      event.rate = progress.rate();
      event.last = progress.last();
      event.commit();
    }
  }
}
