package dev.heddle.iter.engine;

import dev.heddle.iter.GeneratorExit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Completes the stack trace of an exception that a body throws, as if all bodies were on one stack: by those that delegate to it,
 * which are suspended, and by the caller of a body on another thread.
 */
final class Traces {
  /** As many as the virtual machine keeps of a stack. */
  private static final int MOST = 1024;

  private static final String PACKAGE = Traces.class.getPackageName() + ".";

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
      int line = each.state > AbstractCoroutine.CREATED && all.size() < MOST ? each.line(each.state) : 0;
      if (line > 0) {
        all.add(new StackTraceElement(each.getClass().getName(), "resume", each.file(), line));
      }
    }
    return all;
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
