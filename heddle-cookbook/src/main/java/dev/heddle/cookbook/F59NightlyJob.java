package dev.heddle.cookbook;

import dev.heddle.cookbook.everyday.NightlyJob;
import dev.heddle.cookbook.everyday.NightlyJobTwin;
import dev.heddle.cookbook.everyday.Warehouse;
import dev.heddle.futures.TaskFailedException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Exports tables into an archive; then once more, with one that fails. */
final class F59NightlyJob extends EverydayRecipe {

  F59NightlyJob() {
    super(
        "A nightly job: all or nothing, within a time",
        """
            When the block ends, no export runs any more. In the second run a table is locked: its failure, after two
            attempts, stops the export that is stuck, and comes out of the block.""",
        NightlyJob.class, NightlyJobTwin.class);
  }

  @Override
  void runProgram(PrintStream out) throws Exception {
    Path folder = Files.createTempDirectory("heddle-nightly");
    try {
      Path archive = NightlyJob.run(new Warehouse(List.of("orders", "items")), folder, Duration.ofMinutes(1));
      out.print(Files.readString(archive));
      Warehouse locked = new Warehouse(List.of("stuck", "locked"));
      try {
        NightlyJob.run(locked, folder, Duration.ofMinutes(1));
      } catch (TaskFailedException e) {
        out.println(e.getCause() + "; running: " + locked.running());
      }
    } finally {
      FlagsRecipe.delete(folder);
    }
  }
}
