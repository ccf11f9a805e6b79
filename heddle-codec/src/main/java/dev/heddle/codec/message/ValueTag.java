package dev.heddle.codec.message;

/** The tags of values, the first byte of each; and the flags of a message, its first byte. */
public final class ValueTag {
  public static final int NULL = 0;
  public static final int TRUE = 1;
  public static final int FALSE = 2;
  public static final int BYTE = 3;
  public static final int SHORT = 4;
  public static final int CHAR = 5;
  public static final int INT = 6;
  public static final int LONG = 7;
  public static final int FLOAT = 8;
  public static final int DOUBLE = 9;
  public static final int STRING = 10;
  public static final int OBJECTS = 11;

  /** A lambda or record of a class that was defined before. */
  public static final int SITE = 12;

  /** An object in the message's serialized part. */
  public static final int GRAPH = 13;

  /** An array in shared memory. */
  public static final int SHARED = 14;

  /** In an array of objects: consecutive elements that are all Integers, all Longs or all Doubles. */
  public static final int RUN = 15;

  /** This and the next seven: a primitive array. */
  public static final int ARRAY = 16;

  /** The message has a part written by JDK serialization. */
  public static final int HAS_STREAM = 1;

  /** The message has a table of arrays in shared memory. */
  public static final int HAS_TABLE = 2;

  /** The message is a task of jshell. */
  public static final int IS_SHELL = 4;

  /** The depth of nested values from which on JDK serialization is used. */
  public static final int DEEPEST = 64;

  private ValueTag() {}
}
