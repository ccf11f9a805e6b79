package dev.heddle.subprocess;

import dev.heddle.base.Check;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The source of a child process's standard input. Immutable.
 *
 * <p>Origin: the {@code stdin} and {@code input} arguments of Python's {@code subprocess}. Unlike there, nothing is
 * inherited unless asked for: a child that reads finds the end of its input, and does not wait for a terminal.
 */
public sealed interface Input {

  /** Returns the empty input: the child finds the end at once. The default. */
  static Input empty() {
    return Empty.INSTANCE;
  }

  /** Returns the standard input of this JVM. */
  static Input inherit() {
    return Inherit.INSTANCE;
  }

  /** Returns an input of bytes. */
  static Input bytes(byte[] bytes) {
    return new Bytes(Check.notNull(bytes, "bytes").clone());
  }

  /** Returns an input of text, in the command's charset. */
  static Input text(CharSequence text) {
    return new Text(Check.notNull(text, "text").toString());
  }

  /** Returns an input from a file, which the child reads by itself. */
  static Input file(Path file) {
    return new FromFile(Check.notNull(file, "file"));
  }

  /**
   * Returns an input from a stream. A thread of its own copies it until the end of the stream or of the child.
   *
   * <p>The stream is not closed. A read that is under way when the child ends is interrupted; if the stream ignores
   * interrupts (as {@code System.in} does), that thread lives until the read returns.
   */
  static Input stream(InputStream stream) {
    return new FromStream(Check.notNull(stream, "stream"));
  }

  /** Returns an input that is written to {@link RunningProcess#stdin()}; only for {@link Subprocess#start}. */
  static Input pipe() {
    return Pipe.INSTANCE;
  }

  /** See {@link #empty()}. */
  enum Empty implements Input {
    /** The only one. */
    INSTANCE
  }

  /** See {@link #inherit()}. */
  enum Inherit implements Input {
    /** The only one. */
    INSTANCE
  }

  /** See {@link #pipe()}. */
  enum Pipe implements Input {
    /** The only one. */
    INSTANCE
  }

  /** See {@link #bytes}. */
  final class Bytes implements Input {
    private final byte[] content;

    private Bytes(byte[] content) {
      this.content = content;
    }

    /** Returns a read-only view of the bytes. */
    public ByteBuffer content() {
      return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }
  }

  /** See {@link #text}. */
  record Text(String content) implements Input {}

  /** See {@link #file}. */
  record FromFile(Path file) implements Input {}

  /** See {@link #stream}. */
  record FromStream(InputStream stream) implements Input {}
}
