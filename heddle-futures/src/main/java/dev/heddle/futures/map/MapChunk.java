package dev.heddle.futures.map;

import dev.heddle.base.Cast;
import dev.heddle.futures.TaskCallable;
import dev.heddle.futures.TaskFunction;
import dev.heddle.futures.spi.PartialFailure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The task of a {@code map}: applies the function to some inputs, one after the other. A record, which is sent to other
 * processes without Java serialization.
 *
 * @param inputs at least one
 * @param timed whether the results are followed by the number of nanoseconds they took
 */
@SuppressWarnings("ArrayRecordComponent") // chunks are not compared, and a list would be copied twice on the way
public record MapChunk<T extends @Nullable Object, R extends @Nullable Object>(
    TaskFunction<? super T, ? extends R> fn, @Nullable Object[] inputs, boolean timed)
    implements
      TaskCallable<@Nullable Object[]> {

  @Override
  public @Nullable Object[] call() throws Exception {
    long start = timed ? System.nanoTime() : 0;
    @Nullable
    Object[] results = new @Nullable Object[timed ? inputs.length + 1 : inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      try {
        results[i] = fn.apply(Cast.<T>to(inputs[i]));
      } catch (Throwable e) {
        if (inputs.length == 1) { // of several, one knows by a PartialFailure that the function failed, and not its worker
          throw e;
        }
        throw new PartialFailure(Arrays.copyOf(results, i), e);
      }
    }
    if (timed) {
      results[inputs.length] = System.nanoTime() - start;
    }
    return results;
  }
}
