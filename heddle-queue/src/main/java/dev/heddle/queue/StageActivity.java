package dev.heddle.queue;

/**
 * The activity of the workers of a stage, found by samples. Each figure is a number of workers, averaged over the samples.
 *
 * @param samples how many samples were taken; with few of them the figures are rough, with 0 they are all 0
 * @param runnable how many workers were ready to run, on a processor or waiting for one
 * @param locked how many workers at work were waiting for a lock or a permit ({@code synchronized}, the locks of {@code
 *     java.util.concurrent.locks}, {@code Semaphore})
 * @param queued how many workers at work were waiting for the stage's executor to begin their task
 * @param waiting how many workers at work were waiting for other threads: at a queue, a condition, a future or a latch
 */
public record StageActivity(long samples, double runnable, double locked, double queued, double waiting) {
  /** No samples. */
  public static final StageActivity UNKNOWN = new StageActivity(0, 0, 0, 0, 0);
}
