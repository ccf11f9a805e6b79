package dev.heddle.codec.loader;

import dev.heddle.codec.message.BinaryReader;
import dev.heddle.codec.message.BinaryWriter;
import java.util.BitSet;

/**
 * The parent's answer to a worker's request for a class.
 *
 * @param space the space of the loader that defines the class
 * @param gone the numbers of the class loaders that the parent no longer has: the worker may forget their classes
 * @param bytes the class file
 */
@SuppressWarnings("ArrayRecordComponent") // answers are not compared
record ClassAnswer(String space, BitSet gone, byte[] bytes) {

  static ClassAnswer read(byte[] message) {
    BinaryReader in = new BinaryReader(message);
    String space = in.getString();
    BitSet gone = new BitSet();
    int ranges = in.getCount();
    for (int i = 0; i < ranges; i++) {
      int from = in.getSize();
      gone.set(from, from + in.getSize());
    }
    return new ClassAnswer(space, gone, in.rest());
  }

  byte[] toBytes() {
    BinaryWriter out = new BinaryWriter(bytes.length + 64);
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
    out.write(bytes, 0, bytes.length);
    return out.toBytes();
  }
}
