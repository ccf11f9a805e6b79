package dev.heddle.asyncio;

import dev.heddle.asyncio.io.pipe.PipeStreams;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The write side of a stream of bytes.
 *
 * <p>Written data is sent at once as far as the other side accepts it, and the rest in the background; await {@link
 * #drain()} after large or many writes, so that unsent data does not pile up in memory. {@link #close()} does not wait
 * either; await {@link #closed()} to know that everything was sent. At the end of a run the loop waits for unsent data, at
 * most {@link LoopOptions#shutdownTimeout}.
 *
 * <p>Confined to the loop's thread. Origin: {@code asyncio.StreamWriter}.
 */
public sealed interface StreamWriter extends AutoCloseable permits ByteStream {
  /**
   * Returns a writer to a blocking stream, such as the input of a child process or {@code System.out}; a thread of its own
   * writes what it is given, and {@link #drain()} waits for it.
   *
   * <p>Each piece is flushed. Closing the writer closes the stream, unless it is a {@link java.io.PrintStream} such as
   * {@code System.out}.
   *
   * @throws LoopStateException if no loop runs on this thread
   */
  static StreamWriter of(OutputStream out) {
    return PipeStreams.writer(out);
  }

  /**
   * Writes text in UTF-8.
   *
   * @throws IOException if the stream is closed or broken
   */
  void write(String text) throws IOException;

  /**
   * Writes bytes; the array is not copied and must not change until they are sent.
   *
   * @throws IOException if the stream is closed or broken
   */
  void write(byte[] bytes) throws IOException;

  /**
   * Writes the remaining bytes of some buffers, in order and with as few calls of the system as possible; their positions do
   * not change, and their contents must not until they are sent.
   *
   * <p>Origin: {@code writelines}.
   *
   * @throws IOException if the stream is closed or broken
   */
  void write(ByteBuffer... buffers) throws IOException;

  /**
   * Returns a coroutine that writes a file, reading it on another thread, and waits with {@link #drain()} in between; its
   * value is the number of bytes.
   *
   * <p>Origin: {@code loop.sendfile}.
   */
  Async<Long> writeFile(Path file);

  /**
   * Ends the output, once what was written is sent; the other side reads the end of the stream, and can still answer.
   * Idempotent.
   *
   * <p>Origin: {@code write_eof}, {@code Socket.shutdownOutput}.
   *
   * @throws IOException if the stream is closed or broken, or is one whose two directions end together (TLS before 1.3)
   */
  void writeEof() throws IOException;

  /**
   * Waits until most of what was written is sent; does not wait while less than 64 KiB are unsent. Several tasks may wait.
   */
  Awaitable<@Nullable Void> drain();

  /**
   * Closes it once what was written is sent; does not wait for that, which {@link #closed()} does. A task that reads
   * meanwhile fails. Idempotent.
   */
  @Override
  void close();

  /**
   * Waits until it is closed and everything that was written is sent.
   *
   * <p>Origin: {@code wait_closed}.
   *
   * @return throws an {@link IOException} if the connection broke before, or was aborted with data left
   */
  Async<@Nullable Void> closed();

  /**
   * Closes it at once and drops what is not sent; the peer sees a reset (of a Unix domain socket the end), with TLS no
   * {@code close_notify}. Tasks that read, drain or wait for {@link #closed()} fail if data was dropped. Does nothing if
   * everything is sent and it is closed.
   *
   * <p>Origin: {@code WriteTransport.abort}.
   */
  void abort();

  /** Whether it was closed on this side. */
  boolean isClosed();
}
