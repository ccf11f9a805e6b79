package dev.heddle.queue.run;

import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskFunction;
import org.jspecify.annotations.Nullable;

/** A call of a function with an item. It captures nothing else, so that it can be sent to another process. */
public record ItemCall(TaskFunction<Object, @Nullable Object> fn, Object item) implements TaskCallable<@Nullable Object> {

  @Override
  public @Nullable Object call() throws Exception {
    return fn.apply(item);
  }
}
