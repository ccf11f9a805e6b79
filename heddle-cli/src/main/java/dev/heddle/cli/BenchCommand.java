package dev.heddle.cli;

import dev.heddle.benchmarks.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heddle bench}: measures Heddle beside its peers, in one run, and prints a table. */
@Command(name = "bench", description = "Measures Heddle beside its peers in one run and prints a table; a quick set, some minutes.", footer = {
    "", "Example: heddle bench --json out.json"})
final class BenchCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "AREA", description = "Only these areas, such as futures; without one all of them.")
  private List<String> areas = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file.")
  private @Nullable Path json;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
  void help(boolean asked) {} // picocli does what is to be done

  @Override
  public Integer call() throws IOException {
    if (json != null) {
      checkWritable(json); // before minutes of measuring
    }
    List<Bench.Row> rows;
    try {
      rows = Bench.run(System.out, areas);
    } catch (IllegalArgumentException wrongArea) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrongArea.getMessage()), wrongArea);
    }
    if (json != null) {
      Files.writeString(json, BenchReport.json(rows));
    }
    BenchReport.table(rows).forEach(System.out::println);
    System.out.println();
    System.out.println("Less is better; the ratio is Heddle's figure to its peer's. Where several pairs were measured,");
    System.out.println("each figure is the median of its own, and the ratio the median of the pairs' ratios.");
    return 0;
  }

  private void checkWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean fine = Files.exists(file)
        ? Files.isRegularFile(file) && Files.isWritable(file)
        : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    if (!fine) {
      throw new ParameterException(
          spec.commandLine(), "--json must be a file that can be written, but was '" + file + "'; choose another, or make "
              + folder + " writable");
    }
  }
}
