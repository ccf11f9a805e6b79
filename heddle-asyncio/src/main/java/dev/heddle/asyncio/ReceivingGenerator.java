package dev.heddle.asyncio;

import dev.heddle.asyncio.task.LoopReceivingGenerator;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * An async generator that also receives: the value of each yield of its body is what the consumer sends.
 *
 * <pre>{@code
 * ReceivingGenerator<Double, Double> average = ReceivingGenerator.of(y -> {
 *   double sum = 0;
 *   double sent = y.yield(0.0);
 *   for (int count = 1;; count++) {
 *     sum += sent;
 *     sent = y.yield(sum / count);
 *   }
 * });
 * a.await(average.send(null)); // runs to the first yield
 * a.await(average.send(3.0));  // 3.0
 * a.await(average.send(5.0));  // 4.0
 * a.await(average.close());
 * }</pre>
 *
 * <p>Confinement, contexts and closing are those of {@link AsyncGenerator}. Origin: {@code asend} (PEP 525).
 *
 * @param <T> the type of the elements
 * @param <S> the type of what it is sent
 */
public sealed interface ReceivingGenerator<T extends @Nullable Object, S extends @Nullable Object> extends AsyncGenerator<T>
    permits LoopReceivingGenerator {

  /** Returns a generator that runs the given body; the body does not begin before an element is asked for. */
  static <T extends @Nullable Object, S extends @Nullable Object> ReceivingGenerator<T, S> of(ReceivingBody<T, S> body) {
    return LoopReceivingGenerator.receiving(body);
  }

  /** Returns a generator whose body is in a module that does not open its package; see {@link Async#of}. */
  static <T extends @Nullable Object, S extends @Nullable Object> ReceivingGenerator<T, S> of(
      MethodHandles.Lookup host, ReceivingBody<T, S> body) {
    return LoopReceivingGenerator.receiving(host, body);
  }

  /**
   * Goes on with the body, makes {@code value} the value of the yield where it waits, and returns what it yields next.
   *
   * <p>Awaiting it throws a {@link dev.heddle.iter.StopIteration} if the body ends instead, or has ended. It throws a {@link
   * LoopStateException} if the body has not reached a yield yet and {@code value} is not null, if an element that {@code
   * hasNext} has waited for was not taken, and if another task waits for the generator. A {@code NoSuchElementException} of
   * the body, which would pass for its end, becomes a {@link dev.heddle.iter.GeneratorException.EscapedStopIteration}.
   *
   * @param value null to go on without a value, as {@code hasNext} does
   * @return sends it when it is awaited, and not before
   */
  Async<T> send(@Nullable S value);
}
