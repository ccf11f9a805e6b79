package dev.heddle.iter.engine;

import dev.heddle.iter.GeneratorExit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Completes the stack trace of an exception that a body throws, as if all bodies were on one stack: by those that delegate
 * to it, which are suspended, and by the caller of a body on another thread.
 */
public final class Traces {
  /** As many as the virtual machine keeps of a stack. */
  private static final int MOST = 1024;

  private static final String PACKAGE = Traces.class.getPackageName() + ".";

  /** The method of a compiled body's class that runs the body. */
  private static final String RESUME = "resume";

  private Traces() {}

  /**
   * Whether a body has thrown something of its own, whose trace is worth completing.
   *
   * @param raised what was raised in the body, which may just have passed through it
   */
  static boolean isNew(Throwable thrown, @Nullable Throwable raised) {
    return thrown != raised && !(thrown instanceof GeneratorExit) && !(thrown instanceof VirtualMachineError);
  }

  /**
   * Puts the bodies that delegate between the innermost, which has thrown the exception just now, and its caller.
   *
   * @param delegators from the one that delegates to the innermost up to the root
   */
  static void addDelegators(Throwable thrown, List<AbstractCoroutine<?, ?, ?>> delegators) {
    StackTraceElement[] trace = thrown.getStackTrace();
    int here = new Throwable().getStackTrace().length - 1; // without this method: the driver of the chain and its callers
    int at = trace.length - here;
    if (at <= 0 || !trace[at].getClassName().startsWith(PACKAGE)) {
      return; // it was made elsewhere, or has no trace
    }
    while (at > 0 && trace[at - 1].getClassName().startsWith(PACKAGE)) {
      at--;
    }
    List<StackTraceElement> places = places(delegators);
    int before = at - places.size();
    if (at == 0 || (before >= 0 && Arrays.asList(trace).subList(before, at).equals(places))) {
      return; // an error of the engine, or an exception that a body has kept and throws again
    }
    List<StackTraceElement> all = new ArrayList<>(Arrays.asList(trace).subList(0, at));
    all.addAll(places);
    all.addAll(Arrays.asList(trace).subList(at, trace.length));
    thrown.setStackTrace(all.toArray(StackTraceElement[]::new));
  }

  private static List<StackTraceElement> places(List<AbstractCoroutine<?, ?, ?>> delegators) {
    List<StackTraceElement> all = new ArrayList<>();
    for (AbstractCoroutine<?, ?, ?> each : delegators) {
      StackTraceElement place = all.size() < MOST ? each.placeNow() : null;
      if (place != null) {
        all.add(new StackTraceElement(each.getClass().getName(), RESUME, place.getFileName(), place.getLineNumber()));
      }
    }
    return all;
  }

  /**
   * Puts those that wait in the place of the code that drives them.
   *
   * @param thrower the body that has thrown the exception just now, or null
   * @param waiting gives the places where they wait, from the body that waits for the thrower's result up to the outermost
   * @param isDriver whether a frame is of the code that drives the bodies
   * @param isHidden whether a frame between the driver and a body on a thread is the driver's, too
   */
  public static void addWaiting(
      Throwable thrown, @Nullable AbstractCoroutine<?, ?, ?> thrower, Supplier<List<StackTraceElement>> waiting,
      Predicate<StackTraceElement> isDriver, Predicate<StackTraceElement> isHidden) {
    List<StackTraceElement> trace = Arrays.asList(thrown.getStackTrace());
    int end = trace.size();
    while (end > 0 && !isDriver.test(trace.get(end - 1))) {
      end--;
    }
    int first = thrower == null ? beginOfDriver(trace, end, isDriver) : endOfBody(trace, end, thrower, isHidden);
    if (first < 0) {
      return; // it was made elsewhere, was completed before, or has no trace
    }
    List<StackTraceElement> all = new ArrayList<>();
    trace.subList(0, first).forEach(each -> all.add(thrower == null ? each : named(each, thrower)));
    all.addAll(waiting.get());
    all.addAll(trace.subList(end, trace.size()));
    thrown.setStackTrace(all.toArray(StackTraceElement[]::new));
  }

  /** See {@link dev.heddle.iter.BodyKind#places}. */
  public static List<StackTraceElement> places(AbstractCoroutine<?, ?, ?> body) {
    return body.places();
  }

  /** Where the driver begins in a trace without bodies; -1 if there is a body in it, which has made the exception. */
  private static int beginOfDriver(List<StackTraceElement> trace, int end, Predicate<StackTraceElement> isDriver) {
    for (int i = 0; i < end; i++) {
      if (isEngine(trace.get(i))) {
        return -1;
      }
    }
    for (int i = 0; i < end; i++) {
      if (isDriver.test(trace.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** Where the frames of the body that the driver has resumed end; -1 if that is another body than the thrower. */
  private static int endOfBody(
      List<StackTraceElement> trace, int end, AbstractCoroutine<?, ?, ?> thrower, Predicate<StackTraceElement> isHidden) {
    int at = end;
    while (at > 0 && !isEngine(trace.get(at - 1))) {
      at--;
    }
    boolean onThread = false;
    while (at > 0 && isEngine(trace.get(at - 1))) {
      at--;
      onThread |= trace.get(at).getClassName().equals(ThreadCoroutine.class.getName());
    }
    while (onThread && at > 0 && isHidden.test(trace.get(at - 1))) {
      at--;
    }
    boolean own = at > 0
        && (thrower instanceof ThreadCoroutine ? onThread : isRunOf(trace.get(at - 1), thrower));
    return own ? at : -1;
  }

  private static boolean isEngine(StackTraceElement frame) {
    return frame.getClassName().startsWith(PACKAGE);
  }

  private static boolean isRunOf(StackTraceElement frame, AbstractCoroutine<?, ?, ?> body) {
    return frame.getClassName().equals(body.getClass().getName()) && frame.getMethodName().equals(RESUME);
  }

  /** A frame of a compiled body by the names of the body's class and method. */
  private static StackTraceElement named(StackTraceElement frame, AbstractCoroutine<?, ?, ?> body) {
    if (!isRunOf(frame, body)) {
      return frame;
    }
    StackTraceElement begin = body.place(AbstractCoroutine.CREATED);
    return begin == null
        ? frame
        : new StackTraceElement(begin.getClassName(), begin.getMethodName(), begin.getFileName(), frame.getLineNumber());
  }

  /** Puts the callers of this thread behind the body that has thrown the exception on a thread of its own. */
  static void addCallers(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    int end = lastOfBody(trace);
    if (end < 0) {
      return; // it was made on another thread, or has no trace
    }
    StackTraceElement[] callers = new Throwable().getStackTrace();
    List<StackTraceElement> all = new ArrayList<>(Arrays.asList(trace).subList(0, end));
    all.addAll(Arrays.asList(callers).subList(1, callers.length));
    thrown.setStackTrace(all.toArray(StackTraceElement[]::new));
  }

  /** The frames of a body in the trace of its thread, from the call that suspends it. */
  static List<StackTraceElement> ofBody(StackTraceElement[] trace) {
    int begin = 0;
    for (int i = 0; i < trace.length; i++) {
      if (trace[i].getClassName().equals(ThreadCoroutine.class.getName()) && trace[i].getMethodName().equals("suspend")) {
        begin = i + 1;
      }
    }
    int end = Math.max(begin, lastOfBody(trace));
    while (end > begin && trace[end - 1].getClassName().startsWith(PACKAGE)) {
      end--;
    }
    return List.of(trace).subList(begin, end);
  }

  /** Where the frames begin that start a body on its thread; -1 if there are none. */
  private static int lastOfBody(StackTraceElement[] trace) {
    for (int i = trace.length - 1; i >= 0; i--) {
      StackTraceElement each = trace[i];
      if (each.getClassName().equals(ThreadCoroutine.class.getName()) && each.getMethodName().equals("runBody")) {
        return i;
      }
    }
    return -1;
  }
}
