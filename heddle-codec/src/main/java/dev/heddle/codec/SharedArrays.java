package dev.heddle.codec;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Memory that the parent and its workers share, for primitive arrays of at least {@value #SMALLEST} bytes.
 *
 * <p>Each side writes only segments of its own: mapped files in the pool's private folder, named by their owner and a
 * number, used again and again, since a fresh mapping costs three times a copy. The parent's are free again when its {@link
 * EncodedTask} is released; a worker's when the parent has copied the array out and has cleared the segment's first word.
 * Where no segment is free, arrays travel inside the message.
 *
 * <p>Nothing in a reference is believed: the file must be a regular one in the folder and long enough. Thread-safe; blocks
 * only for the file system.
 */
public final class SharedArrays implements AutoCloseable {
  /** Arrays of fewer bytes travel inside the message. */
  static final int SMALLEST = 1 << 20;

  static final int PARENT = 0;
  static final int ANY = -1;
  static final int HEADER = 64;
  private static final int SEGMENTS = 8;
  private static final long MOST_BYTES = 1L << 30;
  private static final Set<OpenOption> MAPPED = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
      LinkOption.NOFOLLOW_LINKS);

  private final Path folder;
  private final int owner;
  private final List<Segment> segments = new ArrayList<>();
  private final Map<String, MemorySegment> mapped = new LinkedHashMap<>(16, 0.75f, true); // the longest unused first
  private int next;

  private SharedArrays(Path folder, int owner) {
    this.folder = folder;
    this.owner = owner;
  }

  /**
   * The parent's side.
   *
   * @param folder the pool's own folder, which only this user may enter
   */
  public static SharedArrays ofParent(Path folder) {
    return new SharedArrays(folder, PARENT);
  }

  /**
   * A worker's side.
   *
   * @param folder the same folder
   * @param worker the worker's number, from 1 on, never used before in this pool
   */
  public static SharedArrays ofWorker(Path folder, int worker) {
    if (worker < 1) {
      throw new IllegalArgumentException("worker must be at least 1, but was " + worker + "; 0 is the parent");
    }
    return new SharedArrays(folder, worker);
  }

  /** A piece of shared memory that this side writes. */
  final class Segment {
    final int index;
    final MemorySegment memory;
    private boolean leased;

    Segment(int index, MemorySegment memory) {
      this.index = index;
      this.memory = memory;
    }

    private boolean isFree() {
      try {
        return !leased || (owner != PARENT && isReleased());
      } catch (InternalError e) { // its file was made shorter: whoever wants to lease it finds out and gives it up
        return true;
      }
    }

    private boolean isReleased() {
      long word = (long) Words.FREE.getAcquire(memory, 0L);
      surfaceFaults();
      return word == 0;
    }

    /** Touches the memory for the first time, perhaps: that fails where the file system has no room for it. */
    private void lease() {
      Words.FREE.setRelease(memory, 0L, 1L);
      surfaceFaults();
      leased = true;
    }

    void release() {
      synchronized (SharedArrays.this) {
        leased = false;
      }
    }
  }

  int owner() {
    return owner;
  }

  private Path file(int ofOwner, int index) {
    return folder.resolve(prefix(ofOwner) + index);
  }

  /** A segment for that many bytes, for the caller alone until it is released; null if there is none. */
  synchronized @Nullable Segment take(long bytes) {
    Segment best = null;
    for (Segment each : segments) {
      if (each.memory.byteSize() >= bytes + HEADER
          && each.isFree()
          && (best == null || each.memory.byteSize() < best.memory.byteSize())) {
        best = each;
      }
    }
    if (best == null && makeRoom(bytes)) {
      best = create(bytes);
    }
    return best != null && isLeased(best) ? best : null;
  }

  private boolean isLeased(Segment segment) {
    try {
      segment.lease();
      return true;
    } catch (InternalError e) { // the file system has no room for what it had promised: the array travels inside the message
      segments.remove(segment);
      delete(file(owner, segment.index));
      return false;
    }
  }

  /** Lets a fault of memory accessed just now surface here: compiled code learns of it when it next calls the JVM. */
  static void surfaceFaults() {
    Thread.holdsLock(Words.FREE);
  }

  /** Gives up free segments, all of which are too small, until one more fits the limits; one alone may be of any size. */
  private boolean makeRoom(long bytes) {
    while (segments.size() >= SEGMENTS || (!segments.isEmpty() && size() + bytes > MOST_BYTES)) {
      if (!dropOne()) {
        return false;
      }
    }
    return true;
  }

  private long size() {
    return segments.stream().mapToLong(each -> each.memory.byteSize()).sum();
  }

  private boolean dropOne() {
    for (Iterator<Segment> all = segments.iterator(); all.hasNext();) {
      Segment each = all.next();
      if (each.isFree()) {
        all.remove();
        delete(file(owner, each.index));
        return true;
      }
    }
    return false;
  }

  private @Nullable Segment create(long bytes) {
    int index = next++;
    long size = Math.ceilDiv(bytes + HEADER, SMALLEST) * SMALLEST;
    try {
      Segment made = new Segment(index, map(Files.createFile(file(owner, index)), size));
      segments.add(made);
      return made;
    } catch (IOException e) {
      return null; // no room or no folder: then the array travels inside the message, where a real fault is reported
    }
  }

  /** The memory of another side's segment, at least that long. */
  synchronized MemorySegment of(int ofOwner, int index, long bytes) {
    Path file = file(ofOwner, index);
    String key = file.getFileName().toString();
    MemorySegment known = mapped.get(key);
    if (known == null) {
      known = map(file);
      forget(prefix(ofOwner));
      mapped.put(key, known);
    }
    if (bytes < 0 || known.byteSize() - HEADER < bytes) {
      throw new MalformedException("an array of " + bytes + " bytes in shared memory of " + known.byteSize());
    }
    return known;
  }

  private static String prefix(int ofOwner) {
    return "arrays-" + ofOwner + "-";
  }

  /** An owner has a certain number of segments at the most; what is mapped beyond those is of deleted files. */
  private void forget(String prefix) {
    List<String> its = mapped.keySet().stream().filter(each -> each.startsWith(prefix)).toList();
    its.subList(0, Math.max(0, its.size() + 1 - SEGMENTS)).forEach(mapped::remove);
  }

  private static MemorySegment map(Path file) {
    try {
      if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isRegularFile()) {
        throw new MalformedException("shared memory that is no regular file");
      }
      return map(file, -1);
    } catch (IOException e) {
      throw new MalformedException("shared memory that cannot be opened: " + e);
    }
  }

  /**
   * Maps a file.
   *
   * @param size its size; negative for the size it has
   */
  private static MemorySegment map(Path file, long size) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted(); // channels refuse to work for interrupted threads
        try (FileChannel channel = FileChannel.open(file, MAPPED)) {
          return channel.map(MapMode.READ_WRITE, 0, size < 0 ? channel.size() : size, Arena.ofAuto());
        } catch (ClosedByInterruptException e) {
          interrupted = true; // it came after that look, and is no reason to refuse a good array
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Tells another side that its segment has been copied out. */
  static void copiedOut(MemorySegment memory) {
    Words.FREE.setRelease(memory, 0L, 0L);
  }

  /**
   * Gives back what a dead worker has left; called by the parent once the worker has ended and its results are decoded.
   *
   * @param worker the worker's number
   */
  public void reclaim(int worker) {
    String prefix = prefix(worker);
    synchronized (this) {
      mapped.keySet().removeIf(each -> each.startsWith(prefix));
    }
    deleteAll(prefix);
  }

  private void deleteAll(String prefix) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*")) {
      files.forEach(SharedArrays::delete);
    } catch (IOException e) {
      // the folder is gone, and the files with it
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // the pool deletes the whole folder in the end
    }
  }

  /** Deletes this side's segments; memory still mapped goes with its last use. */
  @Override
  public void close() {
    synchronized (this) {
      segments.clear();
      mapped.clear();
    }
    deleteAll(prefix(owner));
  }

  /** Access to the word that says whether a segment is in use. */
  private static final class Words {
    static final java.lang.invoke.VarHandle FREE = ValueLayout.JAVA_LONG.varHandle();
  }
}
