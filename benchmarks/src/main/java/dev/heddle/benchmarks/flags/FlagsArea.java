package dev.heddle.benchmarks.flags;

import dev.heddle.benchmarks.measure.Area;
import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.benchmarks.measure.Pairs;
import dev.heddle.flags.Countries;
import dev.heddle.flags.DownloadOptions;
import dev.heddle.flags.DownloadReport;
import dev.heddle.flags.Downloader;
import dev.heddle.flags.FlagException;
import dev.heddle.flags.FlagFolder;
import dev.heddle.flags.FlagOutcome;
import dev.heddle.flags.FlagServer;
import dev.heddle.flags.ServerProfile;
import dev.heddle.flags.Style;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All flags from a server of this program, twenty at once, in two styles: beside {@code curl --parallel} with its start. */
public final class FlagsArea implements Area {
  private static final String AREA = "flags";
  private static final int AT_ONCE = 20;
  private static final int RUNS = 5;
  private static final int WARM_UPS = 2; // the first requests load the classes of the client
  private static final List<Style> STYLES = List.of(Style.THREADS, Style.ASYNC);

  @Override
  public List<Figure> measure(PrintStream out) throws IOException, InterruptedException, FlagException {
    List<String> codes = Countries.known();
    out.println(AREA + ": " + codes.size() + " flags, " + AT_ONCE + " at once");
    Path temp = Files.createTempDirectory("heddle-bench-flags");
    try (FlagServer server = FlagServer.start(ServerProfile.of(ServerProfile.Label.LOCAL));
        FlagFolder folder = FlagFolder.open(temp.resolve("heddle"))) {
      Path list = Files.writeString(temp.resolve("list"), curlList(server, codes, temp.resolve("curl")));
      Downloader downloader = new Downloader(server.base(), folder,
          DownloadOptions.defaults().withFresh(true).withMaxConnections(AT_ONCE));
      double[][] seconds = new double[STYLES.size() + 1][RUNS];
      for (int run = -WARM_UPS; run < RUNS; run++) {
        for (int i = 0; i < seconds.length; i++) {
          double taken = i < STYLES.size() ? own(downloader, STYLES.get(i), codes) : curl(list);
          seconds[i][Math.max(0, run)] = taken; // those of warm-ups are written over
        }
      }
      double peer = Pairs.median(seconds[STYLES.size()]);
      return STYLES.stream()
          .map(style -> Figure.of(AREA, "a flag of " + codes.size() + ", " + style.label() + ", " + AT_ONCE + " at once",
              each(Pairs.median(seconds[STYLES.indexOf(style)]), codes), each(peer, codes), "curl --parallel", "us"))
          .toList();
    } finally {
      delete(temp);
    }
  }

  private static double each(double seconds, List<String> codes) {
    return seconds * 1e6 / codes.size();
  }

  private static double own(Downloader downloader, Style style, List<String> codes) throws FlagException {
    long start = System.nanoTime();
    DownloadReport report = downloader.run(style, codes, flag -> {});
    double taken = (System.nanoTime() - start) / 1e9;
    if (report.count(FlagOutcome.Saved.class) != codes.size()) {
      throw new IllegalStateException(
          "only " + report.count(FlagOutcome.Saved.class) + " of " + codes.size() + " flags came");
    }
    return taken;
  }

  /** What curl reads with {@code --config}: addresses, each with its file. */
  private static String curlList(FlagServer server, List<String> codes, Path folder) {
    return codes.stream().map(code -> code.toLowerCase(Locale.ROOT))
        .map(code -> "url = \"" + server.base() + "/" + code + "/" + code + ".svg\"\noutput = \"" + folder + "/" + code
            + ".svg\"\n")
        .collect(Collectors.joining());
  }

  /** NaN where curl is missing or fails. */
  private static double curl(Path list) throws InterruptedException {
    try {
      long start = System.nanoTime();
      Process curl = new ProcessBuilder("curl", "--silent", "--fail", "--create-dirs", "--parallel", "--parallel-max",
          String.valueOf(AT_ONCE), "--config", list.toString()).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      curl.getOutputStream().close();
      return curl.waitFor() == 0 ? (System.nanoTime() - start) / 1e9 : Double.NaN;
    } catch (IOException absent) {
      return Double.NaN;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
