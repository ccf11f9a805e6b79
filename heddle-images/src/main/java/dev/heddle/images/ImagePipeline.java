package dev.heddle.images;

import dev.heddle.futures.Retry;
import dev.heddle.images.render.FlagRenderer;
import dev.heddle.queue.Pipeline;
import dev.heddle.queue.StageOptions;
import java.util.Objects;

/**
 * The image pipeline: downloads each flag, renders it in its largest size, resizes it to the other sizes, and uploads each.
 *
 * <p>Downloads and uploads run on virtual threads, since they wait for the network; rendering and resizing run on platform
 * threads, since they compute. A document that could hang or take much memory is rendered in a worker process, which is
 * ended after the time of {@link RenderLimits}. Bounded queues between the stages limit the memory, whatever the number of
 * flags.
 */
public final class ImagePipeline {

  private ImagePipeline() {}

  /**
   * Creates a pipeline that uploads pictures of flags, and emits each after its upload.
   *
   * @param codes countries, two capital letters each
   * @param client the client to download and upload with; it must stay open until the run has ended
   */
  public static Pipeline<Thumbnail> of(Iterable<String> codes, ImageClient client, ImageOptions options) {
    Objects.requireNonNull(client, "client must not be null");
    StageOptions transfer = order(StageOptions.workers(options.connections()), options).withRetry(retry(options));
    StageOptions computing = order(StageOptions.workers(options.workers()), options).onPlatformThreads();
    return Pipeline.from(codes)
        .stage("download", transfer, client::download)
        .stage("render", computing, svg -> client.renderer().render(svg, options.largest(), options.limits()))
        .flatMap("resize", computing, picture -> FlagRenderer.resize(picture, options.widths()))
        .stage("upload", transfer, client::upload);
  }

  /** Retries transient failures only. */
  private static Retry retry(ImageOptions options) {
    return options.retry().when(failure -> failure instanceof ImagesException.Transfer transfer && transfer.isTransient());
  }

  private static StageOptions order(StageOptions stage, ImageOptions options) {
    return options.ordered() ? stage : stage.unordered();
  }
}
