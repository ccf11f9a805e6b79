package dev.heddle.cli.images;

import dev.heddle.base.files.OutputFiles;
import dev.heddle.cli.errors.FileErrors;
import dev.heddle.cli.errors.OptionCheck;
import dev.heddle.cli.options.CountryOptions;
import dev.heddle.cli.options.HelpOption;
import dev.heddle.cli.options.RetryOptions;
import dev.heddle.cli.options.ServerOptions;
import dev.heddle.cli.options.TimelineOption;
import dev.heddle.cli.terminal.ControlCharacters;
import dev.heddle.cli.terminal.InterruptOnSignal;
import dev.heddle.flags.FlagServer;
import dev.heddle.flags.ServerProfile;
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
import dev.heddle.timeline.TimelineRecorder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * {@code heddle images}: a pipeline that downloads flags, renders and resizes them, and uploads the pictures.
 *
 * <p>Origin: the pipeline of download, resize and upload in "Effective Python", item 39.
 */
@Command(name = "images", header = "Downloads flags, renders them in several sizes and uploads the pictures, in a pipeline.", description = {
    "",
    "An embedded server serves the flags as SVG and accepts the pictures by PUT. Each stage has its own workers and a bounded"
        + " input queue, so that a slow stage slows the others down instead of filling the memory. The final report names the"
        + " bottleneck.",
    "",
    "Without arguments the flags of the 20 most populous countries are used."
}, parameterListHeading = "%n", optionListHeading = "%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:every picture was uploaded",
    "1:a picture was not uploaded, or a file cannot be written",
    "2:the command line is wrong",
    "130, 143:interrupted (Ctrl-C) or terminated"
}, footerHeading = "%nExamples:%n", footer = {
    "  heddle images                           20 flags in 3 sizes",
    "  heddle images -a --sheet flags.png      all flags, and a contact sheet",
    "  heddle images -a --workers 1            makes rendering the bottleneck",
    "  heddle images -s LOCAL --report out.html",
    "  heddle images --timeline out.html       what each worker did when, to zoom and search in"
})
public final class ImagesCommand implements Callable<Integer> {
  private static final Duration REPLY_WITHIN = Duration.ofSeconds(10);
  private static final Duration DRAW_EVERY = Duration.ofMillis(100);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CountryOptions countries;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private ServerOptions server;

  @Option(names = {"-w",
      "--workers"}, paramLabel = "N", description = "The number of workers that render, and of those that resize (default: the number of cores).")
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
  private RetryOptions retries;

  @Option(names = "--fail-fast", description = "Stop at the first picture that fails, instead of skipping it.")
  private boolean failFast;

  @Option(names = "--report", paramLabel = "FILE.html", description = "Write the report with a diagram of the stages to this file.")
  private @Nullable Path report;

  @Option(names = "--sheet", paramLabel = "FILE.png", description = "Write a contact sheet of the smallest pictures to this file.")
  private @Nullable Path sheet;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private TimelineOption timeline;

  @Mixin
  @SuppressWarnings({"NullAway.Init", "unused"}) // picocli sets and uses it
  private HelpOption help;

  @Override
  public Integer call() {
    ServerProfile profile = server.profile();
    List<String> codes = countries.codes();
    ImageOptions options = options();
    // Unreadable documents are reported by this command; the library would also log them with a stack trace.
    Logger.getLogger("com.github.weisj.jsvg").setLevel(Level.OFF);
    Uploads uploads = new Uploads();
    try (FlagServer started = FlagServer.start(profile);
        ImageClient client = new ImageClient(started.base(), started.uri(Uploads.PATH), REPLY_WITHIN);
        InterruptOnSignal _ = InterruptOnSignal.interruptsThisThread()) {
      started.handle(Uploads.PATH, uploads);
      out().printf(
          "%s server: %s (%s; seed %d)%n", profile.label(), started.base(), profile.describe(), profile.seed());
      out().printf(
          "%s, %s each: %s to upload to %s%n", count(codes.size(), "flag"), count(options.widths().size(), "size"),
          count(codes.size() * options.widths().size(), "picture"), started.uri(Uploads.PATH));
      out().flush();
      return run(codes, client, options, uploads);
    } catch (IOException e) {
      return failed("the flag server cannot be started on this machine: " + e.getMessage());
    }
  }

  private int run(List<String> codes, ImageClient client, ImageOptions options, Uploads uploads) {
    int smallest = options.widths().stream().mapToInt(Integer::intValue).min().orElseThrow();
    List<Thumbnail> smallOnes = new ArrayList<>();
    PipelineOptions run = PipelineOptions.named("images")
        .withFailures(failFast ? FailurePolicy.failFast() : FailurePolicy.skip());
    TimelineRecorder recorder = timeline.recorder();
    PipelineOptions recorded = recorder == null ? run : run.withTimeline(recorder);
    PipelineReport ended;
    try (StageProgress progress = StageProgress.on(spec.commandLine().getErr())) {
      ended = ImagePipeline.of(codes, client, options)
          .with(recorded.onProgress(DRAW_EVERY, progress::show))
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
      spec.commandLine().getErr().println("interrupted after " + count(uploads.sizes().size(), "picture"));
      timeline.write(out(), "heddle images", "interrupted");
      return 130;
    }
    out().println(count(uploads.sizes().size(), "picture") + " uploaded, "
        + uploads.sizes().values().stream().mapToLong(Integer::longValue).sum() + " bytes");
    out().println();
    return write(ended, smallOnes);
  }

  /** Prints the report, and writes the requested files. */
  private int write(PipelineReport ended, List<Thumbnail> smallOnes) {
    out().println(ended);
    try {
      if (report != null) {
        OutputFiles.write(report, ended.toHtml().getBytes(StandardCharsets.UTF_8));
        out().println("The report is " + ControlCharacters.escape(report.toString()) + ".");
      }
      if (sheet != null && !smallOnes.isEmpty()) {
        OutputFiles.write(sheet, ContactSheet.png(smallOnes));
        out().println("The contact sheet is " + ControlCharacters.escape(sheet.toString()) + ".");
      }
    } catch (IOException e) {
      return failed("cannot write the file: " + FileErrors.describe(e));
    }
    boolean written = timeline.write(out(), "heddle images", ended.toString());
    out().flush();
    return written && ended.outcome() == PipelineReport.Completion.COMPLETED && ended.failed() == 0 ? 0 : 1;
  }

  private ImageOptions options() {
    Retry retry = retries.retry();
    TimelineRecorder _ = timeline.recorder(); // checks the option
    if (report != null) {
      OptionCheck.writable(spec, "--report", report);
    }
    if (sheet != null) {
      OptionCheck.writable(spec, "--sheet", sheet);
    }
    try {
      return new ImageOptions(workers, connections, Arrays.asList(sizes), !unordered, retry);
    } catch (IllegalArgumentException e) {
      throw OptionCheck.wrong(spec, "--workers, --max-req or --sizes: " + e.getMessage());
    }
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private int failed(String message) {
    spec.commandLine().getErr().println("heddle images: " + ControlCharacters.escapeLines(message));
    spec.commandLine().getErr().flush();
    return 1;
  }
}
