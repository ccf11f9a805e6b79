package dev.heddle.iter.engine;

import dev.heddle.iter.compiler.ClassUses;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds a body on a thread of its own that waits for a class which the thread that drives it is initializing: neither would
 * go on for ever.
 *
 * <p>The virtual machine does not tell that a thread waits for a class. So the body is taken for one that does if it stands
 * for some seconds, runnable, at the same line of Java code, while the whole process uses next to no processor time, and if
 * that line uses the class. What is not seen is a use by reflection, by a method handle or in code without a class file:
 * such a body hangs.
 *
 * <p>Made by the driver for one wait for the body, and used by it only. While it waits its own stack stays as it is.
 */
final class InitializerWatch {
  /** The time between two looks, in nanoseconds. */
  static final long PERIOD = 1_000_000_000;

  /** So many looks in a row must agree. */
  private static final int LOOKS = 3;

  /** What a process that computes uses at least in a period, on a machine with much else to do. */
  private static final Duration IDLE = Duration.ofMillis(50);

  private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private final @Nullable Class<?> code;
  private long next = System.nanoTime() + PERIOD;
  private @Nullable List<Class<?>> classes;
  private StackTraceElement[] seen = {};
  private @Nullable Duration used;
  private int agreed;

  /** Creates the watch of a body; the class that holds its code may be unknown. */
  InitializerWatch(@Nullable Class<?> code) {
    this.code = code;
  }

  /** Returns the classes in whose static initializers this thread is. */
  static List<Class<?>> initializing() {
    return WALKER.walk(
        frames -> frames.filter(frame -> frame.getMethodName().equals("<clinit>"))
            .<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
            .distinct()
            .toList());
  }

  /** Parks this thread until the next look is due, or for good if there is nothing to look for. */
  void park(Object blocker) {
    if (classes != null && classes.isEmpty()) {
      LockSupport.park(blocker);
    } else {
      LockSupport.parkNanos(blocker, next - System.nanoTime());
    }
  }

  /** Looks at a body that has not answered, if that is due; returns whether it waits for ever. */
  boolean isStuck(@Nullable Thread body) {
    long time = System.nanoTime();
    if (body == null || time - next < 0) {
      return false;
    }
    next = time + PERIOD;
    List<Class<?>> held = classes == null ? initializing() : classes;
    classes = held;
    if (held.isEmpty()) {
      return false;
    }
    StackTraceElement[] trace = body.getStackTrace();
    Duration before = used;
    Duration now = ProcessHandle.current().info().totalCpuDuration().orElse(null);
    boolean idle = before != null && now != null && now.minus(before).compareTo(IDLE) < 0;
    boolean still = idle && body.getState() == Thread.State.RUNNABLE && isJava(trace) && Arrays.equals(trace, seen);
    agreed = still ? agreed + 1 : 0;
    seen = trace;
    used = now;
    return agreed >= LOOKS && uses(trace[0], held);
  }

  private static boolean isJava(StackTraceElement[] trace) {
    return trace.length > 0 && !trace[0].isNativeMethod();
  }

  private boolean uses(StackTraceElement place, List<Class<?>> held) {
    return Stream.concat(Stream.ofNullable(code), held.stream())
        .map(each -> ClassUses.initializes(place, held, each.getClassLoader()))
        .anyMatch(Boolean::booleanValue);
  }

  /** Returns the names of the classes that are being initialized, and where the body stands, for messages. */
  String found() {
    List<Class<?>> held = classes == null ? List.of() : classes;
    return held.stream().map(Class::getName).collect(Collectors.joining(", ", "(of ", ")")) + ", and stands at " + seen[0];
  }
}
