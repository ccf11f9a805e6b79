package dev.heddle.cookbook;

import dev.heddle.cookbook.everyday.LogCount;
import dev.heddle.cookbook.everyday.LogCountTwin;
import dev.heddle.cookbook.everyday.LogFiles;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Counts the levels of log files. */
final class F56LogCount extends EverydayRecipe {

  F56LogCount() {
    super(
        "Logs: count levels in many files, on all processors",
        """
            Files are listed as they are needed, so that millions of them take no more memory than a few.
            A file that cannot be read is an outcome as any other.""",
        LogCount.class, LogCountTwin.class);
  }

  @Override
  void runProgram(PrintStream out) throws Exception {
    Path folder = Files.createTempDirectory("heddle-logs");
    try {
      LogFiles.write(folder);
      Map<String, Long> levels = new TreeMap<>();
      Map<Path, String> failures = new TreeMap<>();
      LogCount.count(folder, levels, failures);
      levels.forEach((level, lines) -> out.println(level + "  " + lines));
      failures.forEach((file, failure) -> out.println(file.getFileName() + "  " + failure));
    } finally {
      FlagsRecipe.delete(folder);
    }
  }
}
