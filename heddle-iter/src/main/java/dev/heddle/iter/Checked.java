package dev.heddle.iter;

import dev.heddle.base.Check;

/**
 * Lets checked exceptions be caught by their type where they come out of a call that does not declare them.
 *
 * <p>The body of a generator, a coroutine or a function of an iterator may throw anything, and it comes out unchanged: of {@code
 * toList()}, of a loop, of {@code EventLoop.run}. None of these can declare it, as the types of iterators do not say what their
 * bodies throw, and Java refuses {@code catch (IOException e)} around statements none of which declares that exception. This one
 * does:
 *
 * <pre>{@code
 * try {
 *   Checked.mayThrow(IOException.class);
 *   return lines.toList();
 * } catch (IOException e) {
 *   …
 * }
 * }</pre>
 */
public final class Checked {
  private Checked() {}

  /**
   * Does nothing; declares that what stands beside it may throw an exception, so that it can be caught by its type, or must be
   * declared in turn. For several types call it several times.
   *
   * @throws X never by this method
   */
  public static <X extends Exception> void mayThrow(Class<X> type) throws X {
    Check.notNull(type, "type");
  }
}
