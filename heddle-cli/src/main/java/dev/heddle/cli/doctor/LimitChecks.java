package dev.heddle.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks of what the system lets this user and this container have. */
final class LimitChecks {
  private static final long MEBIBYTE = 1L << 20;
  private static final long FEW_FILES = 1024;
  private static final long FEW_PROCESSES = 256;
  private static final long LITTLE_MEMORY = 512 * MEBIBYTE;
  private static final Pattern CGROUP = Pattern.compile("(?m)^0::/(.*)$");

  private LimitChecks() {}

  static List<Finding> all(MachineView machine) {
    long memory = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return List.of(
        Finding.ok("processors", String.valueOf(Runtime.getRuntime().availableProcessors())),
        memory(memory, Runtime.getRuntime().maxMemory()), files(machine), processes(machine));
  }

  static Finding memory(long available, long heap) {
    String value = available / MEBIBYTE + " MiB, of which this Java's heap may take " + heap / MEBIBYTE;
    return available < LITTLE_MEMORY
        ? Finding.note("memory", value,
            "A worker process takes some 60 MiB, and more with its tasks: give the pools few workers, "
                + "and set their heap with ProcessOptions.withJvm.")
        : Finding.ok("memory", value);
  }

  static Finding files(MachineView machine) {
    OptionalLong limit = limit(machine, "Max open files");
    String value = describe(limit, machine);
    return limit.orElse(FEW_FILES) < FEW_FILES
        ? Finding.note("open files", value,
            "Each connection takes one, each child process up to six and each worker process three. "
                + "Raise it with 'ulimit -n 4096'.")
        : Finding.ok("open files", value);
  }

  static Finding processes(MachineView machine) {
    OptionalLong user = limit(machine, "Max processes");
    OptionalLong group = groupLimit(machine);
    long least = Math.min(user.orElse(Long.MAX_VALUE), group.orElse(Long.MAX_VALUE));
    OptionalLong limit = least == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(least);
    String value = describe(limit, machine) + (group.isPresent() && group.getAsLong() == least ? " (of the container)" : "");
    return least < FEW_PROCESSES
        ? Finding.note("processes", value, "Threads count, too, and a Java has some 20. Where it is reached, threads and "
            + "processes cannot be started. Raise it with 'ulimit -u', or the container's --pids-limit.")
        : Finding.ok("processes", value);
  }

  private static String describe(OptionalLong limit, MachineView machine) {
    return limit.isPresent()
        ? String.valueOf(limit.getAsLong())
        : machine.text("proc/self/limits").isPresent() ? "unlimited" : "unknown: this system has no /proc";
  }

  /** Returns a soft limit of this process; empty if there is none. */
  private static OptionalLong limit(MachineView machine, String name) {
    return machine.text("proc/self/limits")
        .flatMap(text -> text.lines().filter(line -> line.startsWith(name)).findFirst())
        .map(line -> number(line.substring(name.length()).strip().split("\\s+")[0]))
        .orElse(OptionalLong.empty());
  }

  private static OptionalLong groupLimit(MachineView machine) {
    Optional<String> own = machine.text("proc/self/cgroup").map(CGROUP::matcher).filter(Matcher::find)
        .map(found -> found.group(1));
    return own.flatMap(path -> machine.text("sys/fs/cgroup/" + path + "/pids.max"))
        .or(() -> machine.text("sys/fs/cgroup/pids.max"))
        .map(text -> number(text.strip())).orElse(OptionalLong.empty());
  }

  private static OptionalLong number(String text) {
    return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty(); // unlimited, max
  }
}
