package dev.heddle.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The standard output of this process, which keeps the reason why it could not be written: {@link PrintStream} tells only
 * that it could not. Thread-safe, as the file descriptor is.
 */
public final class StandardOutput extends OutputStream {
  /** The exit code of a program whose reader has ended: 128 + SIGPIPE. */
  public static final int READER_ENDED = 141;

  private static final int BUFFER = 8192;
  private static final Path DESCRIPTOR = Path.of("/proc/self/fd/1");
  private static final int FILE_TYPE = 0170000;
  private static final int FIFO = 0010000;
  private static final int SOCKET = 0140000;

  private static volatile @Nullable StandardOutput installed;

  private final OutputStream descriptor;
  private volatile @Nullable IOException failure;

  private StandardOutput(OutputStream descriptor) {
    this.descriptor = descriptor;
  }

  /** Replaces {@link System#out}. */
  public static void install() {
    StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    // flushed at each line, as the JDK's is: what is in a buffer is lost at Ctrl-C
    System.setOut(new PrintStream(new BufferedOutputStream(output, BUFFER), true, System.out.charset()));
    installed = output;
  }

  /**
   * Throws the reason why standard output could not be written, such as a full disk. Returns if nothing failed, or if the
   * reader of a pipe has ended, as in {@code | head}.
   */
  public static void check() throws IOException {
    StandardOutput output = installed;
    IOException failure = output == null ? null : output.failure;
    if (failure != null && !isReaderEnded(failure)) {
      throw new IOException("standard output cannot be written: " + failure.getMessage(), failure);
    }
  }

  /** Only pipes and sockets have readers. The message would be no help: it is in the language of the user. */
  private static boolean isReaderEnded(IOException failure) {
    try {
      int type = (Integer) Files.getAttribute(DESCRIPTOR, "unix:mode") & FILE_TYPE;
      return type == FIFO || type == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe"); // elsewhere than on Linux
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[]{(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      descriptor.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
