package dev.heddle.codec.value;

import dev.heddle.codec.loader.ClassSpaces;
import dev.heddle.codec.message.ArrayKind;
import dev.heddle.codec.message.BinaryWriter;
import dev.heddle.codec.message.ValueTag;
import dev.heddle.codec.shared.MappedArrays;
import dev.heddle.codec.shared.SharedTable;
import dev.heddle.codec.task.ClassEncoder;
import dev.heddle.codec.task.ClassEncoders;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one message: a value, in a compact form.
 *
 * <p>Simple values are written inline. All others are serialized together in one part, so that an object that is reachable
 * in two ways is still one object after decoding. An array can be reachable from a serialized object too; so if both occur,
 * or an array occurs twice, arrays are serialized as well. Not thread-safe.
 */
public final class ValueWriter {
  private static final int SHORTEST_RUN = 4;

  private final ClassSpaces spaces;
  private final @Nullable ClassEncoders sites;
  private final @Nullable MappedArrays sharedArrays;
  private final BinaryWriter out = new BinaryWriter(96);
  private @Nullable SharedTable shared;
  private @Nullable ClassEncoder firstUsed;
  private @Nullable List<ClassEncoder> used;
  private @Nullable List<Object> graph;
  private @Nullable List<Object> arrays;
  private @Nullable Set<ClassLoader> loaders;
  private boolean arraysInGraph;
  private boolean entangled;
  private int depth;

  public ValueWriter(ClassSpaces spaces, @Nullable ClassEncoders sites, @Nullable MappedArrays arrays) {
    this.spaces = spaces;
    this.sites = sites;
    this.sharedArrays = arrays;
  }

  /** Returns the class encoder that the message uses first; null if it uses none. */
  @Nullable
  public ClassEncoder firstUsed() {
    return firstUsed;
  }

  /** Returns all class encoders that the message uses, in the order of their first use; null if there is at most one. */
  @Nullable
  public List<ClassEncoder> used() {
    return used;
  }

  /** Returns an object that keeps the class loaders of what was written; null if they need not be kept. */
  public @Nullable Object classes() {
    return loaders != null ? new Object[]{loaders, used, firstUsed} : used != null ? used : firstUsed;
  }

  /** Returns an action that frees the shared memory which holds the message's arrays; null if there is none. */
  public @Nullable Runnable release() {
    return shared == null || shared.isEmpty() ? null : shared::releaseWritten;
  }

  /** Frees the shared memory of a message that will not be sent. */
  public void releaseShared() {
    if (shared != null) {
      shared.releaseWritten();
    }
  }

  /** Writes a value; once per writer. */
  public byte[] write(@Nullable Object value) throws IOException {
    try {
      out.put(0);
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

  /** Writes a task of jshell: a header with what it needs of the session, and the objects, serialized; once per writer. */
  public byte[] writeShell(byte[] needs, @Nullable Object[] roots, StreamObserver observer) throws IOException {
    try {
      out.put(0);
      out.write(needs, 0, needs.length);
      return finish(ValueTag.IS_SHELL, roots, observer);
    } catch (Throwable e) {
      releaseShared();
      throw e;
    }
  }

  private void restart() {
    out.cut(1);
    firstUsed = null;
    used = null;
    graph = null;
    arrays = null;
    arraysInGraph = true;
    releaseShared();
  }

  private byte[] finish(int kind, @Nullable Object @Nullable [] roots, @Nullable StreamObserver observer)
      throws IOException {
    int flags = kind;
    int stream = out.size();
    if (roots != null) {
      flags |= ValueTag.HAS_STREAM;
      if (sharedArrays != null && shared == null) {
        shared = new SharedTable(sharedArrays);
      }
      try (GraphOutput objects = new GraphOutput(out, spaces, shared, observer)) {
        if (observer == null) {
          objects.writeObject(roots);
        } else {
          for (Object each : roots) { // one by one: the reader sets a variable after each
            objects.writeObject(each);
          }
        }
        loaders = objects.loaders();
      }
    }
    int table = out.size();
    if (shared != null && !shared.isEmpty()) {
      flags |= ValueTag.HAS_TABLE;
      shared.writeTo(out);
    }
    if (flags != 0) {
      out.putInt(stream);
      out.putInt(table);
      out.patch(0, flags);
    }
    return out.toBytes();
  }

  private void writeValue(@Nullable Object value) throws IOException {
    if (value == null) {
      out.put(ValueTag.NULL);
    } else if (value instanceof String string) {
      out.put(ValueTag.STRING);
      out.putString(string);
    } else if (value instanceof Integer number) {
      out.put(ValueTag.INT);
      out.putInt(number);
    } else if (value instanceof Long number) {
      out.put(ValueTag.LONG);
      out.putLong(number);
    } else if (value instanceof Double number) {
      out.put(ValueTag.DOUBLE);
      out.putLong(Double.doubleToRawLongBits(number));
    } else if (value instanceof Boolean flag) {
      out.put(flag ? ValueTag.TRUE : ValueTag.FALSE);
    } else {
      writeOther(value);
    }
  }

  private void writeOther(Object value) throws IOException {
    if (value instanceof Byte number) {
      out.put(ValueTag.BYTE);
      out.put(number);
    } else if (value instanceof Short number) {
      out.put(ValueTag.SHORT);
      out.putShort(number);
    } else if (value instanceof Character number) {
      out.put(ValueTag.CHAR);
      out.putShort(number);
    } else if (value instanceof Float number) {
      out.put(ValueTag.FLOAT);
      out.putInt(Float.floatToRawIntBits(number));
    } else if (value.getClass().isArray()) {
      writeArray(value);
    } else {
      ClassEncoder site = sites == null || depth >= ValueTag.DEEPEST ? null : sites.of(value);
      if (site == null) {
        writeGraph(value);
      } else {
        writeSite(site, value);
      }
    }
  }

  private void writeSite(ClassEncoder site, Object value) throws IOException {
    use(site);
    out.put(ValueTag.SITE);
    out.putSize(site.id());
    depth++;
    for (Object part : site.parts(value)) {
      writeValue(part);
    }
    depth--;
  }

  private void use(ClassEncoder site) {
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
    out.put(ValueTag.GRAPH);
    out.putSize(all.size());
    all.add(value);
  }

  private void writeArray(Object array) throws IOException {
    Class<?> type = array.getClass();
    ArrayKind kind = ArrayKind.of(type);
    if (arraysInGraph || depth >= ValueTag.DEEPEST || (kind == null && type != Object[].class)) {
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
      out.put(ValueTag.SHARED);
      out.putSize(index);
    } else {
      out.put(ValueTag.ARRAY + kind.code());
      out.putArray(kind, array, length);
    }
  }

  private void writeObjects(@Nullable Object[] elements) throws IOException {
    out.put(ValueTag.OBJECTS);
    out.putSize(elements.length);
    depth++;
    int i = 0;
    while (i < elements.length) {
      int end = runEnd(elements, i);
      if (end - i < SHORTEST_RUN) {
        writeValue(elements[i++]);
      } else {
        out.put(ValueTag.RUN);
        out.putSize(end - i);
        out.put(
            elements[i] instanceof Integer ? ValueTag.INT : elements[i] instanceof Long ? ValueTag.LONG : ValueTag.DOUBLE);
        out.putRun(elements, i, end);
        i = end;
      }
    }
    depth--;
  }

  /** Returns the end of the run of Integers, Longs or Doubles that begins at the start. */
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
    if (sharedArrays == null || (long) length * kind.bytes() < MappedArrays.SMALLEST) {
      return -1;
    }
    if (shared == null) {
      shared = new SharedTable(sharedArrays);
    }
    return shared.add(kind, array);
  }

  /** Returns whether the array has occurred before; also true from the 33rd array on, where the search would take long. */
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
