package dev.heddle.cli;

import dev.heddle.flags.FlagServer;
import dev.heddle.flags.Site;
import dev.heddle.futures.Retry;
import dev.heddle.images.ContactSheet;
import dev.heddle.images.ImageClient;
import dev.heddle.images.ImageOptions;
import dev.heddle.images.ImagePipeline;
import dev.heddle.images.Thumbnail;
import dev.heddle.images.Uploads;
import dev.heddle.queue.FailurePolicy;
import dev.heddle.queue.PipelineException;
import dev.heddle.queue.PipelineOptions;
import dev.heddle.queue.PipelineReport;
import dev.heddle.queue.QueueInterruptedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code heddle images}: a pipeline that downloads flags, draws and resizes them, and uploads the pictures.
 *
 * <p>Origin: the pipeline of download, resize and upload in "Effective Python", item 39.
 */
@Command(name = "images", header = "Downloads flags, draws them in several sizes and uploads the pictures, as a pipeline.", description = {
    "",
    "A server on this machine serves the flags as SVG and takes the pictures by PUT. Each stage has workers of its own, and a"
        + " bounded queue before it: a slow stage slows the others down instead of filling the memory. In the end the report"
        + " names the stage that held the others up.",
    "",
    "Without arguments the flags of the 20 most populous countries are used."
}, parameterListHeading = "%n", optionListHeading = "%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:every picture was uploaded",
    "1:some pictures, or all, were not; or a file cannot be written",
    "2:the command line is wrong",
    "130:interrupted (Ctrl-C)"
}, footerHeading = "%nExamples:%n", footer = {
    "  heddle images                           20 flags in 3 sizes",
    "  heddle images -a --sheet flags.png      every flag there is, and one picture of them all",
    "  heddle images -a --workers 1            what does it take to make drawing the bottleneck?",
    "  heddle images -s LOCAL --report out.html"
})
final class ImagesCommand implements Callable<Integer> {
  private static final Duration REPLY_WITHIN = Duration.ofSeconds(10);
  private static final Duration DRAW_EVERY = Duration.ofMillis(100);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CountryChoice countries;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private SiteChoice server;

  @Option(names = {"-w",
      "--workers"}, paramLabel = "N", description = "How many pictures are drawn at once, and how many resized (default: as many as there are cores).")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Option(names = {"-m",
      "--max-req"}, paramLabel = "N", defaultValue = "8", description = "At most N downloads and N uploads at once (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(names = "--sizes", paramLabel = "W,W", split = ",", defaultValue = "320,160,64", description = "The widths of the pictures, in pixels (default: ${DEFAULT-VALUE}).")
  private Integer[] sizes = {};

  @Option(names = "--unordered", description = "Upload each picture as soon as it is ready, not in the order of the codes.")
  private boolean unordered;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private RetryChoice retries;

  @Option(names = "--fail-fast", description = "End at the first picture that fails, instead of going on without it.")
  private boolean failFast;

  @Option(names = "--report", paramLabel = "FILE.html", description = "Write the report, with a picture of the stages.")
  private @Nullable Path report;

  @Option(names = "--sheet", paramLabel = "FILE.png", description = "Write one picture of all the smallest ones.")
  private @Nullable Path sheet;

  @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
  void help(boolean asked) {} // picocli does what is to be done

  @Override
  public Integer call() {
    Site site = server.site();
    List<String> codes = countries.codes();
    ImageOptions options = options();
    // What cannot be read is reported here; the library would log it as well, with its stack.
    Logger.getLogger("com.github.weisj.jsvg").setLevel(Level.OFF);
    Uploads uploads = new Uploads();
    try (FlagServer started = FlagServer.start(site);
        ImageClient client = new ImageClient(started.base(), started.uri(Uploads.PATH), REPLY_WITHIN);
        CtrlC _ = CtrlC.interruptsThisThread()) {
      started.handle(Uploads.PATH, uploads);
      out().printf(
          "%s site: %s (%s; seed %d)%n", site.label(), started.base(), site.describe(), site.seed());
      out().printf(
          Locale.ROOT, "%d flags, %d sizes each: %d pictures to upload to %s%n", codes.size(), options.widths().size(),
          codes.size() * options.widths().size(), started.uri(Uploads.PATH));
      out().flush();
      return run(codes, client, options, uploads);
    } catch (IOException e) {
      return failed("the server cannot be started on this machine: " + e.getMessage());
    }
  }

  private int run(List<String> codes, ImageClient client, ImageOptions options, Uploads uploads) {
    int smallest = options.widths().stream().mapToInt(Integer::intValue).min().orElseThrow();
    List<Thumbnail> smallOnes = new ArrayList<>();
    PipelineReport ended;
    try (ImagesCommandProgress progress = ImagesCommandProgress.on(spec.commandLine().getErr())) {
      ended = ImagePipeline.of(codes, client, options)
          .with(
              PipelineOptions.named("images")
                  .withFailures(failFast ? FailurePolicy.failFast() : FailurePolicy.skip())
                  .onProgress(DRAW_EVERY, progress::show))
          .to(picture -> {
            if (sheet != null && picture.width() == smallest) {
              smallOnes.add(picture);
            }
          })
          .run();
    } catch (PipelineException e) {
      failed(String.valueOf(e.getMessage()));
      ended = e.report();
    } catch (QueueInterruptedException e) {
      spec.commandLine().getErr().println("interrupted after " + uploads.sizes().size() + " pictures");
      return 130;
    }
    out().println(uploads.sizes().size() + " pictures uploaded, "
        + uploads.sizes().values().stream().mapToLong(Integer::longValue).sum() + " bytes");
    out().println();
    return write(ended, smallOnes);
  }

  /** Prints and saves what was found out. */
  private int write(PipelineReport ended, List<Thumbnail> smallOnes) {
    out().println(ended);
    try {
      if (report != null) {
        Files.writeString(report, ended.toHtml());
        out().println("The report is " + report + ".");
      }
      if (sheet != null && !smallOnes.isEmpty()) {
        Files.write(sheet, ContactSheet.png(smallOnes));
        out().println("The pictures are shown in " + sheet + ".");
      }
    } catch (IOException e) {
      return failed("cannot write the file: " + e);
    }
    out().flush();
    return ended.outcome() == PipelineReport.Outcome.COMPLETED && ended.failed() == 0 ? 0 : 1;
  }

  private ImageOptions options() {
    Retry retry = retries.retry();
    checkWritable("--report", report);
    checkWritable("--sheet", sheet);
    try {
      return new ImageOptions(workers, connections, Arrays.asList(sizes), !unordered, retry);
    } catch (IllegalArgumentException e) {
      throw Usage.wrong(spec, "--workers, --max-req or --sizes: " + e.getMessage());
    }
  }

  private void checkWritable(String option, @Nullable Path file) {
    Path folder = file == null ? null : file.toAbsolutePath().getParent();
    if (file != null && (Files.isDirectory(file) || folder == null || !Files.isWritable(folder))) {
      throw Usage.wrong(
          spec, option + " must be a file that can be written, but was '" + file + "'; choose another, or make " + folder
              + " writable");
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private int failed(String message) {
    spec.commandLine().getErr().println("heddle images: " + message);
    spec.commandLine().getErr().flush();
    return 1;
  }
}
