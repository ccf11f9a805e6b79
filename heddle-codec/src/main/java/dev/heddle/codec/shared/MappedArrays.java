package dev.heddle.codec.shared;

import dev.heddle.base.MappedFaults;
import dev.heddle.codec.EncodedTask;
import dev.heddle.codec.SharedArrays;
import dev.heddle.codec.message.MalformedException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
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
 * Memory-mapped files through which the parent and its workers exchange primitive arrays of at least {@value #SMALLEST}
 * bytes.
 *
 * <p>Each side writes only segments of its own: mapped files in the pool's private folder, named by their owner and a
 * number. They are reused, since a new mapping costs three times a copy. The parent's are free again when its {@link
 * EncodedTask} is released; a worker's when the parent has copied the array out and has cleared the segment's first word.
 * Where no segment is free, arrays travel inside the message.
 *
 * <p>References are not trusted: the file must be a regular one in the folder and long enough. Thread-safe; blocks
 * only for the file system.
 */
public final class MappedArrays implements SharedArrays {
  /** Arrays of fewer bytes travel inside the message. */
  public static final int SMALLEST = 1 << 20;

  public static final int PARENT = 0;
  public static final int ANY = -1;
  public static final int HEADER = 64;
  private static final int SEGMENTS = 8;
  private static final long MOST_BYTES = 1L << 30;
  private static final Set<OpenOption> MAPPED = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
      LinkOption.NOFOLLOW_LINKS);

  private final Path folder;
  private final int owner;
  private final List<Segment> segments = new ArrayList<>();
  private final Map<String, MemorySegment> mapped = new LinkedHashMap<>(16, 0.75f, true); // least recently used first
  private int next;

  private MappedArrays(Path folder, int owner) {
    this.folder = folder;
    this.owner = owner;
  }

  /**
   * Creates the parent's side.
   *
   * @param folder the pool's own folder, which only this user may enter
   */
  public static MappedArrays ofParent(Path folder) {
    return new MappedArrays(folder, PARENT);
  }

  /**
   * Creates a worker's side.
   *
   * @param folder the same folder
   * @param worker the worker's number, from 1 on, never used before in this pool
   */
  public static MappedArrays ofWorker(Path folder, int worker) {
    if (worker < 1) {
      throw new IllegalArgumentException("worker must be at least 1, but was " + worker + "; 0 is the parent");
    }
    return new MappedArrays(folder, worker);
  }

  /** A part of shared memory that this side writes. */
  public final class Segment {
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
      } catch (InternalError e) { // its file was truncated: the next attempt to lease it fails and removes it
        return true;
      }
    }

    private boolean isReleased() {
      long word = (long) Words.FREE.getAcquire(memory, 0L);
      MappedFaults.surface();
      return word == 0;
    }

    /** Marks the segment as used; this may touch its memory for the first time, which fails if the file system is full. */
    private void lease() {
      Words.FREE.setRelease(memory, 0L, 1L);
      MappedFaults.surface();
      leased = true;
    }

    void release() {
      synchronized (MappedArrays.this) {
        leased = false;
      }
    }
  }

  public int owner() {
    return owner;
  }

  private Path file(int ofOwner, int index) {
    return folder.resolve(prefix(ofOwner) + index);
  }

  /** Leases a segment of at least that many bytes to the caller until it is released; null if there is none. */
  public synchronized @Nullable Segment take(long bytes) {
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
    } catch (InternalError e) { // the file system is full: the array travels inside the message
      segments.remove(segment);
      delete(file(owner, segment.index));
      return false;
    }
  }

  /** Deletes free segments, all of which are too small, until one more fits the limits; a single one may have any size. */
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

  /** Returns the memory of another side's segment, which has at least that many bytes. */
  public synchronized MemorySegment of(int ofOwner, int index, long bytes) {
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

  /** Forgets mappings of deleted files: those beyond the number of segments that an owner may have. */
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
        interrupted |= Thread.interrupted(); // channels are closed by interrupted threads
        try (FileChannel channel = FileChannel.open(file, MAPPED)) {
          return channel.map(MapMode.READ_WRITE, 0, size < 0 ? channel.size() : size, Arena.ofAuto());
        } catch (ClosedByInterruptException e) {
          interrupted = true; // interrupted after the check above: try again
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Marks another side's segment as free, since its content has been copied. */
  public static void copiedOut(MemorySegment memory) {
    Words.FREE.setRelease(memory, 0L, 0L);
    MappedFaults.surface();
  }

  @Override
  public void reclaim(int worker) {
    String prefix = prefix(worker);
    synchronized (this) {
      mapped.keySet().removeIf(each -> each.startsWith(prefix));
    }
    deleteAll(prefix);
  }

  private void deleteAll(String prefix) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*")) {
      files.forEach(MappedArrays::delete);
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

  @Override
  public void close() {
    synchronized (this) {
      segments.clear();
      mapped.clear();
    }
    deleteAll(prefix(owner));
  }

  /** Access to the first word of a segment: 0 if it is free. */
  private static final class Words {
    static final java.lang.invoke.VarHandle FREE = ValueLayout.JAVA_LONG.varHandle();
  }
}
