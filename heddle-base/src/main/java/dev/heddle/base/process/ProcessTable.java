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
import org.jspecify.annotations.Nullable;

/**
 * The processes of the system and the marks in their environments, as Linux shows them in {@code /proc}.
 *
 * <p>A failure to look is an {@link IOException}, never an answer: without free file descriptors nothing can be read there,
 * and the JDK's {@link ProcessHandle#isAlive} says false then.
 *
 * <p>The environment of a process is read once, for reading all of them takes milliseconds: a process does not get a mark
 * later, except a root, which its tree knows. Entries older than a second are read again, since a number may have been
 * given to another process. Thread-safe.
 */
final class ProcessTable {
  /** The variable that holds the marks, separated by colons. */
  static final String VARIABLE = "HEDDLE_TREE";

  private static final String PREFIX = "\0" + VARIABLE + "=";
  private static final Path PROC = Path.of("/proc");
  private static final boolean AVAILABLE = Files.isReadable(Path.of("/proc/self/environ"));
  private static final boolean LISTS_CHILDREN = Files
      .isReadable(Path.of("/proc/self/task/" + ProcessHandle.current().pid() + "/children"));
  private static final long LONGEST_AGE_NANOS = 1_000_000_000;
  private static final ProcessTable SYSTEM = new ProcessTable();

  /** The marks of a process; none if its environment has none or belongs to another user. */
  private record Entry(List<String> marks, long readAt) {}

  private Map<Long, Entry> entries = new HashMap<>(); // guarded by this

  private ProcessTable() {}

  /** Returns the table of this system, or null where there is none. */
  static @Nullable ProcessTable system() {
    return AVAILABLE ? SYSTEM : null;
  }

  /** Loads the classes that this class uses. */
  synchronized void load() {
    try {
      entries = new HashMap<>(Map.of(0L, new Entry(List.of(), 0)));
      boolean _ = children(ProcessHandle.current()).isEmpty() && startOf(ProcessHandle.current().pid()) == null;
    } catch (IOException e) {
      // there are no descriptors now, and perhaps later
    }
  }

  /** Returns the numbers of the processes with a mark. */
  synchronized List<Long> marked(String mark) throws IOException {
    long now = System.nanoTime();
    List<Long> found = new ArrayList<>();
    Map<Long, Entry> seen = new HashMap<>();
    for (String name : list(PROC)) {
      if (Character.isDigit(name.charAt(0))) {
        Long pid = Long.valueOf(name);
        Entry entry = entries.get(pid);
        if (entry == null || now - entry.readAt > LONGEST_AGE_NANOS) {
          entry = new Entry(readMarks(pid), now);
        }
        seen.put(pid, entry);
        if (entry.marks.contains(mark)) {
          found.add(pid);
        }
      }
    }
    entries = seen;
    return found;
  }

  private static List<String> readMarks(long pid) throws IOException {
    byte[] bytes;
    try {
      bytes = read(pid, "environ");
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

  /** Returns the numbers of the children of a process. */
  List<Long> children(ProcessHandle parent) throws IOException {
    if (!LISTS_CHILDREN) {
      return parent.children().map(ProcessHandle::pid).toList();
    }
    List<Long> children = new ArrayList<>();
    Path threads = PROC.resolve(parent.pid() + "/task");
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
    byte[] bytes = read(pid, "stat");
    if (bytes == null) {
      return null;
    }
    String stat = new String(bytes, StandardCharsets.ISO_8859_1);
    int name = stat.lastIndexOf(") ");
    if (name < 0) {
      throw new IOException("the state of process " + pid + " cannot be read: '" + stat + "'");
    }
    String[] fields = stat.substring(name + 2).split(" ");
    return "ZX".contains(fields[0]) ? null : fields[19];
  }

  /**
   * Reads a file of a process; returns null if the process has ended.
   *
   * @throws IOException if it cannot be read, for want of file descriptors for example
   */
  private static byte @Nullable [] read(long pid, String name) throws IOException {
    try {
      return Files.readAllBytes(PROC.resolve(pid + "/" + name));
    } catch (IOException e) {
      if (Files.notExists(PROC.resolve(String.valueOf(pid)))) { // asks without a file descriptor
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
