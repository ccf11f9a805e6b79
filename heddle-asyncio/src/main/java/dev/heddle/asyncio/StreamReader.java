package dev.heddle.asyncio;

import dev.heddle.asyncio.io.pipe.PipeStreams;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The read side of a stream of bytes, whose reads are awaited.
 *
 * <p>One task at a time reads. A read that is cancelled has taken nothing. All bytes that wait to be read are bounded by
 * what the read asks for: a peer that sends faster than it is read is slowed down.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.StreamReader}.
 */
public sealed interface StreamReader extends AutoCloseable permits ByteStream {
  /** The longest line that {@link #readLine} accepts, in bytes. */
  int MAX_LINE = 64 * 1024;

  /**
   * Returns a reader of a blocking stream, such as {@code System.in} or the output of a child process; a thread of its own
   * reads ahead, by 64 KiB at most, once the first read is awaited. That thread does not keep the program from ending.
   *
   * <p>Closing the reader closes the stream, except {@code System.in}. The end of a run does not wait for it.
   *
   * @throws LoopStateException if no loop runs on this thread
   */
  static StreamReader of(InputStream in) {
    return PipeStreams.reader(in);
  }

  /**
   * Waits for a line, and returns it without its end, {@code \n} or {@code \r\n}; null at the end of the stream.
   *
   * @return throws a {@link LineTooLongException} if the line is longer than {@link #MAX_LINE} bytes of UTF-8; the line is
   *     dropped, and the next {@code readLine} returns the next one
   */
  Awaitable<@Nullable String> readLine();

  /**
   * Waits for a line of at most the given length; see {@link #readLine()}.
   *
   * @param longest the largest number of bytes, without the end of the line; at least 1
   */
  Awaitable<@Nullable String> readLine(int longest);

  /**
   * Returns the lines to the end of the stream; each {@code hasNext} is a {@link #readLine()}, and fails as that does.
   *
   * <p>Origin: {@code async for line in reader}.
   */
  AsyncIterator<String> lines();

  /** Returns the lines to the end of the stream, each of at most the given number of bytes. */
  AsyncIterator<String> lines(int longest);

  /**
   * Waits for a number of bytes.
   *
   * @param count zero or more
   * @return throws {@link java.io.EOFException} if the stream ends before; what has arrived can still be read
   */
  Awaitable<byte[]> readExactly(int count);

  /**
   * Waits until bytes are available, and returns them; an empty array at the end of the stream.
   *
   * @param most the largest number of bytes to return; at least 1
   */
  Awaitable<byte[]> read(int most);

  /**
   * Waits for a separator, and returns what is before it and the separator.
   *
   * <p>Origin: {@code readuntil}.
   *
   * @param separator at least one byte
   * @param longest the largest number of bytes before the separator; at least 1
   * @return throws {@link java.io.EOFException} if the stream ends before, and {@link LineTooLongException} if more bytes
   *     come; nothing is taken then
   */
  Awaitable<byte[]> readUntil(byte[] separator, int longest);

  /**
   * Waits for the end of the stream, and returns everything before it.
   *
   * @param longest the largest number of bytes; at least 1
   * @return throws {@link LineTooLongException} if more bytes come; nothing is taken then
   */
  Awaitable<byte[]> readAll(int longest);

  /** Closes it; a task that reads meanwhile fails. Idempotent. */
  @Override
  void close();

  /** Whether it was closed on this side. */
  boolean isClosed();
}
