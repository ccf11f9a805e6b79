package dev.heddle.process.wire;

/**
 * A message between the parent and a worker: a header of {@value #HEADER} bytes (length of the body, type, id, value,
 * time; big endian) and a body. What id, value and time mean depends on the type.
 *
 * @param type one of the constants
 * @param id the task's, site's or request's number
 * @param value a number more
 * @param time when it happened, by the sender's {@link System#nanoTime}; 0 unless the type says otherwise
 * @param body the rest
 */
@SuppressWarnings("ArrayRecordComponent") // frames are not compared, and bodies are handed over, not copied
public record Frame(byte type, int id, long value, long time, byte[] body) {
  /** The length of a header, in bytes. */
  public static final int HEADER = 25;

  /** No body. */
  public static final byte[] EMPTY = {};

  /** The length of the longest request for a class or resource, in bytes. */
  public static final int LONGEST_REQUEST = (1 << 16) - 1;

  // ---- parent to worker ----

  /** The definition of a site; id: the site's. */
  public static final byte DEFINE = 1;

  /** A task; id: the task's; value: its site's id. */
  public static final byte TASK = 2;

  /** The initializer that a worker runs before its first task; value: its site's id, or -1 for nothing. */
  public static final byte PREPARE = 3;

  /** The answer to {@link #NEED_CLASS}; id: the request's; value: 1 if it was found; body: the answer. */
  public static final byte CLASS = 4;

  /** Nothing more comes: end. */
  public static final byte QUIT = 5;

  // ---- worker to parent ----

  /** The first frame; value: the worker's pid; body: the token. */
  public static final byte HELLO = 11;

  /** The worker is prepared; time: now. */
  public static final byte READY = 12;

  /** The worker could not be prepared; body: the failure. */
  public static final byte UNPREPARED = 13;

  /** A task has returned; id: the task's; value: how long it ran, in nanoseconds; time: when it returned; body:
   * the result. */
  public static final byte RESULT = 14;

  /** A task has failed; as {@link #RESULT}, but the body is the failure. */
  public static final byte FAILURE = 15;

  /** Something was printed; id: the task's; value: 1 for standard output, 2 for standard error; body: the bytes. */
  public static final byte OUTPUT = 16;

  /** The worker lacks a class or resource; id: the request's; body: which one, in at most {@link #LONGEST_REQUEST} bytes. */
  public static final byte NEED_CLASS = 17;

  /** The JVM ends in an orderly way, by {@code System.exit} or a signal. */
  public static final byte EXITING = 18;
}
