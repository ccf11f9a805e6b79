package dev.heddle.images;

import dev.heddle.futures.Retry;
import dev.heddle.queue.Pipeline;
import dev.heddle.queue.StageOptions;
import java.util.Objects;

/**
 * The plan: each flag is downloaded, drawn once in its largest size, made smaller several times, and each size uploaded.
 *
 * <p>Downloads and uploads wait for the network, on virtual threads; drawing and resizing compute, on platform threads. Between
 * the stages stand bounded queues, so that memory does not grow with the number of flags.
 */
public final class ImagePipeline {

  private ImagePipeline() {}

  /**
   * A pipeline that uploads pictures of flags, and hands them on.
   *
   * @param codes countries, two capital letters each
   * @param client where the flags come from and the pictures go to; it must stay open until the run's end
   */
  public static Pipeline<Thumbnail> of(Iterable<String> codes, ImageClient client, ImageOptions options) {
    Objects.requireNonNull(client, "client must not be null");
    StageOptions transfer = order(StageOptions.workers(options.connections()), options).withRetry(retry(options));
    StageOptions computing = order(StageOptions.workers(options.workers()), options).onPlatformThreads();
    return Pipeline.from(codes)
        .stage("download", transfer, client::download)
        .stage("render", computing, svg -> Drawing.render(svg, options.largest()))
        .flatMap("resize", computing, picture -> Drawing.resize(picture, options.widths()))
        .stage("upload", transfer, client::upload);
  }

  /** What the server refuses it will refuse again; what may pass is worth another attempt. */
  private static Retry retry(ImageOptions options) {
    return options.retry().when(failure -> failure instanceof ImagesException.Transfer transfer && transfer.isPassing());
  }

  private static StageOptions order(StageOptions stage, ImageOptions options) {
    return options.ordered() ? stage : stage.unordered();
  }
}
