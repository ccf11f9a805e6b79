package dev.heddle.cli.bench;

import dev.heddle.base.files.OutputFiles;
import dev.heddle.benchmarks.Bench;
import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.benchmarks.measure.PeerVersions;
import dev.heddle.cli.errors.OptionCheck;
import dev.heddle.cli.options.HelpOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heddle bench}: measures Heddle and its peers in one run, and prints a table. */
@Command(name = "bench", description = "Measures Heddle and comparable libraries in one run and prints a table; takes some minutes.", footer = {
    "", "Example: heddle bench futures --html out.html"})
public final class BenchCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "AREA", description = "The areas to measure, such as futures (default: all).")
  private List<String> areas = List.of();

  @Option(names = "--full", description = "Measure each pair seven times in place of two or three, for figures that are kept.")
  private boolean full;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to this file as JSON.")
  private @Nullable Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "Also write them to this file as a page: bars of the ratios with their spread, the machine and the versions.")
  private @Nullable Path html;

  @Mixin
  @SuppressWarnings({"NullAway.Init", "unused"}) // picocli sets and uses it
  private HelpOption help;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (json != null) {
      OptionCheck.writable(spec, "--json", json); // before minutes of measuring
    }
    if (html != null) {
      OptionCheck.writable(spec, "--html", html);
    }
    List<Figure> rows;
    try {
      rows = Bench.run(System.out, areas, full);
    } catch (IllegalArgumentException wrongArea) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrongArea.getMessage()), wrongArea);
    }
    if (json != null) {
      OutputFiles.write(json, BenchReport.json(rows, facts()).getBytes(StandardCharsets.UTF_8));
    }
    if (html != null) {
      OutputFiles.write(html, BenchPage.of(rows, facts()).getBytes(StandardCharsets.UTF_8));
    }
    BenchReport.table(rows).forEach(System.out::println);
    System.out.println();
    System.out.println("Less is better; the ratio is Heddle's figure to its peer's. If several pairs were measured,");
    System.out.println("each figure is a median, and the ratio is the median of the ratios of the pairs.");
    return 0;
  }

  /** Returns what is to be known of a run. */
  private Map<String, String> facts() throws InterruptedException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("machine", Machine.describe());
    facts.put("Java", Machine.java());
    facts.put("Heddle",
        Objects.requireNonNullElse(BenchCommand.class.getPackage().getImplementationVersion(), "(not packaged)"));
    facts.putAll(PeerVersions.all());
    facts.put("command", "heddle bench" + (full ? " --full" : "") + (areas.isEmpty() ? "" : " " + String.join(" ", areas)));
    facts.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return facts;
  }
}
