package dev.heddle.subprocess;

import dev.heddle.base.Check;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where a child process's standard output, or standard error, goes. Immutable.
 *
 * <p>Origin: the {@code stdout} and {@code stderr} arguments of Python's {@code subprocess}.
 */
public sealed interface Output {
  /** How many bytes {@link #capture()} keeps at the most: 64 MiB. */
  long DEFAULT_LIMIT = 64L << 20;

  /** What becomes of output beyond the limit of a capture. */
  enum Overflow {
    /** The process tree is killed, and an {@link OutputLimitException} tells of it. */
    FAIL,
    /** The beginning is kept; the child may go on writing. */
    KEEP_FIRST,
    /** The end is kept; the child may go on writing. */
    KEEP_LAST
  }

  /** Kept in memory, up to {@link #DEFAULT_LIMIT} bytes; more is an {@link OutputLimitException}. The default. */
  static Output capture() {
    return new Capture(DEFAULT_LIMIT, Overflow.FAIL);
  }

  /**
   * Kept in memory.
   *
   * @param limit in bytes, at least 1 and below 2 GiB
   * @param overflow what becomes of more than that
   */
  static Output capture(long limit, Overflow overflow) {
    return new Capture(limit, overflow);
  }

  /** Thrown away, without a copy. */
  static Output discard() {
    return Discard.INSTANCE;
  }

  /** To where this JVM's own goes. */
  static Output inherit() {
    return Inherit.INSTANCE;
  }

  /** Written to a file by the child itself; what was in it is lost. */
  static Output file(Path file) {
    return new ToFile(Check.notNull(file, "file"), false);
  }

  /** Written behind what is in a file already. */
  static Output append(Path file) {
    return new ToFile(Check.notNull(file, "file"), true);
  }

  /**
   * Given to an action line by line, as the lines come; nothing is kept.
   *
   * <p>The action runs on a thread of Heddle's, one call at a time for this output (standard output and error have a thread
   * each). A slow action slows the child. One that throws ends the process tree; the error is the cause of a {@link
   * SubprocessException}. One that still blocks some seconds after a time-out is interrupted; it is called no more then,
   * and not waited for if it takes no notice.
   *
   * @param action is given each line without its line break; the last may have had none
   */
  static Output lines(Consumer<? super String> action) {
    return new Lines(Check.notNull(action, "action"));
  }

  /**
   * Read through {@link RunningProcess#stdout()} or {@link RunningProcess#lines()} and not kept; only for {@link
   * Subprocess#start}. The child waits when the reader is slow, and when nobody reads: memory stays flat, and who does not
   * read should not ask for it. Closing the reader early makes the child's next write fail, as a shell's pipe does.
   *
   * <p>The stream of a process that was ended, by a time-out or {@code close()} say, simply ends: whether what was read is
   * all, {@link RunningProcess#result()} tells.
   */
  static Output stream() {
    return Stream.INSTANCE;
  }

  /** To where standard output goes, in the order of writing; for standard error only. */
  static Output merge() {
    return Merge.INSTANCE;
  }

  /** See {@link #capture(long, Overflow)}. */
  record Capture(long limit, Overflow overflow) implements Output {
    /** Checks the values. */
    public Capture {
      if (limit < 1 || limit > Integer.MAX_VALUE - 16) {
        throw new IllegalArgumentException("limit must be from 1 byte to 2 GiB, but was " + limit
            + "; use Output.file(path) or Output.lines(action) for more, Output.discard() for nothing");
      }
      Check.notNull(overflow, "overflow");
    }
  }

  /** See {@link #discard}. */
  enum Discard implements Output {
    /** The only one. */
    INSTANCE
  }

  /** See {@link #inherit}. */
  enum Inherit implements Output {
    /** The only one. */
    INSTANCE
  }

  /** See {@link #stream}. */
  enum Stream implements Output {
    /** The only one. */
    INSTANCE
  }

  /** See {@link #merge}. */
  enum Merge implements Output {
    /** The only one. */
    INSTANCE
  }

  /** See {@link #file} and {@link #append}. */
  record ToFile(Path file, boolean appending) implements Output {}

  /** See {@link #lines}. */
  record Lines(Consumer<? super String> action) implements Output {}
}
