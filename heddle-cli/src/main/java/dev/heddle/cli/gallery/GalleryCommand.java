package dev.heddle.cli.gallery;

import dev.heddle.base.files.OutputFiles;
import dev.heddle.cookbook.Cookbook;
import dev.heddle.cookbook.RecordedRecipe;
import dev.heddle.flags.Countries;
import dev.heddle.flags.FlagServer;
import dev.heddle.flags.ServerProfile;
import dev.heddle.images.ImageClient;
import dev.heddle.images.ImageOptions;
import dev.heddle.images.ImagePipeline;
import dev.heddle.images.Uploads;
import dev.heddle.queue.FailurePolicy;
import dev.heddle.queue.PipelineOptions;
import dev.heddle.queue.PipelineReport;
import dev.heddle.timeline.Timeline;
import dev.heddle.timeline.TimelineRecorder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code heddle gallery}: makes the pictures of README.md and docs/pictures.md; see docs/gallery/make. */
@Command(name = "gallery", hidden = true, description = "Makes the pictures of the documentation.")
public final class GalleryCommand implements Callable<Integer> {
  private static final int GENERATIONS = 120;
  private static final Duration REPLY_WITHIN = Duration.ofSeconds(10);

  @Parameters(paramLabel = "DIR", description = "The folder for the pictures.")
  private Path folder = Path.of(".");

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(folder);
    write("one-lock.svg", oneLock().toSvg());
    Timeline pool = PoolLife.record();
    write("pool.svg", pool.toSvg());
    write("pool.html", pool.toHtml("A pool of three worker processes"));
    write("life.svg", LifePicture.ofGliderGun(GENERATIONS));
    images();
    return 0;
  }

  private void write(String name, String text) throws IOException {
    OutputFiles.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  /** The recipe of threads under one lock, and without it. */
  private static Timeline oneLock() throws Exception {
    if (!(Cookbook.find("B37") instanceof RecordedRecipe recipe)) {
      throw new IllegalStateException("recipe B37 records no timeline");
    }
    try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      Cookbook.find("B37").run(nowhere);
    }
    return recipe.timeline();
  }

  private void images() throws IOException {
    TimelineRecorder recorder = new TimelineRecorder();
    Uploads uploads = new Uploads();
    try (FlagServer server = FlagServer.start(ServerProfile.of(ServerProfile.Label.DELAY));
        ImageClient client = new ImageClient(server.base(), server.uri(Uploads.PATH), REPLY_WITHIN)) {
      server.handle(Uploads.PATH, uploads);
      PipelineReport report = ImagePipeline.of(Countries.POP20, client, ImageOptions.defaults())
          .with(PipelineOptions.named("images").withFailures(FailurePolicy.skip()).withTimeline(recorder))
          .to(picture -> {})
          .run();
      write("pipeline.svg", report.toSvg());
      write("pipeline.html", recorder.timeline().toHtml("heddle images", report.toString()));
    }
  }
}
