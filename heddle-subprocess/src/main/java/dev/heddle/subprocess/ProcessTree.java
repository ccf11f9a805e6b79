package dev.heddle.subprocess;

import dev.heddle.base.Check;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Some processes with all their descendants, which are ended together: asked to, waited for, and killed.
 *
 * <p>A descendant whose parent has ended is an orphan, which the system no longer shows as a descendant. On Linux orphans
 * are found by a mark in their environment, which is inherited; there a process whose environment was cleared is missed once
 * its parent is gone. Elsewhere those are missed whose parents ended before the first look. Thread-safe.
 */
final class ProcessTree {
  private static final String VARIABLE = "HEDDLE_TREE";
  private static final Path PROC = Path.of("/proc");
  private static final boolean MARKED = Files.isReadable(PROC.resolve("self/environ"));
  private static final AtomicLong COUNT = new AtomicLong();
  private static final long KILLING_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long LONGEST_PAUSE_MILLIS = 16;

  private final String mark = ProcessHandle.current().pid() + "." + Long.toHexString(System.nanoTime()) + "."
      + COUNT.incrementAndGet();
  private final byte[] markBytes = mark.getBytes(StandardCharsets.ISO_8859_1);
  private volatile List<ProcessHandle> roots = List.of();
  private volatile boolean impatient;

  /** Marks the environment of a process to be started, behind the marks of those who started this JVM. */
  void mark(Map<String, String> environment) {
    if (MARKED) {
      environment.merge(VARIABLE, mark, (outer, own) -> outer + ":" + own);
    }
  }

  void started(List<Process> processes) {
    roots = processes.stream().map(Process::toHandle).toList();
  }

  boolean isStarted() {
    return !roots.isEmpty();
  }

  /** Asks all processes to end, without waiting. */
  void terminate() {
    scan(new LinkedHashSet<>()).forEach(ProcessHandle::destroy);
  }

  /**
   * Ends all processes: asks them to, and kills those that are left after a while. An interrupt shortens the wait, not the
   * work.
   *
   * @param grace how long they are waited for; zero kills at once, and ends the grace that another thread gives
   * @return whether the thread was interrupted meanwhile; its status is clear
   */
  boolean end(Duration grace) {
    if (grace.isZero()) {
      impatient = true; // also for another thread, which is being patient
    }
    return endNow(grace);
  }

  private synchronized boolean endNow(Duration grace) {
    boolean interrupted = Thread.interrupted();
    Set<ProcessHandle> found = scan(new LinkedHashSet<>());
    if (!grace.isZero()) {
      Set<ProcessHandle> asked = new LinkedHashSet<>();
      long start = System.nanoTime();
      long graceNanos = Check.nanos(grace);
      for (long pause = 1; System.nanoTime() - start < graceNanos && !interrupted && !impatient; pause = longer(pause)) {
        found.stream().filter(asked::add).forEach(ProcessHandle::destroy);
        interrupted = pause(pause);
        if (noneLives(found) && noneLives(scan(found))) {
          return interrupted;
        }
        if (pause == LONGEST_PAUSE_MILLIS) {
          scan(found);
        }
      }
    }
    long start = System.nanoTime();
    for (long pause = 1; System.nanoTime() - start < KILLING_NANOS; pause = longer(pause)) {
      scan(found).forEach(ProcessHandle::destroyForcibly);
      interrupted |= pause(pause);
      if (noneLives(found) && noneLives(scan(found))) {
        return interrupted;
      }
    }
    System.getLogger("dev.heddle.subprocess").log(System.Logger.Level.WARNING,
        "some of the processes " + found + " live on after SIGKILL: they wait in the system, or belong to another user");
    return interrupted;
  }

  private static long longer(long pause) {
    return Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
  }

  private static boolean pause(long millis) {
    try {
      Thread.sleep(millis);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Adds those that live now. */
  private Set<ProcessHandle> scan(Set<ProcessHandle> found) {
    for (ProcessHandle root : roots) {
      if (root.isAlive()) {
        found.add(root);
      }
    }
    for (ProcessHandle known : List.copyOf(found)) {
      try (Stream<ProcessHandle> descendants = known.descendants()) {
        descendants.forEach(found::add);
      }
    }
    if (MARKED) {
      addMarked(found);
    }
    return found;
  }

  private void addMarked(Set<ProcessHandle> found) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (isMarked(process)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      Log.ignored("looking for orphans in " + PROC, e);
    }
  }

  private boolean isMarked(Path process) {
    try {
      return contains(Files.readAllBytes(process.resolve("environ")), markBytes);
    } catch (IOException gone) {
      return false; // it has ended, or is somebody else's
    }
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      int j = 0;
      while (j < part.length && bytes[i + j] == part[j]) {
        j++;
      }
      // not the beginning of a longer number
      if (j == part.length && (i + j == bytes.length || bytes[i + j] == 0 || bytes[i + j] == ':')) {
        return true;
      }
    }
    return false;
  }

  private static boolean noneLives(Set<ProcessHandle> processes) {
    return processes.stream().noneMatch(ProcessTree::lives);
  }

  /** A process that has ended, and whose parent has not asked for its exit code yet, is dead though it has a number. */
  private static boolean lives(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    if (!MARKED) {
      return true;
    }
    try {
      String stat = Files.readString(PROC.resolve(process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
      int name = stat.lastIndexOf(") ");
      return name < 0 || "ZX".indexOf(stat.charAt(name + 2)) < 0;
    } catch (IOException gone) {
      return false;
    }
  }
}
