package dev.heddle.subprocess;

import dev.heddle.base.Check;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Where a child process reads its standard input from. Immutable.
 *
 * <p>Origin: the {@code stdin} and {@code input} arguments of Python's {@code subprocess}. Unlike there, nothing is
 * inherited unless asked for: a child that reads finds the end of its input, and does not wait for somebody to type.
 */
public sealed interface Input {

  /** Nothing: the child finds the end of its input at once. The default. */
  static Input empty() {
    return Empty.INSTANCE;
  }

  /** The standard input of this JVM. */
  static Input inherit() {
    return Inherit.INSTANCE;
  }

  /** These bytes, then the end. */
  static Input bytes(byte[] bytes) {
    return new Bytes(Check.notNull(bytes, "bytes").clone());
  }

  /** This text in the command's charset, then the end. */
  static Input text(CharSequence text) {
    return new Text(Check.notNull(text, "text").toString());
  }

  /** The content of a file, which the child reads by itself. */
  static Input file(Path file) {
    return new FromFile(Check.notNull(file, "file"));
  }

  /**
   * What a stream has to give, pumped on a thread of its own until its end or the child's.
   *
   * <p>The stream is not closed. A read that is under way when the child ends is interrupted; if the stream does not heed
   * interrupts (as {@code System.in}), that thread stays until the read returns.
   */
  static Input stream(InputStream stream) {
    return new FromStream(Check.notNull(stream, "stream"));
  }

  /** What is written to {@link RunningProcess#stdin()}; only for {@link Subprocess#start}. */
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

    byte[] content() {
      return content;
    }
  }

  /** See {@link #text}. */
  record Text(String content) implements Input {}

  /** See {@link #file}. */
  record FromFile(Path file) implements Input {}

  /** See {@link #stream}. */
  record FromStream(InputStream stream) implements Input {}
}
