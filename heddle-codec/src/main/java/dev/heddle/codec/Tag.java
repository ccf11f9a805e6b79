package dev.heddle.codec;

/** The first byte of a value, and the flags of a message. */
final class Tag {
  static final int NULL = 0;
  static final int TRUE = 1;
  static final int FALSE = 2;
  static final int BYTE = 3;
  static final int SHORT = 4;
  static final int CHAR = 5;
  static final int INT = 6;
  static final int LONG = 7;
  static final int FLOAT = 8;
  static final int DOUBLE = 9;
  static final int STRING = 10;
  static final int OBJECTS = 11;

  /** A lambda or record of a call site that was defined before. */
  static final int SITE = 12;

  /** An object in the message's serialized part. */
  static final int GRAPH = 13;

  /** An array in shared memory. */
  static final int SHARED = 14;

  /** In an array of objects: several Integers, Longs or Doubles one after the other. */
  static final int RUN = 15;

  /** This and the next seven: a primitive array. */
  static final int ARRAY = 16;

  /** The message has a part written by JDK serialization. */
  static final int HAS_STREAM = 1;

  /** The message has a table of arrays in shared memory. */
  static final int HAS_TABLE = 2;

  /** The message is a task of jshell. */
  static final int IS_SHELL = 4;

  /** How deep values may stand in each other before JDK serialization takes over. */
  static final int DEEPEST = 64;

  private Tag() {}
}
