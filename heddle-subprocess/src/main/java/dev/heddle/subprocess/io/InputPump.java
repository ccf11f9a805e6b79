package dev.heddle.subprocess.io;

import dev.heddle.base.Check;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.Input;
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

/** Fills the standard input of a child: the pipe, and a thread if one is needed. */
public final class InputPump {
  private static final int CHUNK = 32 * 1024;
  /** So many bytes fit in any empty pipe without waiting for a reader. */
  private static final int ALWAYS_FITS = 4096;
  private static final File NOTHING = new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");

  private final Input input;
  private final @Nullable ByteBuffer content;
  private final @Nullable Path fifo;
  private final @Nullable FileChannel keeper; // open until the child has opened the pipe, or a write would find no reader
  private final Consumer<Throwable> onFailure;
  private final Object lock = new Object(); // keeps interrupts from the next task of the thread
  private @Nullable Thread pumping;
  private @Nullable WritableByteChannel channel;
  private volatile boolean stopped;

  /** Prepares the input of a command; {@code onFailure} receives the failure of a stream that the input is read from. */
  public InputPump(Command command, Consumer<Throwable> onFailure) throws IOException {
    this.onFailure = onFailure;
    input = command.stdin();
    content = switch (input) {
      case Input.Bytes bytes -> bytes.content();
      case Input.Text text -> ByteBuffer.wrap(text.content().getBytes(command.charset()));
      default -> null;
    };
    fifo = isPiped() ? NamedPipes.shared().take() : null;
    if (fifo == null) {
      keeper = null;
    } else {
      keeper = NamedPipes.keep(fifo);
      channel = NamedPipes.open(fifo, StandardOpenOption.WRITE, keeper);
    }
  }

  private boolean isPiped() {
    return content != null || input instanceof Input.FromStream || input instanceof Input.Pipe;
  }

  /** Returns the redirection of the child's standard input. */
  public Redirect redirect() {
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

  /** Called when the child has been started. */
  public void begin(OutputStream jdkPipe) throws IOException {
    if (!isPiped()) {
      return;
    }
    WritableByteChannel pipe = channel == null ? Channels.newChannel(jdkPipe) : channel;
    channel = pipe;
    if (content != null && content.remaining() <= ALWAYS_FITS) {
      writeAtOnce(content, jdkPipe);
      pipe.close();
    } else if (content != null || input instanceof Input.FromStream) {
      PumpThreads.execute(() -> pump(pipe));
    }
    if (fifo != null && keeper != null) {
      keeper.close();
      NamedPipes.drop(fifo); // not used again: the end of its last reader is not known
    }
  }

  /** Called when the child could not be started. */
  public void abandon() throws IOException {
    stop();
    if (fifo != null && keeper != null) {
      keeper.close();
      NamedPipes.drop(fifo);
    }
  }

  /** Writes without a channel, which would write nothing on an interrupted thread. Does not block. */
  private void writeAtOnce(ByteBuffer buffer, OutputStream jdkPipe) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    try (OutputStream out = fifo == null ? jdkPipe : new FileOutputStream(fifo.toFile())) {
      out.write(bytes);
    } catch (IOException e) {
      // the child reads no more, or has ended: its exit code tells whether that is an error
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
        writeAll(pipe, content);
      } else if (input instanceof Input.FromStream(InputStream stream)) {
        byte[] bytes = new byte[CHUNK];
        for (int count = read(stream, bytes); count >= 0 && !stopped; count = read(stream, bytes)) {
          writeAll(pipe, ByteBuffer.wrap(bytes, 0, count));
        }
      }
    } catch (ClosedByInterruptException e) {
      if (!stopped) {
        onFailure.accept(e); // a foreign interrupt: the child must not take the part it got for the whole
      }
    } catch (IOException e) {
      // the child reads no more, or has ended: its exit code tells whether that is an error
    }
  }

  /** Reads from the user's stream; if that fails, the process tree is ended before the child sees the end of its input. */
  private int read(InputStream stream, byte[] bytes) {
    try {
      int count = stream.read(bytes);
      boolean _ = Thread.interrupted(); // the stream may leave the status set, which would close the pipe
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

  /** Returns the stream that the user writes to. */
  public OutputStream stream() {
    if (!(input instanceof Input.Pipe)) {
      throw new IllegalStateException("standard input is not a pipe; start the command with withStdin(Input.pipe())");
    }
    return Channels.newOutputStream(Check.notNull(channel, "channel"));
  }

  /** Called when the child has ended. */
  public void stop() {
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
        // the bytes that the child has not read are lost with it
      }
    }
  }
}
