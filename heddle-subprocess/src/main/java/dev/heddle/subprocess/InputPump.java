package dev.heddle.subprocess;

import dev.heddle.base.Check;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The input of a child on its way: the pipe, and the thread that fills it, if one is needed. */
final class InputPump {
  private static final int CHUNK = 32 * 1024;
  /** So much fits in any empty pipe without waiting for a reader. */
  private static final int ALWAYS_FITS = 4096;
  private static final File NOTHING = new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");

  private final Input input;
  private final byte @Nullable [] content;
  private final @Nullable Path fifo;
  private final @Nullable FileChannel keeper; // until the child has it open, or writing would find no reader
  private final Consumer<Throwable> onFailure;
  private final Object lock = new Object(); // no interrupt meets what the thread does next
  private @Nullable Thread pumping;
  private @Nullable WritableByteChannel channel;
  private volatile boolean stopped;

  InputPump(Command command, Consumer<Throwable> onFailure) throws IOException {
    this.onFailure = onFailure;
    input = command.stdin();
    content = switch (input) {
      case Input.Bytes bytes -> bytes.content();
      case Input.Text text -> text.content().getBytes(command.charset());
      default -> null;
    };
    fifo = isPiped() ? Fifos.shared().take() : null;
    if (fifo == null) {
      keeper = null;
    } else {
      keeper = Fifos.keep(fifo);
      channel = Fifos.open(fifo, StandardOpenOption.WRITE, keeper);
    }
  }

  private boolean isPiped() {
    return content != null || input instanceof Input.FromStream || input instanceof Input.Pipe;
  }

  Redirect redirect() {
    if (fifo != null) {
      return Redirect.from(fifo.toFile());
    }
    return switch (input) {
      case Input.Empty _ -> Redirect.from(NOTHING);
      case Input.Inherit _ -> Redirect.INHERIT;
      case Input.FromFile(Path file) -> Redirect.from(file.toFile());
      case Input.Bytes _,Input.Text _,Input.FromStream _,Input.Pipe _ -> Redirect.PIPE;
    };
  }

  /** The child has been started. */
  void begin(OutputStream jdkPipe) throws IOException {
    if (!isPiped()) {
      return;
    }
    WritableByteChannel pipe = channel == null ? Channels.newChannel(jdkPipe) : channel;
    channel = pipe;
    if (content != null && content.length <= ALWAYS_FITS) {
      writeAtOnce(content, jdkPipe);
      pipe.close();
    } else if (content != null || input instanceof Input.FromStream) {
      Workers.execute(() -> pump(pipe));
    }
    if (fifo != null && keeper != null) {
      keeper.close();
      Fifos.drop(fifo); // not used again, for nobody knows when the last reader is gone
    }
  }

  /** The child could not be started. */
  void abandon() throws IOException {
    stop();
    if (fifo != null && keeper != null) {
      keeper.close();
      Fifos.drop(fifo);
    }
  }

  /** Not through a channel, which would write nothing for an interrupted thread. It does not block. */
  private void writeAtOnce(byte[] bytes, OutputStream jdkPipe) {
    try (OutputStream out = fifo == null ? jdkPipe : new FileOutputStream(fifo.toFile())) {
      out.write(bytes);
    } catch (IOException e) {
      // the child reads no more, or has ended: its exit code tells what it makes of that
    }
  }

  private void pump(WritableByteChannel pipe) {
    synchronized (lock) {
      pumping = Thread.currentThread();
    }
    try {
      if (!stopped) {
        write(pipe);
      }
    } finally {
      synchronized (lock) {
        pumping = null;
        boolean _ = Thread.interrupted(); // it was for this pump
      }
    }
  }

  private void write(WritableByteChannel pipe) {
    try (pipe) {
      if (content != null) {
        writeAll(pipe, ByteBuffer.wrap(content));
      } else if (input instanceof Input.FromStream(InputStream stream)) {
        byte[] bytes = new byte[CHUNK];
        for (int count = read(stream, bytes); count >= 0 && !stopped; count = read(stream, bytes)) {
          writeAll(pipe, ByteBuffer.wrap(bytes, 0, count));
        }
      }
    } catch (ClosedByInterruptException e) {
      if (!stopped) {
        onFailure.accept(e); // somebody else's interrupt: the child is not to take what it got for all
      }
    } catch (IOException e) {
      // the child reads no more, or has ended: its exit code tells what it makes of that
    }
  }

  /** Reads from the user's stream; if that fails, the process tree is ended before the child could take it for the end. */
  private int read(InputStream stream, byte[] bytes) {
    try {
      int count = stream.read(bytes);
      boolean _ = Thread.interrupted(); // the stream may leave it set, which would close the pipe
      return count;
    } catch (Throwable e) {
      if (!stopped) {
        onFailure.accept(e);
      }
      return -1;
    }
  }

  private static void writeAll(WritableByteChannel pipe, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      pipe.write(bytes);
    }
  }

  /** What the user writes to. */
  OutputStream stream() {
    if (!(input instanceof Input.Pipe)) {
      throw new IllegalStateException("standard input is not a pipe; start the command with withStdin(Input.pipe())");
    }
    return Channels.newOutputStream(Check.notNull(channel, "channel"));
  }

  /** The child has ended. */
  void stop() {
    stopped = true;
    synchronized (lock) {
      if (pumping != null) {
        pumping.interrupt();
      }
    }
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // what the child did not read is lost with it
      }
    }
  }
}
