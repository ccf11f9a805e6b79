package dev.heddle.cookbook;

import dev.heddle.flags.Countries;
import dev.heddle.flags.FlagClient;
import dev.heddle.flags.FlagException;
import dev.heddle.flags.FlagFolder;
import dev.heddle.flags.FlagServer;
import dev.heddle.flags.ServerProfile;
import dev.heddle.futures.Executor;
import dev.heddle.futures.ThreadPool;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The base of the recipes that download flags: a server with delays, a client, and a temporary folder. */
abstract class FlagsRecipe extends Recipe {
  private final ServerProfile site;

  FlagsRecipe(ServerProfile site, String title, String notice) {
    super(title, notice);
    this.site = site;
  }

  /** Downloads flags in the style of the recipe; returns their number. */
  abstract int downloadMany(FlagClient client, PrintStream out) throws FlagException, InterruptedException;

  @Override
  public final void run(PrintStream out) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("heddle-flags");
    try (FlagServer server = FlagServer.start(site);
        FlagFolder flags = FlagFolder.open(folder);
        FlagClient client = new FlagClient(server.base(), flags, Duration.ofSeconds(10), true)) {
      try (Executor pool = ThreadPool.virtual(1)) {
        pool.map(client::download, List.of("BR")).toList(); // a warm-up: the first request loads the classes of client and pool
      }
      Stopwatch stopwatch = new Stopwatch();
      int count = downloadMany(client, out);
      out.printf("%n%d flags downloaded in %.2fs%n", count, stopwatch.seconds());
    } finally {
      delete(folder);
    }
  }

  /** Downloads the flag of a country and prints its code. */
  static String downloadOne(FlagClient client, String code, PrintStream out) throws FlagException, InterruptedException {
    client.download(code);
    out.print(code + " ");
    return code;
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The 20 countries of the book, sorted. */
  static List<String> codes() {
    return Countries.POP20.stream().sorted().toList();
  }
}
