package dev.heddle.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the tests ask the system about processes, and the programs they start. */
public final class Processes {
  private Processes() {}

  /** A program of the tests' class path, by the Java that runs them; its error output is theirs. */
  public static ProcessBuilder program(List<String> options, Class<?> main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /**
   * Starts a program that SIGINT and SIGHUP reach. A build that runs in the background or under nohup ignores them, its children
   * inherit that, and a JVM does not undo it.
   */
  static Process startWithSignals(ProcessBuilder program) throws IOException {
    if (ignoresSignalsHere()) {
      program.command().addAll(0, List.of("env", "--default-signal=INT,HUP"));
    }
    return program.start();
  }

  private static boolean ignoresSignalsHere() throws IOException {
    Path status = Path.of("/proc/self/status");
    long intAndHup = 0b11; // the bits of SIGHUP (1) and SIGINT (2)
    return Files.exists(status) && Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16) & intAndHup) != 0);
  }

  /** Whether every thread of a process is stopped; true where the system does not tell. */
  static boolean isStopped(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return threads.allMatch(each -> state(each) == 'T');
    } catch (IOException e) {
      return true;
    }
  }

  private static char state(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return 'T'; // that thread has ended
    }
  }

  /**
   * Whether a process runs. A zombie does not: it has ended, and stays in the system's table until its parent has read its exit
   * code. For orphans process 1 does that, which may take seconds.
   */
  public static boolean isRunning(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException e) { // gone, or a system without /proc
      return !Files.isDirectory(Path.of("/proc/self")) && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
  }
}
