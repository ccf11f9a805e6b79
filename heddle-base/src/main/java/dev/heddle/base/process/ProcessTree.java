package dev.heddle.base.process;

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
 * A tree of processes: some roots and all their descendants, which are ended together.
 *
 * <p>A descendant whose parent has ended is an orphan; the system no longer lists it among the descendants of the root. On
 * Linux orphans are found by a mark in their environment, the variable {@code HEDDLE_TREE}, which every process inherits
 * unless it clears its environment. A process with a cleared environment is missed there once its parent has ended.
 * Elsewhere than on Linux, all those are missed whose parents had ended before the first look.
 *
 * <p>Use: {@link #mark} the environment of each root, start it, and register it by {@link #started}. Thread-safe.
 */
public final class ProcessTree {
  private static final System.Logger LOG = System.getLogger("dev.heddle.base.process");
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

  /** Creates a tree without processes. */
  public ProcessTree() {}

  /**
   * Adds the mark of this tree to the environment of a root that is about to be started. Marks of trees to which this JVM
   * itself belongs are kept, in front of it.
   */
  public void mark(Map<String, String> environment) {
    if (MARKED) {
      environment.merge(VARIABLE, mark, (outer, own) -> outer + ":" + own);
    }
  }

  /** Registers the roots, which have been started with a marked environment. */
  public void started(List<ProcessHandle> processes) {
    roots = List.copyOf(processes);
  }

  /** Returns whether the tree has roots. */
  public boolean isStarted() {
    return !roots.isEmpty();
  }

  /** Asks all processes of the tree to end (SIGTERM), without waiting. */
  public void terminate() {
    scan(new LinkedHashSet<>()).forEach(ProcessHandle::destroy);
  }

  /**
   * Kills all processes that the tree has now (SIGKILL), once, without waiting for their ends. The roots are killed whatever
   * goes wrong in looking for their descendants.
   */
  public void kill() {
    kill(new LinkedHashSet<>());
  }

  /** Roots first, or a root that waits for its children would see them end, and go on. */
  private void kill(Set<ProcessHandle> found) {
    try {
      scan(found).forEach(ProcessHandle::destroyForcibly);
    } finally { // whatever the search throws
      roots.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /**
   * Ends all processes: asks them to end (SIGTERM), waits for the grace period, and kills those that are left (SIGKILL).
   * Returns when all are gone, or five seconds after the first kill. An interrupt shortens the grace period, not the work.
   *
   * @param grace how long to wait between the two signals; zero kills at once, and also ends the grace period of a call that
   *     another thread has under way
   * @return whether the thread was interrupted meanwhile; its interrupt status is clear
   */
  public boolean end(Duration grace) {
    if (grace.isZero()) {
      impatient = true; // also for a call of another thread, which holds the monitor
    }
    return endNow(grace);
  }

  private synchronized boolean endNow(Duration grace) {
    boolean interrupted = Thread.interrupted();
    Set<ProcessHandle> found = new LinkedHashSet<>();
    if (!grace.isZero()) {
      scan(found);
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
      kill(found);
      interrupted |= pause(pause);
      if (noneLives(found) && noneLives(scan(found))) {
        return interrupted;
      }
    }
    LOG.log(System.Logger.Level.WARNING, "some of the processes "
        + found.stream().map(ProcessHandle::pid).toList()
        + " are alive five seconds after SIGKILL: they are blocked in the system, or belong to another user");
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

  /** Adds the processes that are alive now. */
  private Set<ProcessHandle> scan(Set<ProcessHandle> found) {
    for (ProcessHandle root : roots) {
      if (root.isAlive()) {
        found.add(root);
      }
    }
    for (ProcessHandle known : List.copyOf(found)) {
      try (Stream<ProcessHandle> descendants = known.descendants()) {
        descendants.forEach(found::add);
      } catch (RuntimeException e) { // for want of file descriptors, say
        LOG.log(System.Logger.Level.WARNING, "the descendants of process " + known.pid() + " cannot be listed", e);
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
      LOG.log(System.Logger.Level.WARNING, "orphans cannot be looked for in " + PROC, e);
    }
  }

  private boolean isMarked(Path process) {
    try {
      return contains(Files.readAllBytes(process.resolve("environ")), markBytes);
    } catch (IOException gone) {
      return false; // it has ended, or belongs to another user
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

  /**
   * Returns whether a process runs. A zombie, a process that has ended but whose parent has not taken its exit code yet, does
   * not, though {@link ProcessHandle#isAlive} says so.
   */
  static boolean lives(ProcessHandle process) {
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
