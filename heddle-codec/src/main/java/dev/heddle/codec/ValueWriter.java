package dev.heddle.codec;

import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one message: a value, as short and as fast as it can be.
 *
 * <p>Simple values stand in the message themselves. All others go together into one serialized part, so that an object
 * that is reachable in two ways arrives as one object. An array could be reachable from such an object too; so where both
 * occur, or an array occurs twice, arrays are serialized as well. Not thread-safe.
 */
final class ValueWriter {
  private static final int SHORTEST_RUN = 4;

  private final ClassSpaces spaces;
  private final @Nullable TaskSites sites;
  private final @Nullable SharedArrays sharedArrays;
  private final Sink sink = new Sink(96);
  private @Nullable SharedTable shared;
  private @Nullable ClassSite firstUsed;
  private @Nullable List<ClassSite> used;
  private @Nullable List<Object> graph;
  private @Nullable List<Object> arrays;
  private boolean arraysInGraph;
  private boolean entangled;
  private int depth;

  ValueWriter(ClassSpaces spaces, @Nullable TaskSites sites, @Nullable SharedArrays arrays) {
    this.spaces = spaces;
    this.sites = sites;
    this.sharedArrays = arrays;
  }

  /** The call site that the message uses first; null if it uses none. */
  @Nullable
  ClassSite firstUsed() {
    return firstUsed;
  }

  /** All call sites that the message uses, in the order of their first use; null if there is one at the most. */
  @Nullable
  List<ClassSite> used() {
    return used;
  }

  /** The message's arrays in shared memory; null if there are none. */
  @Nullable
  SharedTable shared() {
    return shared;
  }

  /** Gives the shared memory back: the message will not be sent. */
  void releaseShared() {
    if (shared != null) {
      shared.releaseWritten();
    }
  }

  /** Writes a value; once per writer. */
  byte[] write(@Nullable Object value) throws IOException {
    try {
      sink.put(0);
      writeValue(value);
      if (entangled || (graph != null && arrays != null)) {
        restart();
        writeValue(value);
      }
      return finish(0, graph == null ? null : graph.toArray(), null);
    } catch (Throwable e) {
      releaseShared();
      throw e;
    }
  }

  /** Writes a task of jshell: what the task needs of the session, and everything serialized; once per writer. */
  byte[] writeShell(byte[] needs, @Nullable Object[] roots, ShellTask shell) throws IOException {
    try {
      sink.put(0);
      sink.write(needs, 0, needs.length);
      return finish(Tag.IS_SHELL, roots, shell);
    } catch (Throwable e) {
      releaseShared();
      throw e;
    }
  }

  private void restart() {
    sink.cut(1);
    firstUsed = null;
    used = null;
    graph = null;
    arrays = null;
    arraysInGraph = true;
    releaseShared();
  }

  private byte[] finish(int kind, @Nullable Object @Nullable [] roots, @Nullable ShellTask shell) throws IOException {
    int flags = kind;
    int stream = sink.size();
    if (roots != null) {
      flags |= Tag.HAS_STREAM;
      if (sharedArrays != null && shared == null) {
        shared = new SharedTable(sharedArrays);
      }
      try (WireOutput out = new WireOutput(sink, spaces, shared, shell)) {
        if (shell == null) {
          out.writeObject(roots);
        } else {
          for (Object each : roots) { // one by one: the reader has something to do in between
            out.writeObject(each);
          }
        }
      }
    }
    int table = sink.size();
    if (shared != null && !shared.isEmpty()) {
      flags |= Tag.HAS_TABLE;
      shared.writeTo(sink);
    }
    if (flags != 0) {
      sink.putInt(stream);
      sink.putInt(table);
      sink.patch(0, flags);
    }
    return sink.toBytes();
  }

  private void writeValue(@Nullable Object value) throws IOException {
    if (value == null) {
      sink.put(Tag.NULL);
    } else if (value instanceof String string) {
      sink.put(Tag.STRING);
      sink.putString(string);
    } else if (value instanceof Integer number) {
      sink.put(Tag.INT);
      sink.putInt(number);
    } else if (value instanceof Long number) {
      sink.put(Tag.LONG);
      sink.putLong(number);
    } else if (value instanceof Double number) {
      sink.put(Tag.DOUBLE);
      sink.putLong(Double.doubleToRawLongBits(number));
    } else if (value instanceof Boolean flag) {
      sink.put(flag ? Tag.TRUE : Tag.FALSE);
    } else {
      writeOther(value);
    }
  }

  private void writeOther(Object value) throws IOException {
    if (value instanceof Byte number) {
      sink.put(Tag.BYTE);
      sink.put(number);
    } else if (value instanceof Short number) {
      sink.put(Tag.SHORT);
      sink.putShort(number);
    } else if (value instanceof Character number) {
      sink.put(Tag.CHAR);
      sink.putShort(number);
    } else if (value instanceof Float number) {
      sink.put(Tag.FLOAT);
      sink.putInt(Float.floatToRawIntBits(number));
    } else if (value.getClass().isArray()) {
      writeArray(value);
    } else {
      ClassSite site = sites == null || depth >= Tag.DEEPEST ? null : sites.of(value);
      if (site == null) {
        writeGraph(value);
      } else {
        writeSite(site, value);
      }
    }
  }

  private void writeSite(ClassSite site, Object value) throws IOException {
    use(site);
    sink.put(Tag.SITE);
    sink.putSize(site.id());
    depth++;
    for (Object part : site.parts(value)) {
      writeValue(part);
    }
    depth--;
  }

  private void use(ClassSite site) {
    if (firstUsed == null) {
      firstUsed = site;
    } else if (used != null) {
      if (!used.contains(site)) {
        used.add(site);
      }
    } else if (firstUsed != site) {
      used = new ArrayList<>(4);
      used.add(firstUsed);
      used.add(site);
    }
  }

  private void writeGraph(Object value) {
    List<Object> all = graph;
    if (all == null) {
      all = new ArrayList<>();
      graph = all;
    }
    sink.put(Tag.GRAPH);
    sink.putSize(all.size());
    all.add(value);
  }

  private void writeArray(Object array) throws IOException {
    Class<?> type = array.getClass();
    ArrayKind kind = ArrayKind.of(type);
    if (arraysInGraph || depth >= Tag.DEEPEST || (kind == null && type != Object[].class)) {
      writeGraph(array);
      return;
    }
    if (isRepeated(array)) {
      entangled = true;
      return;
    }
    if (kind == null) {
      writeObjects((@Nullable Object[]) array);
      return;
    }
    int length = Array.getLength(array);
    int index = share(kind, array, length);
    if (index >= 0) {
      sink.put(Tag.SHARED);
      sink.putSize(index);
    } else {
      sink.put(Tag.ARRAY + kind.code());
      sink.putArray(kind, array, length);
    }
  }

  private void writeObjects(@Nullable Object[] elements) throws IOException {
    sink.put(Tag.OBJECTS);
    sink.putSize(elements.length);
    depth++;
    int i = 0;
    while (i < elements.length) {
      int end = runEnd(elements, i);
      if (end - i < SHORTEST_RUN) {
        writeValue(elements[i++]);
      } else {
        sink.put(Tag.RUN);
        sink.putSize(end - i);
        sink.put(elements[i] instanceof Integer ? Tag.INT : elements[i] instanceof Long ? Tag.LONG : Tag.DOUBLE);
        sink.putRun(elements, i, end);
        i = end;
      }
    }
    depth--;
  }

  /** Where the elements end that are Integers, Longs or Doubles as the one at the start is. */
  private static int runEnd(@Nullable Object[] elements, int start) {
    Object first = elements[start];
    if (!(first instanceof Integer || first instanceof Long || first instanceof Double)) {
      return start;
    }
    int end = start + 1;
    for (; end < elements.length; end++) {
      Object next = elements[end];
      if (next == null || next.getClass() != first.getClass()) {
        return end;
      }
    }
    return end;
  }

  private int share(ArrayKind kind, Object array, int length) {
    if (sharedArrays == null || (long) length * kind.bytes() < SharedArrays.SMALLEST) {
      return -1;
    }
    if (shared == null) {
      shared = new SharedTable(sharedArrays);
    }
    return shared.add(kind, array);
  }

  /** Whether the array has occurred before; many arrays count as such, for there the search would take long. */
  private boolean isRepeated(Object array) {
    List<Object> all = arrays;
    if (all == null) {
      all = new ArrayList<>(2);
      arrays = all;
    }
    if (all.size() >= 32) {
      return true;
    }
    for (Object each : all) {
      if (each == array) {
        return true;
      }
    }
    all.add(array);
    return false;
  }
}
