package dev.heddle.subprocess;

import dev.heddle.base.Check;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The destination of a child process's standard output or standard error. Immutable.
 *
 * <p>Origin: the {@code stdout} and {@code stderr} arguments of Python's {@code subprocess}.
 */
public sealed interface Output {
  /** The limit of {@link #capture()} in bytes: 64 MiB. */
  long DEFAULT_LIMIT = 64L << 20;

  /** The treatment of output beyond the limit of a capture. */
  enum Overflow {
    /** The process tree is killed, and {@link OutputLimitException} is thrown. */
    FAIL,
    /** The beginning is kept; the child may go on writing. */
    KEEP_FIRST,
    /** The end is kept; the child may go on writing. */
    KEEP_LAST
  }

  /**
   * Returns an output that is kept in memory, up to {@link #DEFAULT_LIMIT} bytes; more throws {@link OutputLimitException}.
   * The default.
   */
  static Output capture() {
    return new Capture(DEFAULT_LIMIT, Overflow.FAIL);
  }

  /**
   * Returns an output that is kept in memory.
   *
   * @param limit in bytes, at least 1 and below 2 GiB
   * @param overflow the treatment of output beyond the limit
   */
  static Output capture(long limit, Overflow overflow) {
    return new Capture(limit, overflow);
  }

  /** Returns an output that is discarded by the operating system. */
  static Output discard() {
    return Discard.INSTANCE;
  }

  /** Returns the output of this JVM. */
  static Output inherit() {
    return Inherit.INSTANCE;
  }

  /**
   * Returns an output to a file, which the child writes by itself; its previous content is lost. Standard output and
   * standard error of a command may go to the same file: it has both then, in the order of writing.
   */
  static Output file(Path file) {
    return new ToFile(Check.notNull(file, "file"), false);
  }

  /** Returns an output that is appended to a file. */
  static Output append(Path file) {
    return new ToFile(Check.notNull(file, "file"), true);
  }

  /**
   * Returns an output that is passed to an action line by line, as the lines come; nothing is kept.
   *
   * <p>The action runs on a thread of Heddle, one call at a time for this output (standard output and error have a thread
   * each). A slow action slows the child down. An action that throws ends the process tree; what it threw is the cause of
   * a {@link SubprocessException}. An action that blocks for some seconds after a time-out is interrupted and not called
   * again; if it ignores the interrupt, it is no longer waited for.
   *
   * @param action receives each line without its line break
   */
  static Output lines(Consumer<? super String> action) {
    return new Lines(Check.notNull(action, "action"));
  }

  /**
   * Returns an output that is read through {@link RunningProcess#stdout()} or {@link RunningProcess#lines()} and not kept;
   * only for {@link Subprocess#start}. The child waits while its output is not read, so that memory is bounded: use it only
   * if you read. Closing the reader early makes the child's next write fail, as with a shell's pipe.
   *
   * <p>When the process is ended, by a time-out or {@code close()}, the stream ends too: {@link RunningProcess#result()}
   * tells whether it is complete.
   */
  static Output stream() {
    return Stream.INSTANCE;
  }

  /**
   * Returns an output that is written to a stream of this JVM as it comes, and flushed each time; nothing is kept.
   *
   * <p>A thread of Heddle writes, one for each output: give two outputs one stream only if it is thread-safe. A slow stream
   * slows the child down. One that throws ends the process tree; what it threw is the cause of a {@link
   * SubprocessException}. The stream is not closed.
   */
  static Output to(OutputStream stream) {
    return new ToStream(Check.notNull(stream, "stream"), false);
  }

  /**
   * Returns an output that is kept in memory, as by {@link #capture()}, and written to a stream besides, as by {@link #to}.
   */
  static Output tee(OutputStream stream) {
    return new ToStream(Check.notNull(stream, "stream"), true);
  }

  /** Returns the destination of standard output, in the order of writing; for standard error only. */
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

  /** See {@link #to} and {@link #tee}. */
  record ToStream(OutputStream stream, boolean captured) implements Output {}
}
