package dev.heddle.futures.map;

import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.core.CoreFuture;
import dev.heddle.futures.core.UnreadReport;
import dev.heddle.futures.spi.Engine;

/** The executor of a map, as the map needs it. */
public interface MapHost {

  /** The executor's name. */
  String name();

  /** The engine that runs the tasks. */
  Engine engine();

  /** The executor's options for tasks. */
  TaskOptions tasks();

  /**
   * Starts the task of a chunk.
   *
   * @param measured whether the time and the attempts are asked for later
   */
  CoreFuture<?> start(TaskOptions how, MapChunk<?, ?> chunk, boolean measured);

  /** Keeps a report, to be logged when the executor is closed before the results are read. */
  void watch(UnreadReport report);
}
