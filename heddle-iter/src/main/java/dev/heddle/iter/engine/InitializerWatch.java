package dev.heddle.iter.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds a body on a thread of its own that waits for a class which the thread that drives it is initializing: neither would go on
 * for ever.
 *
 * <p>The virtual machine does not tell that a thread waits for a class. So the body is taken for one that does if it stands at the same
 * place of its own code for some seconds, runnable, while the whole process uses next to no processor time. Used by one thread.
 */
final class InitializerWatch {
  /** The time between two looks, in nanoseconds. */
  static final long PERIOD = 1_000_000_000;

  /** So many looks in a row must agree. */
  private static final int LOOKS = 3;

  /** What a process that computes uses at least in a period, on a machine with much else to do. */
  private static final Duration IDLE = Duration.ofMillis(50);

  private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private final List<Class<?>> classes;
  private StackTraceElement[] seen = {};
  private @Nullable Duration used;
  private int agreed;

  /** Watches bodies that are driven by a thread which initializes the given classes. */
  InitializerWatch(List<Class<?>> classes) {
    this.classes = classes;
  }

  /** Returns the classes in whose static initializers this thread is. */
  static List<Class<?>> initializing() {
    return WALKER.walk(
        frames -> frames.filter(frame -> frame.getMethodName().equals("<clinit>"))
            .<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
            .toList());
  }

  /** Looks at a body that has not answered for a period; returns whether it waits for ever. */
  boolean isStuck(@Nullable Thread body) {
    if (body == null) {
      return false;
    }
    StackTraceElement[] trace = body.getStackTrace();
    Duration before = used;
    Duration now = ProcessHandle.current().info().totalCpuDuration().orElse(null);
    boolean idle = before != null && now != null && now.minus(before).compareTo(IDLE) < 0;
    boolean waits = idle && body.getState() == Thread.State.RUNNABLE && isOwnCode(trace) && Arrays.equals(trace, seen);
    agreed = waits ? agreed + 1 : 0;
    seen = trace;
    used = now;
    return agreed >= LOOKS;
  }

  /** Whether the thread is in code that cannot wait for anything but a class. */
  private static boolean isOwnCode(StackTraceElement[] trace) {
    return trace.length > 0 && !trace[0].isNativeMethod();
  }

  /** Returns the names of the classes, for messages. */
  String names() {
    return classes.stream().map(Class::getName).distinct().collect(Collectors.joining(", "));
  }
}
