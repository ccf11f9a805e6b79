package dev.heddle.futures;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The task of a {@code map}: some inputs, one after the other. */
final class MapChunk<T extends @Nullable Object, R extends @Nullable Object>
    implements TaskCallable<@Nullable Object[]> {
  private final TaskFunction<? super T, ? extends R> fn;
  private final @Nullable Object[] inputs;

  /**
   * A chunk.
   *
   * @param inputs at least one
   */
  MapChunk(TaskFunction<? super T, ? extends R> fn, @Nullable Object[] inputs) {
    this.fn = fn;
    this.inputs = inputs;
  }

  @Override
  public @Nullable Object[] call() throws Exception {
    @Nullable Object[] results = new @Nullable Object[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      try {
        results[i] = fn.apply(Cast.<T>to(inputs[i]));
      } catch (Throwable e) {
        if (i == 0) {
          throw e;
        }
        throw new PartialFailure(Arrays.copyOf(results, i), e);
      }
    }
    return results;
  }

  /** Some results, and then a failure. */
  static final class PartialFailure extends Exception {
    private final @Nullable Object[] results;

    PartialFailure(@Nullable Object[] results, Throwable cause) {
      super(Text.of(cause), cause, false, false);
      this.results = results;
    }

    @Nullable Object[] results() {
      return results;
    }
  }
}
