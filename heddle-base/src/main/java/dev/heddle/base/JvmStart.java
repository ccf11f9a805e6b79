package dev.heddle.base;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time at which this virtual machine started. Thread-safe.
 *
 * <p>The start of the process is cheap to ask for, but earlier if a script has built the program and then become it by
 * {@code exec}: everything that the script made would be newer than the program. So the virtual machine's own start is
 * asked, which loads the management classes, but only for a time that is after the start of the process.
 */
public final class JvmStart {
  /** For the time of a file on another machine's file system, such as that of a container's host. */
  private static final Duration TOLERANCE = Duration.ofMillis(100);

  /** For a time in whole seconds, which is that of a file system that counts in steps of one or two seconds. */
  private static final Duration OF_COARSE_TIMES = Duration.ofSeconds(2);

  private static final @Nullable Instant PROCESS = ProcessHandle.current().info().startInstant().orElse(null);

  private JvmStart() {}

  /** Whether a time is after the start, by more than clocks and file systems are inexact. */
  public static boolean isBefore(Instant time) {
    boolean mayBe = PROCESS == null || time.isAfter(PROCESS.minus(OF_COARSE_TIMES)); // it is known to some tenths of a second
    return mayBe && time.isAfter(time().plus(isCoarse(time) ? OF_COARSE_TIMES : TOLERANCE));
  }

  private static boolean isCoarse(Instant time) {
    return time.equals(time.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Returns the options of this virtual machine, wherever they came from; loads the management classes. */
  public static List<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }

  /** Returns the time of the start; where the management classes cannot be loaded, a time shortly after it. */
  public static Instant time() {
    try {
      return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    } catch (LinkageError e) { // a runtime image without java.management, or no descriptor was free for its library
      return PROCESS == null ? Instant.now() : PROCESS.plus(OF_COARSE_TIMES);
    }
  }
}
