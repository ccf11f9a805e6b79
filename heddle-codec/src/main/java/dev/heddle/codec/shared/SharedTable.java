package dev.heddle.codec.shared;

import dev.heddle.base.MappedFaults;
import dev.heddle.codec.message.ArrayKind;
import dev.heddle.codec.message.BinaryReader;
import dev.heddle.codec.message.BinaryWriter;
import dev.heddle.codec.message.MalformedException;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The arrays of one message that travel through shared memory: written by one side, read by the other. Not thread-safe. */
public final class SharedTable {

  private record Written(ArrayKind kind, int length, MappedArrays.Segment segment) {}

  private record Read(ArrayKind kind, int length, int owner, MemorySegment memory) {}

  private final MappedArrays arrays;
  private final List<Written> written = new ArrayList<>(1);
  private final List<Read> read = new ArrayList<>(1);
  private final Map<Integer, Object> copies = new HashMap<>(2);

  public SharedTable(MappedArrays arrays) {
    this.arrays = arrays;
  }

  // ---- writing ----

  /** Copies an array into shared memory and returns its index; -1 if it is small, or if there is no room. */
  public int add(ArrayKind kind, Object array) {
    int length = Array.getLength(array);
    long bytes = (long) length * kind.bytes();
    MappedArrays.Segment segment = bytes < MappedArrays.SMALLEST ? null : arrays.take(bytes);
    if (segment == null) {
      return -1;
    }
    written.add(new Written(kind, length, segment));
    try {
      kind.copyOut(array, length, segment.memory, MappedArrays.HEADER);
      MappedFaults.surface();
    } catch (InternalError e) { // the file system is full
      written.removeLast().segment().release();
      return -1;
    }
    return written.size() - 1;
  }

  public boolean isEmpty() {
    return written.isEmpty();
  }

  public void writeTo(BinaryWriter out) {
    out.putSize(written.size());
    for (Written each : written) {
      out.put(each.kind().code());
      out.putInt(each.length());
      out.putInt(arrays.owner());
      out.putInt(each.segment().index);
    }
  }

  /** Frees the segments. */
  public void releaseWritten() {
    written.forEach(each -> each.segment().release());
    written.clear();
  }

  // ---- reading ----

  /**
   * Reads the table of a message; copies no array yet.
   *
   * @param sender the only side whose segments it may name: those of other sides belong to other messages
   */
  public static SharedTable read(BinaryReader source, MappedArrays arrays, long maxBytes, int sender) {
    SharedTable table = new SharedTable(arrays);
    int count = source.getCount();
    long total = 0;
    for (int i = 0; i < count; i++) {
      ArrayKind kind = ArrayKind.at(source.get());
      int length = source.getInt();
      int owner = source.getInt();
      int index = source.getInt();
      if (owner == arrays.owner() || (sender != MappedArrays.ANY && owner != sender)) {
        throw new MalformedException("shared memory of " + owner + " in a message of another");
      }
      long bytes = (long) length * kind.bytes();
      total += bytes;
      if (length < 0 || total > maxBytes) {
        throw new MalformedException("arrays of " + total + " bytes in shared memory, where " + maxBytes + " are allowed");
      }
      table.read.add(new Read(kind, length, owner, arrays.of(owner, index, bytes)));
    }
    return table;
  }

  /** Returns the number of bytes of all arrays. */
  public long bytes() {
    return read.stream().mapToLong(each -> (long) each.length() * each.kind().bytes()).sum();
  }

  /** Returns the copy of an array; the same object at each call. */
  public Object read(int index) {
    return copies.computeIfAbsent(index, this::copy);
  }

  private Object copy(int index) {
    if (index < 0 || index >= read.size()) {
      throw new MalformedException("shared array " + index + " of " + read.size());
    }
    Read entry = read.get(index);
    Object array = entry.kind().create(entry.length());
    try {
      entry.kind().copyIn(entry.memory(), MappedArrays.HEADER, array, entry.length());
      MappedFaults.surface();
    } catch (InternalError e) { // the file was truncated meanwhile
      throw new MalformedException("shared memory that has vanished: " + e);
    }
    return array;
  }

  /** Marks the other side's segments as free; the parent frees its own itself. */
  public void releaseRead() {
    for (Read each : read) {
      if (each.owner() != MappedArrays.PARENT) {
        try {
          MappedArrays.copiedOut(each.memory());
        } catch (InternalError e) {
          // the file was truncated: its owner finds that out itself
        }
      }
    }
  }
}
