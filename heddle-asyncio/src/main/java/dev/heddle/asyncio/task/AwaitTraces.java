package dev.heddle.asyncio.task;

import dev.heddle.asyncio.Cancelled;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.iter.BodyKind;
import dev.heddle.iter.Coroutine;
import dev.heddle.iter.GeneratorExit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Completes the stack traces of exceptions in coroutines: where the coroutines of a task await each other stands in the
 * place of the event loop's own frames, as if they were methods that call each other. Done once for an exception, where it
 * is thrown first.
 */
final class AwaitTraces {
  private static final int MOST = 1024; // as many as the virtual machine keeps of a stack
  private static final String LIBRARY = "dev.heddle.asyncio.";

  private AwaitTraces() {}

  /** Completes the trace of what the body of a frame has thrown just now; the frame is still on the stack. */
  static void thrownBy(CoroutineFrame<?> frame, Throwable thrown) {
    complete(thrown, frame.body(), frame.caller());
  }

  /** Completes the trace of what an operation throws at the await of the innermost frame. */
  static void thrownAt(CoroutineFrame<?> innermost, Throwable thrown) {
    complete(thrown, null, innermost);
  }

  /**
   * The places in the program's own code at which the stack of a task waits, the innermost first; at most as many as a trace
   * has.
   */
  static List<StackTraceElement> places(@Nullable CoroutineFrame<?> innermost) {
    List<StackTraceElement> all = new ArrayList<>();
    for (CoroutineFrame<?> each = innermost; each != null && all.size() < MOST; each = each.caller()) {
      Coroutine<?, ?, ?> body = each.body();
      if (body != null) {
        BodyKind.places(body).stream().filter(place -> !isLibrary(place)).forEach(all::add);
      }
    }
    return all;
  }

  /** The place in the program that has called this module on this thread; null if there is none. */
  static @Nullable StackTraceElement here() {
    for (StackTraceElement each : new Throwable().getStackTrace()) {
      if (!isLibrary(each) && !each.getClassName().startsWith("java.")) {
        return each;
      }
    }
    return null;
  }

  /**
   * Adds the coroutines of a task to the trace of an exception that another task or thread has thrown, below its frames: the
   * task awaits the other one.
   */
  static void awaited(Throwable thrown, @Nullable CoroutineFrame<?> innermost) {
    if (isLeftAlone(thrown) || thrown instanceof CancellationException) {
      return;
    }
    try {
      List<StackTraceElement> trace = new ArrayList<>(List.of(thrown.getStackTrace()));
      if (trace.isEmpty() || trace.stream().anyMatch(AwaitTraces::isDriver)) {
        return;
      }
      int at = trace.size();
      for (int i = 0; i < trace.size(); i++) {
        if (trace.get(i).getClassName().equals(EventLoop.class.getName())) {
          at = i; // the loop and its callers stay below
        }
      }
      trace.addAll(at, places(innermost));
      thrown.setStackTrace(trace.toArray(StackTraceElement[]::new));
    } catch (RuntimeException | Error e) {
      // as in complete
    }
  }

  private static void complete(
      Throwable thrown, @Nullable Coroutine<?, ?, ?> thrower, @Nullable CoroutineFrame<?> innermost) {
    if (isLeftAlone(thrown)) {
      return;
    }
    try {
      BodyKind.completeTrace(thrown, thrower, () -> places(innermost), AwaitTraces::isDriver, AwaitTraces::isLibrary);
    } catch (RuntimeException | Error e) {
      // an exception class may have methods of its own for its trace, which then stays as it is
    }
  }

  /** Whether it is a signal, of which there may be many, or there is no memory or stack left. */
  private static boolean isLeftAlone(Throwable thrown) {
    return thrown instanceof Cancelled || thrown instanceof GeneratorExit || thrown instanceof VirtualMachineError;
  }

  /** Whether a frame is of the code that drives coroutines. */
  private static boolean isDriver(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.equals(LoopTask.class.getName()) || name.equals(BodyKind.class.getName())
        || name.startsWith(LIBRARY + "loop.") || name.startsWith(LIBRARY + "run.");
  }

  /** Whether a frame is of this module's own code, or of a coroutine in it. */
  private static boolean isLibrary(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith(LIBRARY) && Character.isLowerCase(name.charAt(LIBRARY.length())); // a package below the public one
  }
}
