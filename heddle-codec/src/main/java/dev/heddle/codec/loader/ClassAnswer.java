package dev.heddle.codec.loader;

import dev.heddle.codec.message.BinaryReader;
import dev.heddle.codec.message.BinaryWriter;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The parent's answer to a worker's request for a class.
 *
 * @param space the space of the loader that defines the class
 * @param gone the numbers of the class loaders that the parent no longer has: the worker may forget their classes
 * @param problem why the parent has the class, but a worker cannot; empty if it can
 * @param location where the class was loaded from, as its code source says; empty if that says nothing
 * @param manifest what the class's package says of its version
 * @param bytes the class file; empty if the worker's own class loader has the class
 */
@SuppressWarnings("ArrayRecordComponent") // answers are not compared
record ClassAnswer(String space, BitSet gone, String problem, String location, Manifest manifest, byte[] bytes) {
  private static final byte[] NONE = {};

  /** The specification's and the implementation's title, version and vendor, as {@link Package} returns them. */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Manifest(@Nullable String[] values) {
    private static final int SIZE = 6;
    private static final Manifest EMPTY = new Manifest(new @Nullable String[SIZE]);

    static Manifest of(@Nullable Package source) {
      return source == null
          ? EMPTY
          : new Manifest(new @Nullable String[]{source.getSpecificationTitle(), source.getSpecificationVersion(),
              source.getSpecificationVendor(), source.getImplementationTitle(), source.getImplementationVersion(),
              source.getImplementationVendor()});
    }

    private static Manifest read(BinaryReader in) {
      @Nullable
      String[] values = new @Nullable String[SIZE];
      for (int i = 0; i < SIZE; i++) {
        values[i] = in.get() == 0 ? null : in.getString();
      }
      return new Manifest(values);
    }

    private void write(BinaryWriter out) {
      for (String each : values) {
        out.put(each == null ? 0 : 1);
        if (each != null) {
          out.putString(each);
        }
      }
    }
  }

  /** The answer that the worker's own class loader has the class, or else nothing has. */
  static ClassAnswer home(BitSet gone) {
    return new ClassAnswer(ClassSpaces.HOME, gone, "", "", Manifest.EMPTY, NONE);
  }

  /** The answer that a worker cannot have the class. */
  static ClassAnswer problem(BitSet gone, String problem) {
    return new ClassAnswer(ClassSpaces.HOME, gone, problem, "", Manifest.EMPTY, NONE);
  }

  static ClassAnswer read(byte[] message) {
    BinaryReader in = new BinaryReader(message);
    String space = in.getString();
    BitSet gone = new BitSet();
    int ranges = in.getCount();
    for (int i = 0; i < ranges; i++) {
      int from = in.getSize();
      gone.set(from, from + in.getSize());
    }
    return new ClassAnswer(space, gone, in.getString(), in.getString(), Manifest.read(in), in.rest());
  }

  byte[] toBytes() {
    BinaryWriter out = new BinaryWriter(bytes.length + 256);
    out.putString(space);
    int ranges = 0;
    for (int from = gone.nextSetBit(0); from >= 0; from = gone.nextSetBit(gone.nextClearBit(from))) {
      ranges++;
    }
    out.putSize(ranges);
    for (int from = gone.nextSetBit(0); from >= 0; from = gone.nextSetBit(gone.nextClearBit(from))) {
      out.putSize(from);
      out.putSize(gone.nextClearBit(from) - from);
    }
    out.putString(problem);
    out.putString(location);
    manifest.write(out);
    out.write(bytes, 0, bytes.length);
    return out.toBytes();
  }
}
