package dev.heddle.cli.doctor;

import dev.heddle.base.Describe;
import dev.heddle.futures.Executor;
import dev.heddle.process.ProcessPool;
import dev.heddle.subprocess.Subprocess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Checks that start something: a child process, a worker process, a server; and of programs that some commands use. */
final class ProcessChecks {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Map<String, String> USES = new TreeMap<>(Map.of(
      "openssl", "recipes C41 and C42",
      "python3", "the times of CPython beside Heddle's",
      "parallel", "the figures of GNU parallel in 'heddle bench'"));

  private ProcessChecks() {}

  static List<Finding> all(MachineView machine) {
    return List.of(child(), worker(), loopback(), programs(machine));
  }

  private static Finding child() {
    long start = System.nanoTime();
    try {
      Subprocess.run(Subprocess.command("sh", "-c", "exit 0").withTimeout(PATIENCE)).orThrow();
      return Finding.ok("child process", "started in " + since(start));
    } catch (RuntimeException e) {
      return Finding.problem("child process", message(e), "'heddle each' and heddle-subprocess start programs by 'sh'.");
    }
  }

  private static Finding worker() {
    long start = System.nanoTime();
    try (Executor pool = ProcessPool.of(1)) {
      long pid = pool.submit(() -> ProcessHandle.current().pid()).result(PATIENCE);
      return pid == ProcessHandle.current().pid()
          ? Finding.problem("worker process", "ran in this process", "Report this: a task must run in a process of its own.")
          : Finding.ok("worker process", "its first result took " + since(start));
    } catch (RuntimeException e) {
      return Finding.problem("worker process", message(e), "Pools of processes do not work; use ThreadPool meanwhile.");
    }
  }

  private static Finding loopback() {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Finding.ok("loopback", "a server can listen at " + server.getInetAddress().getHostAddress());
    } catch (IOException e) {
      return Finding.problem("loopback", message(e), "'heddle flags' and 'heddle images' start a server on this machine.");
    }
  }

  static Finding programs(MachineView machine) {
    Map<Boolean, List<String>> found = USES.keySet().stream().collect(Collectors.partitioningBy(machine::hasProgram));
    List<String> missing = found.getOrDefault(false, List.of());
    String there = String.join(", ", found.getOrDefault(true, List.of()));
    return missing.isEmpty()
        ? Finding.ok("programs", there)
        : Finding.note("programs", there.isEmpty() ? "none of those that could be used" : there,
            missing.stream().map(name -> "Without " + name + ": not " + USES.get(name) + ".")
                .collect(Collectors.joining(" ")));
  }

  private static String since(long start) {
    return Describe.measured(Duration.ofNanos(System.nanoTime() - start));
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
