package dev.heddle.queue.plan;

import dev.heddle.futures.TaskFunction;
import dev.heddle.iter.Iter;
import dev.heddle.queue.Pipeline;
import dev.heddle.queue.StageOptions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node of a pipeline's plan. If several nodes read from one, each of them gets every item. If a node reads from several,
 * it gets their items as they become ready.
 *
 * <p>The types of items are checked by {@link Pipeline}, and erased here.
 */
public sealed interface PlanNode {

  /** Returns the name, unique in its pipeline. */
  String name();

  /** A source of items; each run opens it anew, and asks for their number, which may be unknown. */
  record Source(String name, Supplier<Iter<?>> open, Supplier<OptionalLong> size) implements PlanNode {

    /** A source of an unknown number of items. */
    public Source(String name, Supplier<Iter<?>> open) {
      this(name, open, OptionalLong::empty);
    }
  }

  /** A stage: work done on the items of other nodes. */
  record Stage(String name, StageOptions options, Work work, List<PlanNode> inputs) implements PlanNode {}

  /** The work of a stage. */
  sealed interface Work {}

  /** Calls a function with each item. */
  record Call(Shape shape, TaskFunction<Object, @Nullable Object> fn) implements Work {}

  /** Makes lists of items; one that is not full is handed on after {@code maxWait}, if there is one. */
  record Batch(int size, @Nullable Duration maxWait) implements Work {}

  /** Hands on a number of items and then stops the nodes before it. */
  record Limit(long count) implements Work {}

  /** The meaning of a function's result. */
  enum Shape {
    /** The result is handed on. */
    MAP,
    /** The elements of the result are handed on. */
    FLAT,
    /** The result says whether the item is handed on. */
    FILTER,
    /** Nothing is handed on. */
    SINK,
    /** Nothing is handed on; the result says whether more items are wanted. */
    SINK_WHILE;

    /** Returns whether nothing is handed on. */
    public boolean isSink() {
      return this == SINK || this == SINK_WHILE;
    }
  }
}
