package dev.heddle.process.worker;

import dev.heddle.codec.EncodedTask;
import dev.heddle.codec.TaskDecoder;
import dev.heddle.codec.TaskEncoder;
import dev.heddle.codec.Values;
import dev.heddle.process.errors.ProcessErrors;
import java.time.Duration;

/**
 * Runs some tasks of Heddle's own in a worker that has nothing to do yet, such as a spare one: the code that decodes and
 * runs a task is loaded and linked by then, which would take most of the time of the first task.
 */
final class WarmUp {
  private static final int ROUNDS = 20;
  private static final long DELAY_MILLIS = 20; // a worker that was started for a task has it by then, and needs the processor itself

  private final Thread thread = Thread.ofPlatform().name("heddle-warm-up").daemon(true)
      .unstarted(this::run);
  private volatile boolean over;
  private volatile int rounds;

  /** Begins on a thread of its own. */
  void begin() {
    thread.start();
  }

  /** Ends it soon, since a task has come; does not wait. May be called before it has begun, and again. */
  void end() {
    over = true;
  }

  /** Waits for its end, at most for a time; returns how many tasks were run. */
  int await(Duration longest) throws InterruptedException {
    boolean _ = thread.join(longest);
    return rounds;
  }

  private void run() {
    try {
      Thread.sleep(DELAY_MILLIS);
      TaskEncoder encoder = new TaskEncoder(new ProcessErrors());
      TaskDecoder decoder = new TaskDecoder(_ -> null, null, new ProcessErrors());
      TaskDecoder.warmUp();
      for (int i = 1; i <= ROUNDS && !over; i++) {
        EncodedTask task = encoder.encode(TrainingRun.number(i));
        decoder.define(task.site().id(), task.site().definition());
        run(decoder, task);
        rounds = i;
      }
    } catch (Throwable e) {
      // the first task takes longer then, or fails in the same way and tells it
    }
  }

  private static void run(TaskDecoder decoder, EncodedTask task) {
    Values values = decoder.values();
    try {
      byte[] _ = values.encode(decoder.decode(task.site().id(), task.payload()).call());
    } catch (Throwable e) {
      byte[] _ = decoder.failures().encode(e, "of the warm-up");
    }
  }
}
