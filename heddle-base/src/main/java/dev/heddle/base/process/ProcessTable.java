package dev.heddle.base.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The processes of the system and the marks in their environments, as Linux shows them in {@code /proc}.
 *
 * <p>A failure to look is an {@link IOException}, never an answer: without free file descriptors nothing can be read there,
 * and the JDK's {@link ProcessHandle#isAlive} says false then.
 *
 * <p>The environment of a process is read once, for reading all of them takes milliseconds: a process does not get a mark
 * later, except a root, which its tree knows. Entries older than a second are read again, since a number may have been
 * given to another process. While a process executes a new program (execve), it has no environment for a moment: then the
 * look is incomplete, and its marks are read again by the next look.
 *
 * <p>As long as no process starts, one list of all processes serves any number of looks. Thread-safe.
 */
final class ProcessTable {
  /** The variable that holds the marks, separated by colons. */
  static final String VARIABLE = "HEDDLE_TREE";

  private static final String PREFIX = "\0" + VARIABLE + "=";
  private static final Path PROC = Path.of("/proc");
  private static final boolean AVAILABLE = Files.isReadable(Path.of("/proc/self/environ"));
  private static final boolean LISTS_CHILDREN = Files
      .isReadable(Path.of("/proc/self/task/" + ProcessHandle.current().pid() + "/children"));
  static final long LONGEST_AGE_NANOS = 1_000_000_000;
  private static final int MOST_LOOKS = 4;
  private static final long STARTING_PAUSE_NANOS = 500_000; // longer than a system call takes
  private static final int FLAGS = 6; // the field of "stat" behind the state, counted from the state
  private static final long KERNEL_THREAD = 0x0020_0000;
  private static final ProcessTable SYSTEM = new ProcessTable(PROC, new NewestProcess(PROC, false));

  /**
   * The processes with a mark.
   *
   * @param complete false if the marks of a process could not be seen yet
   */
  record Marked(List<Long> pids, boolean complete) {}

  /**
   * The marks of a process; none if its environment has none or belongs to another user, and null if it had no environment
   * yet.
   */
  private record Entry(@Nullable List<String> marks, long readAt) {
    boolean has(String mark) {
      return marks != null && marks.contains(mark);
    }
  }

  private final Path proc;
  private final NewestProcess newest; // guarded by this
  private Map<Long, Entry> entries = new HashMap<>(); // guarded by this

  /** The newest process when the entries were listed; null if there may be others. */
  private @Nullable String listedUpTo;

  private long listedAt;

  /** Creates a table of the processes in a folder that is laid out as {@code /proc}. */
  ProcessTable(Path proc, NewestProcess newest) {
    this.proc = proc;
    this.newest = newest;
  }

  /** Returns the table of this system, or null where there is none. */
  static @Nullable ProcessTable system() {
    return AVAILABLE ? SYSTEM : null;
  }

  /** Loads the classes that this class uses. */
  synchronized void load() {
    newest.check();
    try {
      entries = new HashMap<>(Map.of(0L, new Entry(List.of(), 0)));
      boolean _ = children(ProcessHandle.current()).isEmpty() && startOf(ProcessHandle.current().pid()) == null;
    } catch (IOException e) {
      // there are no descriptors now, and perhaps later
    }
  }

  /** Looks for the processes with a mark. */
  Marked marked(String mark) throws IOException {
    return marked(mark, System.nanoTime());
  }

  /** Looks for the processes with a mark at a given time. */
  synchronized Marked marked(String mark, long now) throws IOException {
    String latest = newest.number(now); // before the list
    if (latest != null && latest.equals(listedUpTo) && now - listedAt <= LONGEST_AGE_NANOS) {
      return new Marked(known(mark), true);
    }
    Map<Long, Entry> seen = new HashMap<>();
    List<Long> found = new ArrayList<>();
    List<Long> starting = new ArrayList<>(); // whose marks are not known
    for (String name : list(proc)) {
      if (Character.isDigit(name.charAt(0))) {
        starting.add(Long.valueOf(name));
      }
    }
    for (int looks = 0; looks < MOST_LOOKS && !starting.isEmpty(); looks++) {
      if (looks > 0) { // in the same call, for where many programs start, the next one would find others
        LockSupport.parkNanos(STARTING_PAUSE_NANOS);
      }
      List<Long> undecided = new ArrayList<>();
      for (Long pid : starting) {
        Entry entry = look(pid, looks == 0 ? entries.get(pid) : seen.get(pid), now);
        seen.put(pid, entry);
        if (entry.marks == null) {
          undecided.add(pid);
        } else if (entry.has(mark)) {
          found.add(pid);
        }
      }
      starting = undecided;
    }
    entries = seen;
    listedUpTo = starting.isEmpty() ? latest : null;
    listedAt = now;
    return new Marked(found, starting.isEmpty());
  }

  private List<Long> known(String mark) {
    return entries.entrySet().stream().filter(each -> each.getValue().has(mark)).map(Map.Entry::getKey).toList();
  }

  private Entry look(long pid, @Nullable Entry known, long now) throws IOException {
    boolean old = known != null && now - known.readAt > LONGEST_AGE_NANOS;
    if (known != null && known.marks != null && !old) {
      return known;
    }
    List<String> marks = readMarks(pid);
    if (marks != null) {
      return new Entry(marks, now);
    }
    if (known == null || known.marks != null) {
      return new Entry(null, now);
    }
    return old ? new Entry(List.of(), now) : known; // a program that has hidden its environment: no start takes so long
  }

  /** Returns the marks in the environment of a process; null if it has none yet. */
  private @Nullable List<String> readMarks(long pid) throws IOException {
    byte[] bytes;
    try {
      bytes = read(pid, "environ");
      if (bytes != null && bytes.length == 0 && isStarting(pid)) {
        return null;
      }
    } catch (IOException e) {
      if (!hasDescriptor()) {
        throw e;
      }
      return List.of(); // this process cannot be read, though others can
    }
    String environment = bytes == null ? "" : "\0" + new String(bytes, StandardCharsets.ISO_8859_1);
    int at = environment.indexOf(PREFIX);
    if (at < 0) {
      return List.of();
    }
    int end = environment.indexOf('\0', at + PREFIX.length());
    return List.of(environment.substring(at + PREFIX.length(), end < 0 ? environment.length() : end).split(":"));
  }

  /**
   * Returns whether a process without an environment is executing a new program: then it has no command line either.
   * Processes of the kernel and those that have ended never get one.
   */
  private boolean isStarting(long pid) throws IOException {
    byte[] command = read(pid, "cmdline");
    String[] stat = command == null || command.length > 0 ? null : stat(pid);
    return stat != null && !hasEnded(stat) && (Long.parseLong(stat[FLAGS]) & KERNEL_THREAD) == 0;
  }

  /** Returns the numbers of the children of a process. */
  List<Long> children(ProcessHandle parent) throws IOException {
    if (!LISTS_CHILDREN) {
      return parent.children().map(ProcessHandle::pid).toList();
    }
    List<Long> children = new ArrayList<>();
    Path threads = proc.resolve(parent.pid() + "/task");
    if (Files.notExists(threads)) {
      return children;
    }
    for (String thread : list(threads)) {
      byte[] bytes = childrenOf(parent, threads.resolve(thread));
      if (bytes != null) {
        for (String child : new String(bytes, StandardCharsets.US_ASCII).split(" ")) {
          if (!child.isBlank()) {
            children.add(Long.valueOf(child.strip()));
          }
        }
      }
    }
    return children;
  }

  private byte @Nullable [] childrenOf(ProcessHandle parent, Path thread) throws IOException {
    try {
      return read(parent.pid(), "task/" + thread.getFileName() + "/children");
    } catch (IOException e) {
      if (Files.notExists(thread)) {
        return null; // the thread has ended since it was listed, and its children are another thread's now
      }
      throw e;
    }
  }

  /** Returns when a process started, in the system's units; null if it has ended, also if it is a zombie. */
  @Nullable
  String startOf(long pid) throws IOException {
    String[] stat = stat(pid);
    return stat == null || hasEnded(stat) ? null : stat[19];
  }

  private static boolean hasEnded(String[] stat) {
    return "ZX".contains(stat[0]);
  }

  /** Returns the fields of "stat" from the state on; null if the process has ended and been waited for. */
  private String @Nullable [] stat(long pid) throws IOException {
    byte[] bytes = read(pid, "stat");
    if (bytes == null) {
      return null;
    }
    String stat = new String(bytes, StandardCharsets.ISO_8859_1);
    int name = stat.lastIndexOf(") ");
    if (name < 0) {
      throw new IOException("the state of process " + pid + " cannot be read: '" + stat + "'");
    }
    return stat.substring(name + 2).split(" ");
  }

  /**
   * Reads a file of a process; returns null if the process has ended.
   *
   * @throws IOException if it cannot be read, for want of file descriptors for example
   */
  private byte @Nullable [] read(long pid, String name) throws IOException {
    try {
      return Files.readAllBytes(proc.resolve(pid + "/" + name));
    } catch (IOException e) {
      if (Files.notExists(proc.resolve(String.valueOf(pid)))) { // asks without a file descriptor
        return null;
      }
      throw e;
    }
  }

  /** Returns whether a file can be opened. */
  static boolean hasDescriptor() {
    try (FileInputStream _ = new FileInputStream("/dev/null")) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String[] list(Path folder) throws IOException {
    String[] names = folder.toFile().list();
    if (names == null) {
      throw new IOException(folder + " cannot be listed; there may be no free file descriptors");
    }
    return names;
  }
}
