package dev.heddle.codec.value;

import dev.heddle.codec.DecodeLimits;
import dev.heddle.codec.filter.ResultFilter;
import dev.heddle.codec.loader.ClassSpaces;
import dev.heddle.codec.message.ArrayKind;
import dev.heddle.codec.message.BinaryReader;
import dev.heddle.codec.message.MalformedException;
import dev.heddle.codec.message.ValueTag;
import dev.heddle.codec.shared.MappedArrays;
import dev.heddle.codec.shared.SharedTable;
import dev.heddle.codec.task.ClassDecoder;
import dev.heddle.codec.task.ClassDecoders;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one message of a {@link ValueWriter}. Not thread-safe. */
public final class ValueReader {

  /**
   * The class loaders, decoders and limits of one side.
   *
   * @param sender the number of the side that wrote the messages, as in {@link MappedArrays}; {@link MappedArrays#ANY} for
   *     any worker
   */
  public record Context(
      ClassSpaces spaces,
      @Nullable ClassDecoders sites,
      @Nullable MappedArrays arrays,
      @Nullable DecodeLimits limits,
      int sender) {
    Context from(int another) {
      return new Context(spaces, sites, arrays, limits, another);
    }
  }

  private final Context context;
  private final byte[] message;
  private final BinaryReader body;
  private final int flags;
  private final int streamStart;
  private final int tableStart;
  private final @Nullable SharedTable shared;
  private static final Object[] NONE = {};

  private Object[] graph = NONE;
  private int depth;
  private long places;

  public ValueReader(byte[] message, Context context) {
    this.message = message;
    this.context = context;
    BinaryReader whole = new BinaryReader(message);
    this.flags = whole.get();
    if (flags == 0) {
      body = whole;
      streamStart = message.length;
      tableStart = message.length;
    } else {
      int trailer = message.length - 8;
      BinaryReader ends = new BinaryReader(message, trailer, message.length);
      streamStart = ends.getInt();
      tableStart = ends.getInt();
      body = new BinaryReader(message, 1, streamStart);
    }
    shared = (flags & ValueTag.HAS_TABLE) == 0 ? null : readTable();
  }

  private SharedTable readTable() {
    if (context.arrays() == null) {
      throw new MalformedException("arrays in shared memory, which is not in use here");
    }
    long most = context.limits() == null ? Long.MAX_VALUE : context.limits().maxBytes();
    return SharedTable.read(new BinaryReader(message, tableStart, message.length - 8), context.arrays(), most,
        context.sender());
  }

  public boolean isShell() {
    return (flags & ValueTag.IS_SHELL) != 0;
  }

  /** Returns the part before the serialized objects. */
  public BinaryReader body() {
    return body;
  }

  /** Reads the value; once per reader. */
  @Nullable
  public Object read(@Nullable ResultFilter filter) throws Exception {
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

  /** Frees the message's shared memory, whether it was read or not. */
  public void discard() {
    if (shared != null) {
      shared.releaseRead();
    }
  }

  /** Deserializes the objects of the serialized part. */
  private Object[] readGraph(@Nullable ResultFilter filter) throws IOException, ClassNotFoundException {
    if ((flags & ValueTag.HAS_STREAM) == 0) {
      return graph;
    }
    if (filter != null && shared != null) {
      filter.expect(shared.bytes());
    }
    try (GraphInput in = stream(null, filter)) {
      if (in.readObject() instanceof Object[] all) {
        return all;
      }
    }
    throw new MalformedException("a serialized part that is no array");
  }

  /** Returns the serialized part, to be read object by object. */
  public GraphInput stream(@Nullable String shellSpace, @Nullable ResultFilter filter) throws IOException {
    BinaryReader part = new BinaryReader(message, streamStart, tableStart);
    return new GraphInput(part.stream(), context.spaces(), shared, shellSpace, filter);
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
      case ValueTag.NULL -> null;
      case ValueTag.TRUE -> true;
      case ValueTag.FALSE -> false;
      case ValueTag.BYTE -> (byte) body.get();
      case ValueTag.SHORT -> body.getShort();
      case ValueTag.CHAR -> (char) body.getShort();
      case ValueTag.INT -> body.getInt();
      case ValueTag.LONG -> body.getLong();
      case ValueTag.FLOAT -> Float.intBitsToFloat(body.getInt());
      case ValueTag.DOUBLE -> Double.longBitsToDouble(body.getLong());
      case ValueTag.STRING -> body.getString();
      case ValueTag.OBJECTS -> readObjects();
      case ValueTag.SITE -> readSite();
      case ValueTag.GRAPH -> fromGraph(body.getSize());
      case ValueTag.SHARED -> fromShared(body.getSize());
      default -> body.getArray(ArrayKind.at(tag - ValueTag.ARRAY));
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
      if (tag == ValueTag.RUN) {
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
    ClassDecoder site = context.sites().at(body.getSize());
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
    if (++depth > ValueTag.DEEPEST + 1) {
      throw new MalformedException("values more than " + ValueTag.DEEPEST + " deep in each other");
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
