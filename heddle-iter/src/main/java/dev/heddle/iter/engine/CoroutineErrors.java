package dev.heddle.iter.engine;

import dev.heddle.base.ClosedEarly;
import dev.heddle.iter.GeneratorException.AlreadyExecuting;
import dev.heddle.iter.GeneratorException.EscapedStopIteration;
import dev.heddle.iter.GeneratorException.IgnoredExit;
import dev.heddle.iter.GeneratorException.NotStarted;
import dev.heddle.iter.GeneratorException.WrongState;
import dev.heddle.iter.GeneratorState;
import dev.heddle.iter.StopIteration;
import org.jspecify.annotations.Nullable;

/** Messages of exceptions about wrong uses of coroutines: what happened, and what to do instead. */
public final class CoroutineErrors {
  private CoroutineErrors() {}

  public static AlreadyExecuting alreadyExecuting() {
    return new AlreadyExecuting(
        "this generator is already executing: its body, a function that consumes it as a whole (such as that of collect), or"
            + " another thread may not ask it for an element meanwhile; give each its own generator, or loop with next()");
  }

  public static IgnoredExit ignoredExit(@Nullable Object element) {
    return new IgnoredExit(
        "the body yielded " + element + " while it was being closed; after a GeneratorExit a body returns or throws,"
            + " so do not yield in a finally block or in a catch block that catches it");
  }

  public static NotStarted notStarted(@Nullable Object sent) {
    return new NotStarted(
        "send(" + sent + ") before the body has reached a yield that could receive it; call next() once first");
  }

  public static WrongState notYetTaken(String what, @Nullable Object fetched) {
    return new WrongState(
        what + " after hasNext(), which has fetched the element " + fetched + "; take it with next() before going on");
  }

  public static EscapedStopIteration escapedStopIteration(Throwable t) {
    return new EscapedStopIteration(
        "the body of a generator threw " + t + ", which its consumer would take for the end;"
            + " end the body by returning, and catch the exception where the body asks something for a next element",
        t);
  }

  public static EscapedStopIteration unbound(String reason, Throwable t) {
    return new EscapedStopIteration(
        "the body asked for a ScopedValue that is not bound on its thread: it runs on a virtual thread of its own (" + reason
            + "), which the caller's bindings do not reach; get the value before the generator is made and let the body capture it,"
            + " or consume the generator as a whole, as toList does",
        t);
  }

  public static StopIteration ended(@Nullable Object result) {
    return new StopIteration("the body has ended and has no next element; ask hasNext() first", result);
  }

  public static StopIteration over() {
    return new StopIteration(
        "this generator has ended or was closed, and a generator runs once; make a new one with of(body)", null);
  }

  public static WrongState cannotGoOn() {
    return new WrongState("the body has ended and cannot go on; start a new one");
  }

  public static WrongState cannotIterateAgain() {
    return new WrongState(
        "this generator has ended and cannot be iterated again: a generator runs once;"
            + " use Generator.iterable(body), of which each loop runs the body afresh");
  }

  public static WrongState cut() {
    return new WrongState(ClosedEarly.message("this generator"));
  }

  public static WrongState noResult(GeneratorState state) {
    return new WrongState(
        "there is no result: the coroutine is " + state
            + (state == GeneratorState.CLOSED ? " but its body has not returned" : "")
            + "; go on until next() or send() throws StopIteration");
  }

  /** Lets an exception pass as it is, also a checked one: what a body throws is its caller's. */
  @SuppressWarnings("unchecked") // the cast is erased, which is its purpose
  public static <E extends Throwable> RuntimeException sneaky(Throwable t) throws E {
    throw (E) t;
  }
}
