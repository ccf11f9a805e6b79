package dev.heddle.asyncio;

import dev.heddle.asyncio.task.CarriedValues;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The values of all {@link ContextVar}s at one place of a program: of a task, a callback, or a call on another thread.
 *
 * <pre>{@code
 * Context of = Context.current().with(tenant, "acme");
 * Task<Report> report = of.call(() -> Asyncio.createTask(makeReport()));   // a task with a context of its own
 * }</pre>
 *
 * <p>Immutable and thread-safe; does not block. Origin: {@code contextvars.Context} and {@code copy_context}.
 */
public sealed interface Context permits CarriedValues {

  /** Returns the values that are seen here, on a loop's thread or in a call of {@link Asyncio#toThread}. */
  static Context current() {
    return CarriedValues.current();
  }

  /** Returns a context in which each variable has its initial value. */
  static Context empty() {
    return CarriedValues.EMPTY;
  }

  /** Returns this context with another value of one variable. */
  <T extends @Nullable Object> Context with(ContextVar<T> variable, T value);

  /** Returns the value of a variable in this context. */
  <T extends @Nullable Object> T get(ContextVar<T> variable);

  /**
   * Calls something within this context, here and now: it sees these values, and so do the tasks that it makes and the
   * callbacks that it registers. What it sets is gone afterwards. Origin: {@code Context.run}.
   *
   * @throws Exception what the call has thrown
   */
  <T extends @Nullable Object> T call(Callable<T> call) throws Exception;
}
