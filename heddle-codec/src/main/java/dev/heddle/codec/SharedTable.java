package dev.heddle.codec;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The arrays of one message that travel through shared memory: written by one side, read by the other. Not thread-safe. */
final class SharedTable {

  private record Written(ArrayKind kind, int length, SharedArrays.Segment segment) {}

  private record Read(ArrayKind kind, int length, int owner, MemorySegment memory) {}

  private final SharedArrays arrays;
  private final List<Written> written = new ArrayList<>(1);
  private final List<Read> read = new ArrayList<>(1);
  private final Map<Integer, Object> copies = new HashMap<>(2);

  SharedTable(SharedArrays arrays) {
    this.arrays = arrays;
  }

  // ---- writing ----

  /** Copies an array into shared memory; -1 if it is small, or if there is no room. */
  int add(ArrayKind kind, Object array) {
    int length = Array.getLength(array);
    long bytes = (long) length * kind.bytes();
    SharedArrays.Segment segment = bytes < SharedArrays.SMALLEST ? null : arrays.take(bytes);
    if (segment == null) {
      return -1;
    }
    written.add(new Written(kind, length, segment));
    try {
      kind.copyOut(array, length, segment.memory, SharedArrays.HEADER);
    } catch (InternalError e) { // the file system has no room for what it had promised
      written.removeLast().segment().release();
      return -1;
    }
    return written.size() - 1;
  }

  boolean isEmpty() {
    return written.isEmpty();
  }

  void writeTo(Sink sink) {
    sink.putSize(written.size());
    for (Written each : written) {
      sink.put(each.kind().code());
      sink.putInt(each.length());
      sink.putInt(arrays.owner());
      sink.putInt(each.segment().index);
    }
  }

  /** Makes the segments free again. */
  void releaseWritten() {
    written.forEach(each -> each.segment().release());
    written.clear();
  }

  // ---- reading ----

  /**
   * The table of a message; nothing is copied yet.
   *
   * @param sender whose segments it may name: another's hold other messages, which would be freed or read before their time
   */
  static SharedTable read(Source source, SharedArrays arrays, long maxBytes, int sender) {
    SharedTable table = new SharedTable(arrays);
    int count = source.getCount();
    long total = 0;
    for (int i = 0; i < count; i++) {
      ArrayKind kind = ArrayKind.at(source.get());
      int length = source.getInt();
      int owner = source.getInt();
      int index = source.getInt();
      if (owner == arrays.owner() || (sender != SharedArrays.ANY && owner != sender)) {
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

  /** How many bytes all arrays have. */
  long bytes() {
    return read.stream().mapToLong(each -> (long) each.length() * each.kind().bytes()).sum();
  }

  /** The copy of an array; one, however often it is asked for. */
  Object read(int index) {
    return copies.computeIfAbsent(index, this::copy);
  }

  private Object copy(int index) {
    if (index < 0 || index >= read.size()) {
      throw new MalformedException("shared array " + index + " of " + read.size());
    }
    Read entry = read.get(index);
    Object array = entry.kind().create(entry.length());
    try {
      entry.kind().copyIn(entry.memory(), SharedArrays.HEADER, array, entry.length());
    } catch (InternalError e) { // the file was made shorter meanwhile
      throw new MalformedException("shared memory that has vanished: " + e);
    }
    return array;
  }

  /** Tells the other side that its segments are free again; the parent's own are freed by the parent. */
  void releaseRead() {
    for (Read each : read) {
      if (each.owner() != SharedArrays.PARENT) {
        try {
          SharedArrays.copiedOut(each.memory());
        } catch (InternalError e) {
          // the file was made shorter: there is nobody to tell
        }
      }
    }
  }
}
