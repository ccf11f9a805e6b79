package dev.heddle.images;

import dev.heddle.futures.Retry;
import java.util.List;
import java.util.Objects;

/**
 * The options of the image pipeline. Immutable.
 *
 * @param workers the number of workers that render, and of those that resize, at least 1; more than there are cores do not
 *     help
 * @param connections the number of concurrent downloads, and of concurrent uploads, at least 1
 * @param widths the widths in pixels, each from 1 to {@link #WIDEST}, at least one, without duplicates
 * @param ordered whether pictures are uploaded in the order of the codes; otherwise each as soon as it is ready
 * @param retry whether and when a failed download or upload is retried
 * @param limits the most that rendering one document may take
 */
public record ImageOptions(
    int workers, int connections, List<Integer> widths, boolean ordered, Retry retry, RenderLimits limits) {
  /** The widest picture, in pixels. */
  public static final int WIDEST = 4096;

  private static final int MOST = 1000;
  private static final int ATTEMPTS = 4;

  /** Checks the values and copies the list. */
  public ImageOptions {
    checkCount(workers, "workers");
    checkCount(connections, "connections");
    widths = List.copyOf(widths);
    for (int width : widths) {
      if (width < 1 || width > WIDEST) {
        throw new IllegalArgumentException("widths must be from 1 to " + WIDEST + " pixels, but one was " + width);
      }
    }
    if (widths.isEmpty() || widths.stream().distinct().count() < widths.size()) {
      throw new IllegalArgumentException("widths must be one or more without duplicates, but were " + widths);
    }
    Objects.requireNonNull(retry, "retry must not be null; Retry.NEVER means one attempt only");
    Objects.requireNonNull(limits, "limits must not be null; RenderLimits.defaults() are for documents like flags");
  }

  /** Creates options with the default {@link RenderLimits}. */
  public ImageOptions(int workers, int connections, List<Integer> widths, boolean ordered, Retry retry) {
    this(workers, connections, widths, ordered, retry, RenderLimits.defaults());
  }

  private static void checkCount(int value, String name) {
    if (value < 1 || value > MOST) {
      throw new IllegalArgumentException(name + " must be from 1 to " + MOST + ", but was " + value);
    }
  }

  /** Returns the defaults: a worker for each core, eight connections, 320, 160 and 64 pixels, ordered, three retries. */
  public static ImageOptions defaults() {
    return new ImageOptions(
        Runtime.getRuntime().availableProcessors(), 8, List.of(320, 160, 64), true, Retry.times(ATTEMPTS));
  }

  /** Returns these options with other limits of rendering. */
  public ImageOptions withLimits(RenderLimits limits) {
    return new ImageOptions(workers, connections, widths, ordered, retry, limits);
  }

  /** The widest of the widths. */
  int largest() {
    return widths.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }
}
