package dev.heddle.cli.live;

import dev.heddle.base.Describe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A process as the system describes it, before it is attached to. Where there is no /proc, less is known of it. */
public final class JavaProcess {
  private static final Path PROC = Path.of("/proc");

  private final long pid;
  private final ProcessHandle handle;

  private JavaProcess(ProcessHandle handle) {
    this.pid = handle.pid();
    this.handle = handle;
  }

  /**
   * Finds a process that can be attached to.
   *
   * @throws TargetException if there is none, or it is no JVM, another user's, or stopped
   */
  public static JavaProcess find(long pid) throws TargetException {
    ProcessHandle handle = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).orElseThrow(
        () -> new TargetException("there is no process " + pid + "; 'heddle ps' lists the JVMs that use Heddle"));
    if (handle.equals(ProcessHandle.current())) {
      throw new TargetException("process " + pid + " is this command itself; give the PID of another");
    }
    JavaProcess found = new JavaProcess(handle);
    found.checkOwner();
    found.checkState();
    if (!found.isJvm()) {
      throw new TargetException("process " + pid + " (" + found.command() + ") is no JVM; 'heddle ps' lists those that use"
          + " Heddle");
    }
    return found;
  }

  /** Returns the JVMs of this user, apart from this one. */
  public static List<JavaProcess> all() {
    Optional<String> user = ProcessHandle.current().info().user();
    return ProcessHandle.allProcesses()
        .filter(handle -> !handle.equals(ProcessHandle.current()) && handle.info().user().equals(user))
        .map(JavaProcess::new)
        .filter(each -> each.isJvm() && !"TtZX".contains(each.state()))
        .toList();
  }

  public long pid() {
    return pid;
  }

  /** Returns for how long it has been running; empty if the system does not tell. */
  public Optional<Duration> age() {
    return handle.info().startInstant().map(start -> Duration.between(start, Instant.now()));
  }

  /** Returns its main class or jar, or else the name of its program. */
  public String command() {
    List<String> words = commandLine();
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (List
          .of("-cp", "-classpath", "--class-path", "-p", "--module-path", "--add-exports", "--add-opens", "--add-modules")
          .contains(word)) {
        i++;
      } else if (word.equals("-jar") || word.equals("-m") || word.equals("--module")) {
        return i + 1 < words.size() ? words.get(i + 1) : word;
      } else if (!word.startsWith("-") && !word.startsWith("@")) {
        return word;
      }
    }
    return handle.info().command().map(path -> String.valueOf(Path.of(path).getFileName())).orElse("?");
  }

  /** Whether its command line has an option; one in a file or a variable is not seen. */
  boolean hasOption(String option) {
    return commandLine().contains(option);
  }

  private List<String> commandLine() {
    try {
      return Stream.of(Files.readString(PROC.resolve(pid + "/cmdline")).split("\0")).toList();
    } catch (IOException e) {
      return handle.info().arguments().map(rest -> Stream.concat(Stream.of("java"), Stream.of(rest)).toList())
          .orElse(List.of());
    }
  }

  private void checkOwner() throws TargetException {
    String owner = handle.info().user().orElse("");
    String self = ProcessHandle.current().info().user().orElse("");
    if (!owner.equals(self) && !owner.isEmpty() && !self.isEmpty()) {
      throw new TargetException(
          "process " + pid + " belongs to user " + owner + ", and a JVM can be attached to by its own user"
              + " only; try: sudo -u " + owner + " heddle ps " + pid);
    }
  }

  private void checkState() throws TargetException {
    switch (state()) {
      case "T", "t" -> throw new TargetException(
          "process " + pid + " is stopped and cannot answer; 'kill -CONT " + pid + "' lets it go on");
      case "Z", "X" -> throw ended();
      default -> {
      }
    }
  }

  /** Whether it is stopped, by SIGSTOP or a debugger. */
  boolean isStopped() {
    return "Tt".contains(state());
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return handle.isAlive();
  }

  /** Returns the exception that says that it has ended. */
  public TargetException ended() {
    return new TargetException("process " + pid + " has ended");
  }

  /** Returns the letter that Linux has for its state; " " if it is not known. */
  private String state() {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
    } catch (IOException | IndexOutOfBoundsException e) {
      return " ";
    }
  }

  /** Attaching sends a signal that would end other programs. */
  private boolean isJvm() {
    Path maps = PROC.resolve(pid + "/maps");
    if (!Files.exists(PROC.resolve("self/maps"))) {
      return handle.info().command().map(path -> path.endsWith("java") || path.endsWith("java.exe")).orElse(false);
    }
    try (Stream<String> lines = Files.lines(maps, StandardCharsets.ISO_8859_1)) {
      return lines.anyMatch(line -> line.endsWith("/libjvm.so"));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "PID " + pid + " " + command() + age().map(age -> ", up " + Describe.measured(age)).orElse("");
  }
}
