package dev.heddle.queue;

import dev.heddle.futures.TaskFunction;
import dev.heddle.iter.Iter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of a pipeline's plan. A node may have several followers: then each of them gets every item. It may read from
 * several nodes: then their items come as they are ready.
 *
 * <p>Types are checked by {@link Pipeline}, and forgotten here.
 */
sealed interface Node {

  String name();

  /** Where the items come from; each run opens it anew. */
  record Source(String name, Supplier<Iter<?>> open) implements Node {}

  /** Something done to each item. */
  record Stage(String name, StageOptions options, Work work, List<Node> inputs) implements Node {}

  /** What a stage does. */
  sealed interface Work {}

  /** It calls a function. */
  record Call(Shape shape, TaskFunction<Object, @Nullable Object> fn) implements Work {}

  /** It makes lists of items; one that is not full is handed on after a time, if there is one. */
  record Batch(int size, @Nullable Duration maxWait) implements Work {}

  /** It hands on so many items and then stops what is before it. */
  record Limit(long count) implements Work {}

  /** What a function's result means. */
  enum Shape {
    /** It is handed on. */
    MAP,
    /** Its elements are handed on. */
    FLAT,
    /** It says whether the item is handed on. */
    FILTER,
    /** Nothing is handed on. */
    SINK,
    /** Nothing is handed on; it says whether more items are wanted. */
    SINK_WHILE;

    boolean isSink() {
      return this == SINK || this == SINK_WHILE;
    }
  }
}
