package dev.heddle.codec;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the message of a {@link ValueWriter}. Not thread-safe. */
final class ValueReader {

  /**
   * What one side knows and allows when it reads.
   *
   * @param sender who wrote what it reads, as {@link SharedArrays} counts them; {@link SharedArrays#ANY} for any worker
   */
  record Context(
      ClassSpaces spaces,
      @Nullable DefinedSites sites,
      @Nullable SharedArrays arrays,
      @Nullable DecodeLimits limits,
      int sender) {
    Context from(int another) {
      return new Context(spaces, sites, arrays, limits, another);
    }
  }

  private final Context context;
  private final byte[] message;
  private final Source body;
  private final int flags;
  private final int streamStart;
  private final int tableStart;
  private final @Nullable SharedTable shared;
  private static final Object[] NONE = {};

  private Object[] graph = NONE;
  private int depth;
  private long places;

  ValueReader(byte[] message, Context context) {
    this.message = message;
    this.context = context;
    Source whole = new Source(message);
    this.flags = whole.get();
    if (flags == 0) {
      body = whole;
      streamStart = message.length;
      tableStart = message.length;
    } else {
      int trailer = message.length - 8;
      Source ends = new Source(message, trailer, message.length);
      streamStart = ends.getInt();
      tableStart = ends.getInt();
      body = new Source(message, 1, streamStart);
    }
    shared = (flags & Tag.HAS_TABLE) == 0 ? null : readTable();
  }

  private SharedTable readTable() {
    if (context.arrays() == null) {
      throw new MalformedException("arrays in shared memory, which is not in use here");
    }
    long most = context.limits() == null ? Long.MAX_VALUE : context.limits().maxBytes();
    return SharedTable.read(new Source(message, tableStart, message.length - 8), context.arrays(), most, context.sender());
  }

  boolean isShell() {
    return (flags & Tag.IS_SHELL) != 0;
  }

  /** What stands before the serialized part. */
  Source body() {
    return body;
  }

  /** The value; once per reader. */
  @Nullable
  Object read(@Nullable ResultFilter filter) throws Exception {
    try {
      graph = readGraph(filter);
      Object value = readValue();
      if (body.remaining() != 0) {
        throw new MalformedException(body.remaining() + " bytes too many");
      }
      return value;
    } finally {
      discard();
    }
  }

  /** Frees the message's shared memory, read or not. */
  void discard() {
    if (shared != null) {
      shared.releaseRead();
    }
  }

  /** The serialized objects. */
  private Object[] readGraph(@Nullable ResultFilter filter) throws IOException, ClassNotFoundException {
    if ((flags & Tag.HAS_STREAM) == 0) {
      return graph;
    }
    if (filter != null && shared != null) {
      filter.expect(shared.bytes());
    }
    try (WireInput in = stream(null, filter)) {
      if (in.readObject() instanceof Object[] all) {
        return all;
      }
    }
    throw new MalformedException("a serialized part that is no array");
  }

  /** The serialized part, to be read object by object. */
  WireInput stream(@Nullable String shellSpace, @Nullable ResultFilter filter) throws IOException {
    Source part = new Source(message, streamStart, tableStart);
    return new WireInput(part.stream(), context.spaces(), shared, shellSpace, filter);
  }

  private int readRun(@Nullable Object[] all, int from) {
    int count = body.getCount();
    if (count == 0 || count > all.length - from) {
      throw new MalformedException("a run of " + count + " values where " + (all.length - from) + " are left");
    }
    body.getRun(body.get(), all, from, count);
    return from + count;
  }

  private @Nullable Object readValue() throws Exception {
    return readValue(body.get());
  }

  private @Nullable Object readValue(int tag) throws Exception {
    return switch (tag) {
      case Tag.NULL -> null;
      case Tag.TRUE -> true;
      case Tag.FALSE -> false;
      case Tag.BYTE -> (byte) body.get();
      case Tag.SHORT -> body.getShort();
      case Tag.CHAR -> (char) body.getShort();
      case Tag.INT -> body.getInt();
      case Tag.LONG -> body.getLong();
      case Tag.FLOAT -> Float.intBitsToFloat(body.getInt());
      case Tag.DOUBLE -> Double.longBitsToDouble(body.getLong());
      case Tag.STRING -> body.getString();
      case Tag.OBJECTS -> readObjects();
      case Tag.SITE -> readSite();
      case Tag.GRAPH -> fromGraph(body.getSize());
      case Tag.SHARED -> fromShared(body.getSize());
      default -> body.getArray(ArrayKind.at(tag - Tag.ARRAY));
    };
  }

  private @Nullable Object[] readObjects() throws Exception {
    enter();
    int count = body.getCount();
    places += count;
    if (places > message.length) {
      throw new MalformedException("arrays of " + places + " values in " + message.length + " bytes");
    }
    @Nullable
    Object[] all = new @Nullable Object[count];
    int i = 0;
    while (i < count) {
      int tag = body.get();
      if (tag == Tag.RUN) {
        i = readRun(all, i);
      } else {
        all[i++] = readValue(tag);
      }
    }
    depth--;
    return all;
  }

  private Object readSite() throws Exception {
    if (context.sites() == null) {
      throw new MalformedException("a call site, which only tasks have");
    }
    DefinedSite site = context.sites().at(body.getSize());
    enter();
    @Nullable
    Object[] parts = new @Nullable Object[site.parts()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = readValue();
    }
    depth--;
    return site.build(parts);
  }

  private void enter() {
    if (++depth > Tag.DEEPEST + 1) {
      throw new MalformedException("values more than " + Tag.DEEPEST + " deep in each other");
    }
  }

  private Object fromGraph(int index) {
    if (index >= graph.length) {
      throw new MalformedException("serialized object " + index + " of " + graph.length);
    }
    return graph[index];
  }

  private Object fromShared(int index) {
    if (shared == null) {
      throw new MalformedException("an array in shared memory without a table of them");
    }
    return shared.read(index);
  }
}
