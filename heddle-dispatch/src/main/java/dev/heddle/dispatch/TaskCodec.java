package dev.heddle.dispatch;

import dev.heddle.futures.spi.Work;
import java.util.concurrent.Callable;

/** Translates tasks into payloads and the outcomes that workers report into values and exceptions. Thread-safe. */
public interface TaskCodec {

  /**
   * Returns the payload of a task. Whatever this throws fails that task.
   *
   * @param work the task's name, for messages
   * @param task what a worker is to call
   */
  Payload encode(Work work, Callable<?> task) throws Exception;

  /** Returns the reader of one worker's outcomes; called once for each worker. */
  OutcomeReader outcomesOf(WorkerChannel worker);
}
